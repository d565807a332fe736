import { posix } from 'node:path';
import { backUpVersions } from '../backup/back-up-versions.fixture.ts';
import type { Disk } from '../files/disk.ts';
import type { MemoryDisk, MemoryDiskOptions } from '../files/memory-disk.fixture.ts';
import { saveFolder } from '../save/save-folder.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import {
  after,
  draft,
  emptyRun,
  noLinks,
  restore,
  run,
  type Scenario,
  store,
  undoLast,
  writingTo,
} from './scenario.fixture.ts';

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

const pruneOddFolder = (disk: Disk) =>
  moveToTrash({ disk, root: run }, draft('prune-1', 'prune'), [oddFolder]);
const pruneFolder = (disk: Disk) => moveToTrash({ disk, root: run }, draft('prune-1', 'prune'), [inFolder]);

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

/** The folders of the run, but for what Cairn keeps for itself. */
export async function foldersIn(disk: MemoryDisk, path = run): Promise<string[]> {
  const names = (await disk.readdir(path)).filter((name) => name !== '.cairn').sort();
  const folders: string[] = [];
  for (const name of names)
    if ((await disk.lookAt(`${path}/${name}`))?.type === 'folder')
      folders.push(`${path}/${name}`, ...(await foldersIn(disk, `${path}/${name}`)));
  return folders;
}
