import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { backUpVersions } from '../backup/back-up-versions.fixture.ts';
import type { Disk } from '../files/disk.ts';
import type { MemoryDisk, MemoryDiskOptions } from '../files/memory-disk.fixture.ts';
import { saveVersion } from '../save/save-version.ts';
import { emptyTrash } from '../trash/empty-trash.ts';
import { listTrash } from '../trash/list-trash.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { folderScenarios } from './folder-scenarios.fixture.ts';
import { parseOperation } from './operation.ts';
import { recoverRun } from './recover-run.ts';
import {
  after,
  draft,
  emptyRun,
  folders,
  noLinks,
  restore,
  run,
  type Scenario,
  store,
  undoLast,
  writingTo,
} from './scenario.fixture.ts';

export function recover(disk: Disk) {
  return recoverRun(disk, run, folders);
}

/** All that counts of a run: every file but staged ones, intents, and records of what the trash no longer holds. */
export function view(disk: MemoryDisk, { mayKeep }: Partial<Scenario> = {}): Record<string, string> {
  const aside = mayKeep ? ['/.cairn/'] : ['/.cairn/intents/', '/.cairn/backups/'];
  const files = [...disk.files()].filter(
    ([path]) => !path.endsWith('.tmp') && !aside.some((each) => path.includes(each)),
  );
  const holds = (folder: string) =>
    files.some(([path]) => path.startsWith(folder) && path !== `${folder}manifest.json`);
  const counting = files.filter(
    ([path]) => !path.endsWith('/manifest.json') || holds(path.slice(0, -'manifest.json'.length)),
  );
  return Object.fromEntries(counting.map(([path, data]) => [path, contentOf(path, data)]));
}

/** Staged names and inodes are new each time. */
function contentOf(path: string, data: Buffer): string {
  if (!path.endsWith('/manifest.json')) return data.toString();
  const { id, kind, steps } = parseOperation(data.toString(), path.split('/').at(-2) ?? '');
  return JSON.stringify({ id, kind, steps: steps.map(({ to, keep }) => [to, keep]) });
}

export function leftovers(disk: MemoryDisk): string[] {
  return [...disk.files().keys()].filter((path) => path.endsWith('.tmp') || path.includes('/intents/'));
}

async function save(disk: Disk, text: string, config: Partial<StorageConfig> = {}, id = 'save-1') {
  const writing = writingTo(disk, config, id);
  const request = { source: { chunks: [Buffer.from(text)], size: text.length }, reward: 1 };
  const context = { kind: 'checkpoint' as const, highestVersion: 0, checksumOf: () => null };
  return (await saveVersion(writing, request, context)).saved;
}

function prune(disk: Disk, id = 'prune-1') {
  const doomed = [1, 2, 3].map((number) => ({
    id: `best_models/m${number}.pt`,
    files: [`best_models/m${number}.pt`, `best_models/m${number}.json`],
  }));
  return moveToTrash({ disk, root: run }, draft(id, 'prune'), doomed);
}

function savedOnce(options?: MemoryDiskOptions): MemoryDisk {
  const disk = emptyRun(options);
  disk.plant(`${run}/checkpoints/checkpoint.pt`, 'the first model '.repeat(80));
  disk.plant(`${run}/checkpoints/checkpoint.json`, 'the first sidecar');
  disk.plant(`${run}/checkpoints/checkpoint.pt.backup`, 'an older model');
  return disk;
}

/** What a list of checksums says of a checkpoint, and of another file, that stays. */
function sealed(disk: MemoryDisk): MemoryDisk {
  const names = ['checkpoints/checkpoint.pt', 'notes.txt'];
  disk.plant(`${run}/SHA256SUMS`, names.map((name) => `${'a'.repeat(64)}  ${name}\n`).join(''));
  return disk;
}

function threeVersions(options?: MemoryDiskOptions): MemoryDisk {
  const disk = emptyRun(options);
  for (const number of [1, 2, 3, 4]) {
    disk.plant(`${run}/best_models/m${number}.pt`, `model ${number} `.repeat(90));
    disk.plant(`${run}/best_models/m${number}.json`, `sidecar ${number}`);
  }
  return disk;
}

/** One of two versions that were backed up is gone since, and a training wrote the other one anew. */
async function damagedSince(): Promise<MemoryDisk> {
  const disk = threeVersions();
  disk.plant(`${run}/.cairn/notes`, 'of someone else');
  const versions = [1, 2].map((number) => ({
    id: `best_models/m${number}.pt`,
    files: [`best_models/m${number}.pt`, `best_models/m${number}.json`],
  }));
  const request = { label: null, reason: 'a test', checksumOf: () => null };
  await backUpVersions(store(disk), run, versions, request);
  await disk.unlink(`${run}/best_models/m2.pt`);
  await disk.unlink(`${run}/best_models/m1.pt`);
  await disk.syncFolder(`${run}/best_models`);
  disk.plant(`${run}/best_models/m1.pt`, 'of a training '.repeat(90));
  return disk;
}

export const text = 'the second model '.repeat(80);
const saveText = (disk: Disk) => save(disk, text);
const noBackup = (disk: Disk) => save(disk, text, { backup_before_overwrite: false });
const emptied = async (disk: Disk) => {
  const { operations } = await listTrash(disk, run);
  await emptyTrash(
    disk,
    run,
    operations.map(({ id }) => id),
  );
};
const packed = (disk: Disk) => save(disk, text, { compression: 'gzip' });
const bare = (disk: Disk) => save(disk, text, { save_metadata: false });
const bareInPlace = (disk: Disk) => save(disk, text, { save_metadata: false, atomic_saves: false });
const inPlace = (disk: Disk) => save(disk, text, { atomic_saves: false });
/** Not among the others: of these a crash may leave a torn file, which its copies make good. */
export const savesInPlace = [
  { name: 'a save in place', prepare: async () => emptyRun(), act: inPlace },
  { name: 'a save over another in place', prepare: async () => savedOnce(), act: inPlace },
  { name: 'a save over a sealed one in place', prepare: async () => sealed(savedOnce()), act: bareInPlace },
  { name: 'a save over a clone in place', prepare: async () => savedOnce({ clones: true }), act: inPlace },
] as const satisfies readonly Scenario[];

export const scenarios: readonly Scenario[] = [
  { name: 'a save', prepare: async () => emptyRun(), act: saveText },
  { name: 'a save over another', prepare: async () => savedOnce(), act: saveText },
  { name: 'a save over another, by clone', prepare: async () => savedOnce({ clones: true }), act: saveText },
  {
    name: 'a save over another, without backup',
    prepare: async () => savedOnce(),
    act: noBackup,
    mayKeep: true,
  },
  { name: 'a save over another, without links', prepare: async () => savedOnce(noLinks), act: saveText },
  { name: 'a save over its older form', prepare: async () => savedOnce(), act: packed },
  { name: 'a save over a sealed one', prepare: async () => sealed(savedOnce()), act: bare },
  {
    name: 'an undone save over a sealed one',
    prepare: () => after(sealed(savedOnce()), bare),
    act: undoLast,
  },
  { name: 'a prune of three', prepare: async () => threeVersions(), act: prune },
  { name: 'a prune of three, without links', prepare: async () => threeVersions(noLinks), act: prune },
  { name: 'an undone save', prepare: () => after(savedOnce(), saveText), act: undoLast },
  { name: 'an undone prune', prepare: () => after(threeVersions(), prune), act: undoLast },
  {
    name: 'an undone save, without links',
    prepare: () => after(savedOnce(noLinks), saveText),
    act: undoLast,
  },
  { name: 'a restore', prepare: () => damagedSince(), act: restore },
  {
    name: 'an undone restore',
    prepare: async () => after(await damagedSince(), restore),
    act: undoLast,
  },
  {
    name: 'an emptied trash',
    prepare: () => after(threeVersions(), prune),
    act: emptied,
    endsLater: true,
  },
  ...folderScenarios.filter(({ name }) => /^a save of a folder$|prune of a folder$/.test(name)),
];
