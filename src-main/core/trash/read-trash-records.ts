import type { Problem } from '../../../shared/model/run.ts';
import type { Disk } from '../files/disk.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import { type RecordRead, readRecord } from '../files/read-record.ts';
import { mostOfRecord } from '../operations/most-of-record.ts';
import { intentFolder, type Operation, parseOperation, trashFolder } from '../operations/operation.ts';
import { filesBelow } from './files-below.ts';
import { operationsInTrash } from './operations-in-trash.ts';
import { tellEmptying } from './tell-emptying.ts';

/** A record as it was read; records are not written again, so one that is the same file says the same. */
interface KnownRecord {
  identity: FileIdentity;
  read: RecordRead<Operation>;
}

/** Records by their path, for each run: a training lists its trash with each save. */
const known = new WeakMap<Disk, Map<string, ReadonlyMap<string, KnownRecord>>>();

/**
 * The record of each operation in the trash, in no particular order. One that is damaged or missing is told, by the path of the
 * operation's folder, and keeps none of the others from being read.
 * @throws system errors as they are
 */
export async function readTrashRecords(
  disk: Disk,
  root: string,
): Promise<{ operations: Operation[]; problems: Problem[] }> {
  const ids = await operationsInTrash(disk, root);
  const records = await readAll(disk, root, ids);
  const operations: Operation[] = [];
  const problems: Problem[] = [];
  for (const id of ids) {
    const read = records.get(id)?.read;
    if (read && 'value' in read) operations.push(read.value);
    else if (read) problems.push(problemOf(root, id, 'is damaged, or another version of Cairn wrote it'));
    else problems.push(...(await findMissing(disk, root, id)));
  }
  return { operations, problems };
}

/** The records of these operations that can be used, by id. @throws system errors as they are */
export async function readRecords(
  disk: Disk,
  root: string,
  ids: readonly string[],
): Promise<Map<string, Operation>> {
  const read = await fewAtATime(ids, (id) => readOne(disk, root, id, known.get(disk)?.get(root)?.get(id)));
  const operations = read.flatMap((record) => (record && 'value' in record.read ? [record.read.value] : []));
  return new Map(operations.map((operation) => [operation.id, operation]));
}

async function readAll(
  disk: Disk,
  root: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownRecord>> {
  const runs = known.get(disk) ?? new Map<string, ReadonlyMap<string, KnownRecord>>();
  const before = runs.get(root);
  const read = await fewAtATime(ids, (id) => readOne(disk, root, id, before?.get(id)));
  const records = new Map(read.flatMap((record, index) => (record ? [[ids[index] ?? '', record]] : [])));
  known.set(disk, runs.set(root, records));
  return records;
}

async function readOne(
  disk: Disk,
  root: string,
  id: string,
  before: KnownRecord | undefined,
): Promise<KnownRecord | null> {
  const path = manifestOf(root, id);
  const identity = await disk.lookAt(path);
  if (!identity) return null;
  if (before && sameIdentity(before.identity, identity)) return before;
  const read = await readRecord(
    disk,
    path,
    (text) => parseOperation(text, id),
    (size) => mostOfRecord(disk, root, size),
  );
  return read && { identity, read };
}

/** A problem where files are kept of which nothing tells what they are. Until an operation is done, its intent tells it. */
async function findMissing(disk: Disk, root: string, id: string): Promise<Problem[]> {
  if (await disk.lookAt(`${root}/${intentFolder}/${id}.json`)) return [];
  // Where the intent is gone by now, it may have become the record.
  if (await disk.lookAt(manifestOf(root, id))) return [];
  const folder = `${root}/${trashFolder}/${id}`;
  if ((await disk.lookAt(folder))?.type !== 'folder') return [];
  return (await filesBelow(disk, folder)).length > 0 ? [problemOf(root, id, 'is missing')] : [];
}

/** The id of the operation that a problem of the trash is about. */
export function damagedOperation({ path }: Problem): string {
  return path.slice(trashFolder.length + 1);
}

function manifestOf(root: string, id: string): string {
  return `${root}/${trashFolder}/${id}/manifest.json`;
}

function problemOf(root: string, id: string, what: string): Problem {
  return {
    path: `${trashFolder}/${id}`,
    problem: `the record of this operation, manifest.json, ${what}: it cannot be undone, and is not emptied with the rest. Its files are in the folder “files” there: move them back by hand, or delete them for good: ${tellEmptying(root, id)}`,
  };
}
