import type { Limits } from '../config/settings.ts';
import type { Disk } from '../files/disk.ts';
import { freeIn } from '../files/room.ts';
import { discardKept } from '../operations/discard-kept.ts';
import { trashFolder } from '../operations/operation.ts';
import { syncFolder } from '../operations/run-folders.ts';
import { knownOperations } from './known-operations.ts';
import { listOperations, type TrashedOperation } from './list-trash.ts';

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
}

/**
 * Deletes the oldest of what retention moved by itself until the rest is within limits; what is damaged stays, for it may have
 * been a person that moved it. Where that stops half way, it tells how far it came.
 */
export async function keepWithinLimits(disk: Disk, root: string, limits: TrashLimits): Promise<Emptied> {
  const doomed: TrashedOperation[] = [];
  try {
    doomed.push(...(await overLimits(disk, root, limits, Date.now())));
    await emptyTrash(disk, root, idsOf(doomed));
    return { ...sumOf(doomed), failure: null };
  } catch (failure) {
    const gone = await goneFromTrash(disk, root, idsOf(doomed)).catch(() => new Set<string>());
    return { ...sumOf(doomed.filter(({ id }) => gone.has(id))), failure };
  }
}

function sumOf(gone: readonly TrashedOperation[]): Omit<Emptied, 'failure'> {
  return {
    operations: idsOf(gone),
    // Of a benchmark the trash holds sidecars alone: its versions are where they were.
    versions: gone.flatMap(({ kind, versions }) => (kind === 'benchmark' ? [] : versions)),
    bytes: bytesOf(gone),
  };
}

async function overLimits(
  disk: Disk,
  root: string,
  limits: TrashLimits,
  now: number,
): Promise<TrashedOperation[]> {
  const known = (await knownOperations(disk, root)).operations.filter(({ automatic }) => automatic);
  let free = await freeIn({ disk, folder: root });
  const isFull = exceeds(bytesOf(known), limits.bytes) || free < limits.room;
  const doubtful = isFull ? known : known.filter(({ at }) => exceeds(now - Date.parse(at), limits.age));
  const automatic = (await listOperations(disk, root, idsOf(doubtful))).toReversed();
  let held = bytesOf(automatic);
  const room = free + held >= limits.room ? limits.room : 0;
  return automatic.filter(({ at, bytes }) => {
    const goes = exceeds(now - Date.parse(at), limits.age) || exceeds(held, limits.bytes) || free < room;
    if (goes) {
      held -= bytes;
      free += bytes;
    }
    return goes;
  });
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
