import { basename } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { readLastEntries } from '../operations/operation-log.ts';
import { highestNumber } from './highest-number.ts';

/** Bytes of the log's end that are read first, and how many times as many then: what was saved last is mostly there. */
const usual = 16 * 1024;
const further = 16;

/**
 * The highest version number that the log tells was given, or that a name in it bears; 0 for none. It outlives files that were deleted for
 * good, and backups that are not mounted. A save takes a number above all that the run knows of, so nothing before the last one matters.
 */
export function highestInLog(own: string, config: StorageConfig): number {
  for (let limit = usual; ; limit *= further) {
    const { entries, isAll } = readLastEntries(own, limit);
    const given = entries.findLast(({ version }) => isGiven(version))?.version;
    if (given === undefined && !isAll) continue;
    const names = entries.flatMap(({ ids }) => ids.map((id) => basename(id)));
    return Math.max(given ?? 0, highestNumber(names, config));
  }
}

/** Whether a save could have given that number: whoever else writes to the log may write anything. */
function isGiven(version: number | undefined): boolean {
  return Number.isSafeInteger(version) && Number(version) > 0;
}
