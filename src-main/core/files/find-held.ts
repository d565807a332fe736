import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { FileIdentity } from './file-identity.ts';
import { namesThere } from './names-there.ts';

/** A process that writes nothing for longer than this, in milliseconds, is not asked for. */
const writesWithin = 10 * 60_000;

/** A file as it was looked at; `id` is what it is called in the answer. */
interface LookedAt {
  id: string;
  identity: FileIdentity | null;
}

/**
 * Those of the files that a live process holds open to write, by id, as far as the system tells: Linux does, of the processes
 * of this user. Files that nobody touched of late are not asked for, so that most lists cost nothing.
 */
export function findHeld(files: readonly LookedAt[], pathOf: (id: string) => string): Set<string> {
  const recent = files.filter(({ identity }) => identity && Date.now() - identity.mtimeMs < writesWithin);
  if (recent.length === 0 || process.platform !== 'linux') return new Set();
  const byName = new Map<string, LookedAt[]>();
  for (const file of recent) {
    const name = basename(pathOf(file.id));
    byName.set(name, [...(byName.get(name) ?? []), file]);
  }
  const pids = namesThere('/proc').filter((name) => /^\d+$/.test(name));
  return new Set(pids.flatMap((pid) => heldBy(pid, byName)));
}

function heldBy(pid: string, byName: ReadonlyMap<string, LookedAt[]>): string[] {
  return namesThere(`/proc/${pid}/fd`).flatMap((fd) => {
    const named = byName.get(basename(targetOf(`/proc/${pid}/fd/${fd}`)));
    if (!named) return [];
    const status = statOf(`/proc/${pid}/fd/${fd}`);
    const found = named.filter(
      ({ identity }) => identity?.ino === status?.ino && identity?.dev === status?.dev,
    );
    return found.length > 0 && isForWriting(`/proc/${pid}/fdinfo/${fd}`) ? found.map(({ id }) => id) : [];
  });
}

/** The way a file was opened is the last octal digit of its flags: 1 to write, 2 to read and write. */
function isForWriting(path: string): boolean {
  try {
    return /^flags:\s*[0-7]*[1256]$/m.test(readFileSync(path, 'latin1'));
  } catch {
    return false;
  }
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
