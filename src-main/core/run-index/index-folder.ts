import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { userCacheFolder } from '../files/cache-folder.ts';
import { describeRemote } from '../files/describe-remote.ts';
import { identityOf, lookAt, tryLookAt } from '../files/file-identity.ts';
import { makeFolder } from '../files/make-folder.ts';
import { namesThere } from '../files/names-there.ts';
import { type OpenFiles, openFilesWithin } from '../files/open-files.ts';
import { workerUrl } from '../workers/worker-url.ts';
import type { IndexFile } from './part-index.ts';
import { unfinished } from './part-writer.ts';

/** What is remembered: runs with their versions, or folders of runs; so many of each. */
type Kind = 'runs' | 'workspaces';
const mostOfAKind = 8;
/** Where it cannot be told who writes a file, nobody does for so long, in milliseconds. */
const abandonedAfter = 3_600_000;

/**
 * The files of a run's index, one for each of so many threads; null where a run can have none: on a mount where others write
 * unseen, or when there is no folder to be had for it. They spare time alone, and may be deleted at any moment.
 */
export function indexFiles(root: string, config: StorageConfig, threads: number): IndexFile[] | null {
  if (describeRemote(root) !== null) return null;
  try {
    const folder = folderFor(root, 'runs');
    const fingerprint = fingerprintOf(root, config);
    return Array.from({ length: threads }, (_, index) => ({
      path: join(folder, `part-${index + 1}-of-${threads}`),
      fingerprint,
    }));
  } catch {
    return null;
  }
}

/**
 * The file of the index of a folder of runs; null where it can have none, as {@link indexFiles}.
 * @param settings the file of what is settled for all runs, absolute
 */
export function workspaceIndexFile(root: string, settings: string): IndexFile | null {
  if (describeRemote(root) !== null) return null;
  try {
    const look = tryLookAt(settings);
    const settled = look && 'ino' in look ? JSON.stringify(identityOf(look)) : String(look);
    // Times without a zone are compared by the clock of this machine.
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const programs = ['workspace-worker', 'read-names-worker', 'integrity-worker'].map(programOf);
    const fingerprint = hash(...programs, '\0', root, '\0', settled, '\0', timeZone);
    return { path: join(folderFor(root, 'workspaces'), 'found'), fingerprint };
  } catch {
    return null;
  }
}

/** @throws system errors as they are */
function folderFor(root: string, kind: Kind): string {
  const all = join(userCacheFolder(), kind);
  const folder = join(all, hash(root).slice(0, 32));
  const isNew = makeFolder(folder, 0o700) !== null;
  if (lookAt(folder)?.type !== 'folder') throw new Error(`${folder} is not a folder`);
  const now = new Date();
  utimesSync(folder, now, now);
  if (isNew) forgetOldest(all);
  removeAbandoned(all, now);
  return folder;
}

function forgetOldest(all: string): void {
  const known = readdirSync(all).map((name) => ({
    path: join(all, name),
    usedAt: modifiedAt(join(all, name)),
  }));
  known.sort((a, b) => b.usedAt - a.usedAt);
  for (const { path } of known.slice(mostOfAKind)) rmSync(path, { recursive: true, force: true });
}

/** Of all runs, what killed processes, and threads that were ended with a window, left half written; never what somebody writes. */
function removeAbandoned(all: string, now: Date): void {
  const folders = readdirSync(all).map((name) => join(all, name));
  const own = folders.filter((folder) => lookAt(folder)?.type === 'folder');
  const paths = own.flatMap((folder) => namesThere(folder).map((name) => join(folder, name)));
  const listOpen = openFilesWithin(Number.POSITIVE_INFINITY);
  for (const path of paths.filter((each) => each.endsWith('.tmp')))
    if (isAbandoned(path, now, listOpen)) rmSync(path, { force: true });
}

/** Which files of this machine are open Linux tells; of others their age does. */
function isAbandoned(path: string, now: Date, listOpen: () => OpenFiles): boolean {
  const look = tryLookAt(path);
  if (!look || look instanceof Error || look.mtimeMs < now.getTime() - abandonedAfter) return true;
  if (process.platform !== 'linux' || !path.endsWith(unfinished)) return false;
  return !listOpen().isHeld(basename(path), look);
}

function modifiedAt(path: string): number {
  const look = tryLookAt(path);
  return look && 'ino' in look ? look.mtimeMs : 0;
}

/** Of all that versions depend on beside the files of the run: the program that reads them, and the run's config. */
function fingerprintOf(root: string, config: StorageConfig): string {
  return hash(programOf('read-names-worker'), '\0', root, '\0', JSON.stringify(config));
}

function programOf(worker: string): Buffer {
  return readFileSync(fileURLToPath(workerUrl(worker)));
}

function hash(...pieces: (string | Uint8Array)[]): string {
  const sum = createHash('sha256');
  for (const piece of pieces) sum.update(piece);
  return sum.digest('hex');
}
