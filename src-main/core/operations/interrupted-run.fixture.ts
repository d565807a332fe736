import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { filesOfVersions } from '../catalog/files-of-versions.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import type { Disk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { unsyncedDisk } from '../files/unsynced-disk.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { saveVersion } from '../save/save-version.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { findUndoable, undo } from '../trash/undo.ts';
import { intentFolder } from './operation.ts';
import { type Writing, writeRun } from './write-run.ts';

/** What an operation does once it may write. */
export type Act = (writing: Writing) => Promise<unknown>;

function save(data: Uint8Array): Act {
  return (writing) =>
    saveVersion(
      writing,
      { source: { chunks: [data], size: data.length }, reward: 1 },
      { kind: 'checkpoint', highestVersion: 0, checksumOf: () => null },
    );
}

const trash: Act = (writing) => {
  const { root, config } = writing;
  const ids = new Set([1, 2].map(modelId));
  return moveToTrash(writing, writing.newOperation('prune', 'prune'), filesOfVersions(root, config, ids));
};
const modelId = (version: number) =>
  `best_models/model_v000${version}_reward0.${version}000_20240101_00000${version}.pt`;

const folderId = 'checkpoint-5/model.safetensors';
const oddFolderId = 'checkpoint-7/model.safetensors';
const trashFolderOf =
  (id: string): Act =>
  (writing) => {
    const { root, config } = writing;
    const doomed = filesOfVersions(root, config, new Set([id]));
    return moveToTrash(writing, writing.newOperation('prune', 'prune'), doomed);
  };
const trashFolder = trashFolderOf(folderId);
/** A folder with a link in it, which goes as one. */
const makeOddFolder: Act = async ({ root }) => {
  for (const name of [oddFolderId, 'checkpoint-7/inner/state.pkl']) put(root, name, name);
  symlinkSync('inner/state.pkl', join(root, 'checkpoint-7/link.pkl'));
};
const trashOddFolder = trashFolderOf(oddFolderId);

export const takeBack: Act = async (writing) => {
  const { disk, root } = writing;
  return undo(writing, await findUndoable(disk, root, null), writing.newOperation('undo', 'undo'));
};

const on = (root: string, disk: Disk) => ({
  root,
  config: defaultStorageConfig,
  disk,
  stagingFolders: [],
  wait: 0,
});

export function act(root: string, disk: Disk, work: Act): Promise<unknown> {
  return writeRun(on(root, disk), 'test', async (writing) => ({ ids: [], value: await work(writing) }));
}

/** A run of three best models, to which these operations were done. */
export async function prepare(acts: readonly Act[]): Promise<string> {
  const root = temporaryFolder();
  for (const version of [1, 2, 3]) saveModel(root, version);
  for (const name of [folderId, 'checkpoint-5/trainer_state.json', 'checkpoint-5/inner/state.pkl'])
    put(root, name, name);
  for (const work of acts) await act(root, unsyncedDisk, work);
  return root;
}

/** From the n-th call on nothing succeeds but closing. */
function failingFrom(first: number): Disk {
  const disk = new FaultDisk(unsyncedDisk);
  disk.before = (call) => {
    if (disk.calls.length >= first && call !== 'close')
      throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  return disk;
}

export const first = save(writeTorchZip([4]));
const second = save(writeTorchZip([40]));

/** Operations that can be interrupted, each with those before it. */
export const interruptible: readonly (readonly [what: string, before: readonly Act[], work: Act])[] = [
  ['a save', [], first],
  ['a save over another', [first], second],
  ['a prune', [], trash],
  ['an undone prune', [trash], takeBack],
  ['an undone save', [first, second], takeBack],
  ['a prune of a folder', [], trashFolder],
  ['an undone prune of a folder', [trashFolder], takeBack],
  ['a prune of a folder as one', [makeOddFolder], trashOddFolder],
  ['an undone prune of a folder as one', [makeOddFolder, trashOddFolder], takeBack],
];

/** Calls that leave the names and the bytes of a disk as they are: what is cut off after one is as what was cut off before it. */
const idle = /^(?:lookAt|readdir|freeSpace|mayShare|open|reopen|read|size|sync|syncFolder|close)\b/;

/** The numbers, from 1, of the calls at which an operation that makes these leaves another disk when it is cut off there. */
export function tellingCalls(calls: readonly string[]): number[] {
  return ['', ...calls].flatMap((before, index) => (idle.test(before) ? [] : [index + 1]));
}

/** The calls at which an operation can be interrupted, by their numbers: from its intent on, for before that there is none. */
export async function callsFromIntent(before: readonly Act[], work: Act): Promise<number[]> {
  const probe = new FaultDisk(unsyncedDisk);
  await act(await prepare(before), probe, work);
  const announced = probe.calls.findIndex((call) => call.includes(`/${intentFolder}/2`));
  return tellingCalls(probe.calls).filter((call) => call >= announced);
}

/** A run in which an operation was interrupted at a call. */
export async function interruptedAt(call: number, before: readonly Act[], work: Act): Promise<string> {
  const root = await prepare(before);
  await act(root, failingFrom(call), work).catch(() => undefined);
  return root;
}

/** Runs in which an operation was interrupted at one of its calls, each; with the number of the call. */
export async function* interruptedRuns(
  before: readonly Act[],
  work: Act,
): AsyncGenerator<{ root: string; call: number }> {
  for (const call of await callsFromIntent(before, work))
    yield { root: await interruptedAt(call, before, work), call };
}
