import { posix } from 'node:path';
import { defaultStorageConfig, type StorageConfig } from '../../../shared/model/storage-config.ts';
import { backUpVersions } from '../backup/back-up-versions.fixture.ts';
import { BackupStore } from '../backup/backup-store.ts';
import { restoreVersions } from '../backup/restore-versions.fixture.ts';
import type { Disk } from '../files/disk.ts';
import { MemoryDisk, type MemoryDiskOptions } from '../files/memory-disk.fixture.ts';
import { saveFolder } from '../save/save-folder.ts';
import { saveVersion } from '../save/save-version.ts';
import { emptyTrash } from '../trash/empty-trash.ts';
import { listTrash } from '../trash/list-trash.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { findUndoable, undo } from '../trash/undo.ts';
import { type OperationKind, parseOperation } from './operation.ts';
import { recoverRun } from './recover-run.ts';
import type { OperationDraft, Writing } from './write-run.ts';

/** A change of a run, from a disk that is as it must be before. */
export interface Scenario {
  name: string;
  prepare: () => Promise<MemoryDisk>;
  act: (disk: Disk) => Promise<unknown>;
  /** Deleting for good is the one thing that cannot be taken back half way: recovery ends it. */
  endsLater?: boolean;
  /** What was replaced is deleted once the save is done; the trash may still hold it where that fails. */
  mayKeep?: boolean;
}

const run = '/data/run';
const folders = ['', 'best_models', 'checkpoints', 'temp'];

function draft(id: string, kind: OperationKind, number = 1): OperationDraft {
  const at = '2026-01-02T03:04:05.000Z';
  return { format: 1, id, number, kind, at, who: 'a test', reason: kind, automatic: false };
}

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

function writingTo(disk: Disk, config: Partial<StorageConfig>, id: string): Writing {
  return {
    root: run,
    config: { ...defaultStorageConfig, ...config },
    disk,
    stagingFolders: [],
    wait: 0,
    newOperation: (kind) => draft(id, kind),
  };
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
  return moveToTrash(disk, run, draft(id, 'prune'), doomed);
}

export async function undoLast(disk: Disk, id = 'undo-1') {
  return undo(disk, run, await findUndoable(disk, run, null), draft(id, 'undo', 2));
}

function emptyRun(options?: MemoryDiskOptions): MemoryDisk {
  const disk = new MemoryDisk(options);
  disk.plant(`${run}/notes.txt`, 'a file of someone else');
  return disk;
}

function savedOnce(options?: MemoryDiskOptions): MemoryDisk {
  const disk = emptyRun(options);
  disk.plant(`${run}/checkpoints/checkpoint.pt`, 'the first model '.repeat(80));
  disk.plant(`${run}/checkpoints/checkpoint.json`, 'the first sidecar');
  disk.plant(`${run}/checkpoints/checkpoint.pt.backup`, 'an older model');
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

const store = (disk: Disk) => new BackupStore(disk, `${run}/.cairn/backups`);

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

async function restore(disk: Disk) {
  const [backup] = (await store(disk).list()).backups;
  return restoreVersions(disk, run, store(disk), backup?.versions ?? [], draft('restore-1', 'restore'));
}

async function after(disk: MemoryDisk, act: (disk: Disk) => Promise<unknown>): Promise<MemoryDisk> {
  await act(disk);
  for (const folder of folders) await disk.syncFolder(`${run}/${folder}`).catch(() => undefined);
  for (const folder of ['.cairn', '.cairn/trash', '.cairn/intents'])
    await disk.syncFolder(`${run}/${folder}`);
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
const inPlace = (disk: Disk) => save(disk, text, { atomic_saves: false });
const noLinks = { links: false };

/** Not among the others: of these a crash may leave a torn file, which its copies make good. */
export const savesInPlace = [
  { name: 'a save in place', prepare: async () => emptyRun(), act: inPlace },
  { name: 'a save over another in place', prepare: async () => savedOnce(), act: inPlace },
  { name: 'a save over a clone in place', prepare: async () => savedOnce({ clones: true }), act: inPlace },
] as const satisfies readonly Scenario[];

const folderFiles = ['model.safetensors', 'optimizer.pt', 'inner/state.pkl'];
const inFolder = {
  id: 'checkpoint-5/model.safetensors',
  files: folderFiles.map((name) => `checkpoint-5/${name}`),
  folder: 'checkpoint-5',
  inner: ['checkpoint-5/inner', 'checkpoint-5/empty', 'checkpoint-5/empty/deep'],
};

async function withFolder(options?: MemoryDiskOptions): Promise<MemoryDisk> {
  const disk = emptyRun({ ...options, umask: 0o022 });
  for (const name of folderFiles) disk.plant(`${run}/checkpoint-5/${name}`, `${name} `.repeat(90));
  disk.plant(`${run}/checkpoint-6/model.safetensors`, 'another');
  const sealed = [
    'checkpoint-5/inner/state.pkl',
    'checkpoint-6/model.safetensors',
    'checkpoint-5/optimizer.pt',
  ];
  disk.plant(`${run}/SHA256SUMS`, sealed.map((name) => `${'a'.repeat(64)}  ${name}\n`).join(''));
  for (const path of ['checkpoint-5/empty', 'checkpoint-5/empty/deep']) await disk.mkdir(`${run}/${path}`);
  for (const [path, mode] of [...modes]) await disk.chmodFolder(`${run}/${path}`, mode);
  for (const path of ['checkpoint-5', 'checkpoint-5/empty']) await disk.syncFolder(`${run}/${path}`);
  return disk;
}

/** What a restore must not make wider, and what others may write to whatever the process keeps from them. */
const modes = new Map([
  ['checkpoint-5', 0o750],
  ['checkpoint-5/inner', 0o700],
  ['checkpoint-5/empty', 0o777],
  ['checkpoint-5/empty/deep', 0o500],
]);

/** One that holds what has no name that is text: it goes as one. */
const oddFolder = { ...inFolder, files: [...inFolder.files, 'checkpoint-5/caf\ufffd'] };

const pruneOddFolder = (disk: Disk) => moveToTrash(disk, run, draft('prune-1', 'prune'), [oddFolder]);
const pruneFolder = (disk: Disk) => moveToTrash(disk, run, draft('prune-1', 'prune'), [inFolder]);

/** A version that is a folder was backed up, and is gone since. */
async function folderGone(): Promise<MemoryDisk> {
  const disk = await withFolder();
  disk.plant(`${run}/.cairn/notes`, 'of someone else');
  await backUpVersions(store(disk), run, [inFolder], {
    label: null,
    reason: 'a test',
    checksumOf: () => null,
  });
  for (const name of folderFiles) await disk.unlink(`${run}/checkpoint-5/${name}`);
  for (const path of [...modes.keys()].toReversed()) {
    await disk.rmdir(`${run}/${path}`);
    await disk.syncFolder(posix.dirname(`${run}/${path}`));
  }
  await disk.syncFolder(run);
  return disk;
}

/** A run that is laid out already: the folder for checkpoints is nobody's to make or remove. */
function withCheckpoint(options?: MemoryDiskOptions): MemoryDisk {
  const disk = emptyRun(options);
  disk.plant(`${run}/checkpoints/checkpoint.pt`, 'another');
  return disk;
}

/** A folder that a training wrote elsewhere becomes a version. */
async function saveNewFolder(disk: Disk) {
  const names = ['model.safetensors', 'trainer_state.json', 'inner/state.pkl'];
  const files = names.map((name) => ({
    name,
    bytes: { chunks: [Buffer.from(`${name} `.repeat(90))], size: null },
  }));
  const request = { source: { folder: 'checkpoint-7', files }, reward: 1 };
  const context = { kind: 'checkpoint' as const, highestVersion: 0 };
  return saveFolder(writingTo(disk, {}, 'save-1'), request, { ...context, checksumOf: () => null });
}

/** What happens to a version that is a folder. */
export const folderScenarios: readonly Scenario[] = [
  { name: 'a save of a folder', prepare: async () => withCheckpoint(), act: saveNewFolder },
  {
    name: 'a save of a folder, without links',
    prepare: async () => withCheckpoint(noLinks),
    act: saveNewFolder,
  },
  { name: 'a prune of a folder', prepare: () => withFolder(), act: pruneFolder },
  { name: 'a prune of a folder, without links', prepare: () => withFolder(noLinks), act: pruneFolder },
  {
    name: 'an undone prune of a folder',
    prepare: async () => after(await withFolder(), pruneFolder),
    act: undoLast,
  },
  { name: 'a prune of a folder as one', prepare: () => withFolder(), act: pruneOddFolder },
  {
    name: 'an undone prune of a folder as one',
    prepare: async () => after(await withFolder(), pruneOddFolder),
    act: undoLast,
  },
  { name: 'a restore of a folder', prepare: folderGone, act: restore },
  {
    name: 'an undone restore of a folder',
    prepare: async () => after(await folderGone(), restore),
    act: undoLast,
  },
];

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

/** The folders of the run, but for what Cairn keeps for itself. */
export async function foldersIn(disk: MemoryDisk, path = run): Promise<string[]> {
  const names = (await disk.readdir(path)).filter((name) => name !== '.cairn').sort();
  const folders: string[] = [];
  for (const name of names)
    if ((await disk.lookAt(`${path}/${name}`))?.type === 'folder')
      folders.push(`${path}/${name}`, ...(await foldersIn(disk, `${path}/${name}`)));
  return folders;
}
