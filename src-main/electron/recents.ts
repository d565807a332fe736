import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { Recent } from '../../shared/ipc/contract.ts';
import { makeFolder } from '../core/files/make-folder.ts';
import { isFolder } from '../core/open-run-folder.ts';

const most = 20;
const recentsSchema = z.array(z.object({ folder: z.string(), openedAt: z.string() })).max(1000);
type Entry = z.infer<typeof recentsSchema>[number];

/** The runs that were opened last, newest first, kept in a file of the app's own. The window knows them by handle. */
export class Recents {
  readonly #file: string;
  #entries: Entry[];

  constructor(file: string) {
    this.#file = file;
    this.#entries = read(file);
  }

  list(): Recent[] {
    return this.#entries.map(({ folder, openedAt }) => ({
      recentId: handleOf(folder),
      name: basename(folder),
      folder,
      openedAt,
      present: isFolder(folder),
    }));
  }

  folderOf(recentId: string): string | null {
    return this.#entries.find(({ folder }) => handleOf(folder) === recentId)?.folder ?? null;
  }

  add(folder: string): void {
    const others = this.#entries.filter((entry) => entry.folder !== folder);
    this.#write([{ folder, openedAt: new Date().toISOString() }, ...others].slice(0, most));
  }

  forget(recentId: string): void {
    this.#write(this.#entries.filter(({ folder }) => handleOf(folder) !== recentId));
  }

  #write(entries: Entry[]): void {
    this.#entries = entries;
    try {
      makeFolder(dirname(this.#file));
      writeFileSync(`${this.#file}.tmp`, JSON.stringify(entries, null, 2), { mode: 0o600, flush: true });
      renameSync(`${this.#file}.tmp`, this.#file);
    } catch (error) {
      console.error('the list of recent runs was not saved:', error);
    }
  }
}

function read(file: string): Entry[] {
  try {
    return recentsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

function handleOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 32);
}
