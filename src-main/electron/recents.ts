import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import type { Recent } from '../../shared/ipc/contract.ts';
import { isFolder } from '../core/open-run-folder.ts';
import { OwnDocument } from './own-document.ts';

const most = 20;
const recentsSchema = z.array(z.object({ folder: z.string(), openedAt: z.string() })).max(1000);
type Entry = z.infer<typeof recentsSchema>[number];

/** The runs that were opened last, newest first, kept in a file of the app's own. The window knows them by handle. */
export class Recents {
  readonly #document: OwnDocument<Entry[]>;
  #entries: Entry[];

  constructor(file: string) {
    this.#document = new OwnDocument(file, recentsSchema);
    this.#entries = this.#document.read() ?? [];
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
    this.#document.write(entries);
  }
}

function handleOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 32);
}
