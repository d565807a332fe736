import type { FileStatus } from '../files/file-identity.ts';
import { ownFolder } from '../operations/operation.ts';
import { type LogEntry, readLogInTurns } from '../operations/operation-log.ts';

/** What puts files where versions have theirs, also where recovery finished it. */
const placing = /^(?:recover \()?(?:save|undo|restore)\b/;
/** The system's own times of files lag behind its clock, in milliseconds. */
const lag = 20;

/**
 * Whether Cairn put a file where it stands, of which the trash holds no record any more: it was written there, or got its name, while an
 * operation of these versions was under way, as the log tells.
 */
export async function placedByLog(
  root: string,
  versions: readonly string[],
  { mtimeMs, ctimeMs }: FileStatus,
): Promise<boolean> {
  const entries = await readLogInTurns(`${root}/${ownFolder}`);
  const isOfThese = ({ ids }: LogEntry) => ids.some((id) => versions.includes(id));
  return entries.some(
    (entry) =>
      entry.result === 'done' &&
      placing.test(entry.command) &&
      isOfThese(entry) &&
      [mtimeMs, ctimeMs].some((time) => isDuring(entry, time)),
  );
}

/** @param time in milliseconds since 1970 */
function isDuring({ at, seconds }: LogEntry, time: number): boolean {
  const end = Date.parse(at);
  return time >= end - seconds * 1000 - lag && time <= end;
}
