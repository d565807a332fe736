import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { FileIdentity } from './file-identity.ts';
import { namesThere } from './names-there.ts';

/** The files that live processes of this user had open when they were listed, as far as the system tells: Linux does. */
export class OpenFiles {
  /** Where the system tells of those of a name. */
  readonly #places = new Map<string, string[]>();

  constructor() {
    for (const pid of namesThere('/proc').filter((name) => /^\d+$/.test(name))) this.#list(pid);
  }

  /** Whether a process holds this file open to write. What was opened since is not known of. */
  isHeld(name: string, { ino, dev }: Pick<FileIdentity, 'ino' | 'dev'>): boolean {
    const places = this.#places.get(name);
    if (!places) return false;
    return places.some((place) => {
      const status = statOf(place);
      return status?.ino === ino && status.dev === dev && isForWriting(place.replace('/fd/', '/fdinfo/'));
    });
  }

  #list(pid: string): void {
    for (const fd of namesThere(`/proc/${pid}/fd`)) {
      const place = `/proc/${pid}/fd/${fd}`;
      const name = basename(targetOf(place));
      this.#places.set(name, [...(this.#places.get(name) ?? []), place]);
    }
  }
}

/** Lists them when it is asked to, and again once that is longer ago than this, in milliseconds. */
export function openFilesWithin(age: number): () => OpenFiles {
  let files: OpenFiles | null = null;
  let listedAt = 0;
  return () => {
    const now = Date.now();
    if (files && Math.abs(now - listedAt) < age) return files;
    listedAt = now;
    files = new OpenFiles();
    return files;
  };
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
