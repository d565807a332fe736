import { createHash } from 'node:crypto';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';
import { lookAt, tryLookAt } from './file-identity.ts';
import { inTheWay } from './held-folder.ts';
import { makeFolder } from './make-folder.ts';

const ownFolder = '.cairn';

/**
 * Where Cairn keeps what it knows of a run: `<run>/.cairn`, or, for a run that must not be written to (read-only or
 * someone else's), a folder of the app's own data. Nothing is made here.
 * @param appData the app's data folder; by default the user's
 */
export function bookkeepingFolder(root: string, appData = defaultAppData()): string {
  if (mayWrite(root)) return join(root, ownFolder);
  const key = createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 32);
  return join(appData, 'runs', key);
}

/**
 * Where a record of Cairn's is read: in the bookkeeping, and, while it is not there, of a run that must not be written to in the run itself. What
 * is then changed goes to the bookkeeping as a whole. One that may not be read is none of ours.
 * @param file its name in the bookkeeping
 */
export function folderOfRecord(root: string, bookkeeping: string, file: string): string {
  const own = join(root, ownFolder);
  if (bookkeeping === own || tryLookAt(join(bookkeeping, file)) !== null) return bookkeeping;
  return mayRead(join(own, file)) ? own : bookkeeping;
}

function mayRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether Cairn keeps something in a folder: then it was opened, or made, as a run. */
export function isKept(root: string): boolean {
  const look = tryLookAt(join(root, ownFolder));
  return look !== null && 'ino' in look && look.type === 'folder';
}

/** Makes a bookkeeping folder, for its owner alone. A link or file in its place is refused. @returns whether it is new */
export function makeBookkeepingFolder(folder: string): boolean {
  const isNew = lookAt(folder) === null && makeFolder(folder, 0o700) !== null;
  if (lookAt(folder)?.type !== 'folder') throw inTheWay(folder);
  return isNew;
}

/** By the folder's own mode and owner, not by what root could do anyway; and never on a disk that is read-only. */
function mayWrite(root: string): boolean {
  const { mode, uid } = statSync(root);
  const user = process.getuid?.();
  if (user === undefined) return (mode & 0o222) !== 0;
  return uid === user && (mode & 0o200) !== 0 && !isReadOnlyDisk(root);
}

function isReadOnlyDisk(root: string): boolean {
  try {
    accessSync(root, constants.W_OK);
    return false;
  } catch (error) {
    return errorCode(error) === 'EROFS';
  }
}

/** The folder for data that outlives a session, by the custom of the system. */
export function defaultAppData(): string {
  const { env, platform } = process;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Cairn');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Cairn');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'cairn');
}
