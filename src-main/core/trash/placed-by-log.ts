import { type FileStatus, identityOf, sameIdentity } from '../files/file-identity.ts';
import { VerificationLog } from '../integrity/verification-log.ts';
import { ownFolder } from '../operations/operation.ts';
import { type LogEntry, readLogInTurns } from '../operations/operation-log.ts';

/** What puts files where versions have theirs, also where recovery finished it. */
const placing = /^(?:recover \()?(?:save|undo|restore)\b/;
/** The system's own times of files lag behind its clock, in milliseconds. */
const lag = 20;

/**
 * Whether Cairn put a file where it stands, of which the trash holds no record any more: it was written there, or got its name, while an
 * operation of these versions was under way, as the log tells. Of a version itself that is not enough, for what another program writes right
 * after it has the same time: it must stand as it was when its bytes were what was saved.
 */
export async function placedByLog(
  root: string,
  versions: readonly string[],
  path: string,
  there: FileStatus,
): Promise<boolean> {
  const { mtimeMs, ctimeMs } = there;
  const entries = await readLogInTurns(`${root}/${ownFolder}`);
  const isOfThese = ({ ids }: LogEntry) => ids.some((id) => versions.includes(id));
  const isInTime = entries.some(
    (entry) =>
      entry.result === 'done' &&
      placing.test(entry.command) &&
      isOfThese(entry) &&
      [mtimeMs, ctimeMs].some((time) => isDuring(entry, time)),
  );
  return isInTime && (!versions.includes(path) || isAsSaved(root, path, there));
}

function isAsSaved(root: string, id: string, there: FileStatus): boolean {
  const known = new VerificationLog(`${root}/${ownFolder}`).get(id);
  if (known?.integrity.state !== 'verified' || known.identity === null) return false;
  return sameIdentity(known.identity, identityOf(there));
}

/** @param time in milliseconds since 1970 */
function isDuring({ at, seconds }: LogEntry, time: number): boolean {
  const end = Date.parse(at);
  return time >= end - seconds * 1000 - lag && time <= end;
}
