import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { type Recent, recentKinds } from '../../shared/ipc/recent-contract.ts';
import { escapeName } from '../core/catalog/escape-name.ts';
import { UsageError } from '../core/errors.ts';
import { nameFolder } from './name-folder.ts';
import { OwnDocument } from './own-document.ts';
import { Presence } from './presence.ts';

/** So many are kept that are not starred. */
const most = 20;
const entrySchema = z.object({
  /** Of a checkpoint, the file. */
  folder: z.string(),
  openedAt: z.string(),
  kind: z.enum(recentKinds).default('run'),
  starred: z.boolean().default(false),
});
const recentsSchema = z.array(entrySchema).max(1000);
export type RecentEntry = z.infer<typeof entrySchema>;

/** What was opened last, starred first, then newest first, kept in a file of the app's own. The window knows them by handle. */
export class Recents {
  readonly #document: OwnDocument<RecentEntry[]>;
  readonly #onChange: () => void;
  readonly #presence = new Presence();
  #entries: RecentEntry[];

  constructor(file: string, onChange: () => void = () => undefined) {
    this.#document = new OwnDocument(file, recentsSchema);
    this.#onChange = onChange;
    this.#entries = this.#document.read() ?? [];
  }

  async list(): Promise<Recent[]> {
    const entries = this.#entries.toSorted((a, b) => Number(b.starred) - Number(a.starred));
    const present = await this.#presence.of(entries, this.#onChange);
    return entries.map(({ folder, openedAt, kind, starred }, index) => ({
      recentId: handleOf(folder),
      kind,
      name: kind === 'checkpoint' ? basename(folder) : nameFolder(folder),
      folder,
      openedAt,
      present: present[index] ?? true,
      starred,
    }));
  }

  entryOf(recentId: string): RecentEntry | null {
    return this.#entries.find(({ folder }) => handleOf(folder) === recentId) ?? null;
  }

  /** @throws UsageError where the disk that it is on does not answer: opening it would wait for that */
  async assertAnswers(entry: RecentEntry): Promise<void> {
    if (await this.#presence.answers(entry)) return;
    throw new UsageError(
      `cannot open ${escapeName(entry.folder)} — the disk that it is on does not answer — see whether its server can be reached`,
      { path: entry.folder },
    );
  }

  add(folder: string, kind: RecentEntry['kind'] = 'run'): void {
    const starred = this.#entries.some((entry) => entry.folder === folder && entry.starred);
    const others = this.#entries.filter((entry) => entry.folder !== folder);
    this.#write([{ folder, openedAt: new Date().toISOString(), kind, starred }, ...others]);
  }

  star(recentId: string, starred: boolean): void {
    this.#write(
      this.#entries.map((entry) => (handleOf(entry.folder) === recentId ? { ...entry, starred } : entry)),
    );
  }

  /** What was added last takes the place of another, with its star. */
  replace(recentId: string): void {
    const [newest] = this.#entries;
    const old = this.entryOf(recentId);
    if (!newest || !old || newest === old) return;
    const others = this.#entries.filter((entry) => entry !== newest && entry !== old);
    this.#write([{ ...newest, starred: newest.starred || old.starred }, ...others]);
  }

  forget(recentId: string): void {
    this.#write(this.#entries.filter(({ folder }) => handleOf(folder) !== recentId));
  }

  /** Forgets all that are not starred. */
  clear(): void {
    this.#write(this.#entries.filter(({ starred }) => starred));
  }

  #write(entries: RecentEntry[]): void {
    const kept = new Set(entries.filter(({ starred }) => !starred).slice(0, most));
    this.#entries = entries.filter((entry) => entry.starred || kept.has(entry));
    this.#document.write(this.#entries);
    this.#onChange();
  }
}

function handleOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 32);
}
