import { UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { discardKept } from '../operations/discard-kept.ts';
import { trashFolder } from '../operations/operation.ts';
import { syncFolder } from '../operations/run-folders.ts';
import { listTrash, type TrashedOperation } from './list-trash.ts';

/** What retention moves by itself may fill: milliseconds, bytes, and room that the next save needs. */
export interface TrashLimits {
  age: number;
  bytes: number;
  /** Bytes that must stay free on the disk. */
  room: number;
}

/** Seven days and 20 GB: the contract of the command line. */
export const automaticLimits = { age: 7 * 24 * 3600 * 1000, bytes: 20e9 };

/** Deletes what these operations hold, for good. */
export async function emptyTrash(
  disk: Disk,
  root: string,
  operations: readonly TrashedOperation[],
): Promise<void> {
  for (const { id } of operations) await discardKept(disk, root, id);
  if (operations.length > 0) await syncFolder(disk, `${root}/${trashFolder}`);
}

/** Of what retention moved by itself: the oldest that must go for the rest to be within limits. */
export async function overLimits(
  disk: Disk,
  root: string,
  limits: TrashLimits,
  now: number,
): Promise<TrashedOperation[]> {
  const automatic = (await listTrash(disk, root)).filter((operation) => operation.automatic).toReversed();
  let held = automatic.reduce((sum, { bytes }) => sum + bytes, 0);
  let free = await disk.freeSpace(root);
  return automatic.filter(({ at, bytes }) => {
    const goes = now - Date.parse(at) > limits.age || held > limits.bytes || free < limits.room;
    if (goes) {
      held -= bytes;
      free += bytes;
    }
    return goes;
  });
}

/** `30d`, `12h`, `45m` or `90s` in milliseconds. @throws UsageError for anything else */
export function parseAge(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  const seconds = new Map([
    ['s', 1],
    ['m', 60],
    ['h', 3600],
    ['d', 86_400],
    ['w', 604_800],
  ]).get(unit);
  if (count === undefined || seconds === undefined)
    throw new UsageError(`“${text}” is no age — it needs a number and s, m, h, d or w — such as 30d`);
  return Number(count) * seconds * 1000;
}
