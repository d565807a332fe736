import { join } from 'node:path';
import type { Limits } from '../config/settings.ts';
import type { Disk } from '../files/disk.ts';
import { lookAtWhole } from '../files/look-at-whole.ts';
import { freeIn } from '../files/room.ts';
import { steadyAges } from '../files/steady-ages.ts';
import { discardKept } from '../operations/discard-kept.ts';
import { isKept, ownFolder, type Step, trashFolder } from '../operations/operation.ts';
import { syncFolder } from '../operations/run-folders.ts';
import { knownOperations } from './known-operations.ts';
import { keptBy, listOperations, type TrashedOperation } from './list-trash.ts';

/** Where it is remembered, in a run, for how long operations were surely in its trash. */
export const agesFile = `${ownFolder}/trash-ages.json`;

/** What retention moves by itself may fill. */
export interface TrashLimits extends Limits {
  /** Bytes that must stay free on the disk; nothing goes for them where all of it would not be enough. */
  room: number;
}

/** Deletes what these operations hold, for good. */
export async function emptyTrash(disk: Disk, root: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) await discardKept(disk, root, id);
  if (ids.length > 0) await syncFolder(disk, `${root}/${trashFolder}`);
}

/** Which of these operations can no longer be brought back. */
export async function goneFromTrash(disk: Disk, root: string, ids: readonly string[]): Promise<Set<string>> {
  const gone = new Set<string>();
  for (const id of ids) if (!(await disk.lookAt(`${root}/${trashFolder}/${id}`))) gone.add(id);
  return gone;
}

/** Ids of operations and of versions that are gone for good, what the trash held of them, and what kept the rest from going; null for nothing. */
export interface Emptied {
  operations: string[];
  versions: string[];
  bytes: number;
  failure: unknown;
  /** Files in the trash that somebody wrote to since they went there: what holds one stays. */
  written: string[];
}

/**
 * Deletes the oldest of what retention moved by itself until the rest is within limits, and none that was written to in the trash; what is damaged stays, for it may have
 * been a person that moved it. Where that stops half way, it tells how far it came.
 */
export async function keepWithinLimits(disk: Disk, root: string, limits: TrashLimits): Promise<Emptied> {
  const doomed: TrashedOperation[] = [];
  const written: string[] = [];
  try {
    for (const operation of await overLimits(disk, root, limits)) {
      const own = await writtenSince(disk, root, operation);
      if (own.length === 0) doomed.push(operation);
      written.push(...own);
    }
    await emptyTrash(disk, root, idsOf(doomed));
    return { ...sumOf(doomed), failure: null, written };
  } catch (failure) {
    const gone = await goneFromTrash(disk, root, idsOf(doomed)).catch(() => new Set<string>());
    return { ...sumOf(doomed.filter(({ id }) => gone.has(id))), failure, written };
  }
}

function sumOf(gone: readonly TrashedOperation[]): Omit<Emptied, 'failure' | 'written'> {
  return {
    operations: idsOf(gone),
    // Of a benchmark the trash holds sidecars alone: its versions are where they were.
    versions: gone.flatMap(({ kind, versions }) => (kind === 'benchmark' ? [] : versions)),
    bytes: bytesOf(gone),
  };
}

async function overLimits(disk: Disk, root: string, limits: TrashLimits): Promise<TrashedOperation[]> {
  const known = (await knownOperations(disk, root)).operations.filter(({ automatic }) => automatic);
  const ages =
    limits.age === null || known.length === 0 ? null : steadyAges(join(root, agesFile), idsOf(known));
  const isTooOld = ({ id }: { id: string }) => exceeds(ages?.get(id) ?? 0, limits.age);
  let free = await freeIn({ disk, folder: root });
  const isFull = exceeds(bytesOf(known), limits.bytes) || free < limits.room;
  const doubtful = isFull ? known : known.filter(isTooOld);
  const found = await listOperations(disk, root, idsOf(doubtful));
  const automatic = found.filter((each) => each.automatic).toReversed();
  let held = bytesOf(automatic);
  const room = free + held >= limits.room ? limits.room : 0;
  return automatic.filter(({ id, bytes }) => {
    const goes = isTooOld({ id }) || exceeds(held, limits.bytes) || free < room;
    if (goes) {
      held -= bytes;
      free += bytes;
    }
    return goes;
  });
}

/** Whoever had a file open when it went to the trash may have written the rest of it there. */
async function writtenSince(disk: Disk, root: string, { steps, files }: TrashedOperation): Promise<string[]> {
  const there = new Set(files);
  const written: string[] = [];
  for (const step of steps) {
    const path = keptBy(step);
    if (path !== null && there.has(path) && (await isOther(disk, root, path, step))) written.push(path);
  }
  return written;
}

/** Whether what a step put into the trash is not as it was then. Inodes may have other numbers since. */
async function isOther(disk: Disk, root: string, path: string, step: Step): Promise<boolean> {
  const { size, mtime }: Partial<Step> = isKept(step.to) ? step : { ...step.replaced };
  const look = await (step.whole ? lookAtWhole(disk, `${root}/${path}`) : disk.lookAt(`${root}/${path}`));
  const isSame = (now: number | undefined, then: number | undefined) => then === undefined || now === then;
  return !isSame(look?.size, size) || !isSame(look?.mtimeMs, mtime);
}

function bytesOf(operations: readonly { bytes: number }[]): number {
  return operations.reduce((sum, { bytes }) => sum + bytes, 0);
}

function idsOf(operations: readonly { id: string }[]): string[] {
  return operations.map(({ id }) => id);
}

function exceeds(amount: number, limit: number | null): boolean {
  return limit !== null && amount > limit;
}
