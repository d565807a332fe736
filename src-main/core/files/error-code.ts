const sentences = new Map([
  ['EACCES', 'no permission'],
  ['EPERM', 'the system does not allow it'],
  ['ENOENT', 'it is not there'],
  ['ENOTDIR', 'it is not a folder'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'it is a symbolic link, or a loop of them'],
  ['EIO', 'the disk reports a read error'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open on this machine'],
  ['ESTALE', 'the network folder has gone stale'],
  ['ENXIO', 'it is not a regular file'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota on the disk is used up'],
  ['EROFS', 'the disk is read-only'],
  ['EEXIST', 'the name is taken already'],
  ['EXDEV', 'it is on another disk'],
  ['EBUSY', 'it is in use'],
  ['ENOTEMPTY', 'the folder is not empty'],
]);

const systemCode = /^[A-Z][A-Z\d_]+$/;

/** What libuv has no name for: `Unknown system error -122`. Numbers of Linux. */
const unnamed = new Map([
  ['122', 'EDQUOT'],
  ['116', 'ESTALE'],
  ['37', 'ENOLCK'],
]);

/** The system's error code (`ENOENT`, …) of anything thrown, or null. */
export function errorCode(thrown: unknown): string | null {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (typeof code !== 'string') return null;
  return systemCode.test(code)
    ? code
    : (unnamed.get(/^Unknown system error -(\d+)$/.exec(code)?.[1] ?? '') ?? null);
}

/** Why something failed, in words: the system's reason, the reason that an error of ours gives, or the message. */
export function explainError(thrown: unknown): string {
  const code = errorCode(thrown);
  if (code) return sentences.get(code) ?? code;
  if (thrown instanceof Error && 'reason' in thrown) return String(thrown.reason);
  return thrown instanceof Error ? thrown.message : String(thrown);
}

const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Whether a file system has no hard links, or a file may not have another name. */
export function cannotLink(error: unknown): boolean {
  return noLinks.has(errorCode(error) ?? '');
}

const noModes = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL']);

/** Whether a file system knows nothing of permission bits or times, or not of these. */
export function hasNoModes(error: unknown): boolean {
  return noModes.has(errorCode(error) ?? '');
}

const noLocks = new Set(['ENOLCK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Whether a file system has no locks: some that are on other machines have none. */
export function cannotLock(error: unknown): boolean {
  return noLocks.has(errorCode(error) ?? '');
}

const passing = new Set([
  'EMFILE',
  'ENFILE',
  'EIO',
  'ENOMEM',
  'EAGAIN',
  'EINTR',
  'EBUSY',
  'ESTALE',
  'ETIMEDOUT',
]);

/** Whether a file that cannot be opened may open in a moment: the system, or the disk, is at fault, and not what was named. */
export function isPassing(error: unknown): boolean {
  return passing.has(errorCode(error) ?? '');
}

const full = new Set(['ENOSPC', 'EDQUOT']);

/** Whether a disk, or what somebody may use of it, is used up: bytes or files. */
export function isFull(error: unknown): boolean {
  return full.has(errorCode(error) ?? '');
}

const inTheWay = new Set(['EEXIST', 'ENOTDIR']);

/** Whether a file stands where a folder is to be. */
export function isInTheWay(error: unknown): boolean {
  return inTheWay.has(errorCode(error) ?? '');
}
