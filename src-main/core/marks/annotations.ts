import type { Version } from '../../../shared/model/version.ts';
import { countBackups } from '../backup/count-backups.ts';
import { type ListedRow, listedText } from '../catalog/listed-version.ts';
import { type Mark, readMarks } from './marks.ts';

/** What Cairn itself keeps on record of versions, beside their sidecars: what people noted, and how many backups there are. */
export class Annotations {
  readonly #bookkeeping: string;
  #marks: ReadonlyMap<string, Mark> = new Map();
  #backups: ReadonlyMap<string, number> = new Map();

  /** @throws ModelManagerError when the notes cannot be read */
  constructor(bookkeeping: string) {
    this.#bookkeeping = bookkeeping;
    this.read();
  }

  get marks(): ReadonlyMap<string, Mark> {
    return this.#marks;
  }

  /** Reads both anew. */
  read(): void {
    this.#marks = readMarks(this.#bookkeeping);
    this.#backups = countBackups(this.#bookkeeping);
  }

  has(id: string): boolean {
    return this.#marks.has(id) || this.#backups.has(id);
  }

  /** A row with what is on record of its version. */
  applyToRow(row: ListedRow): ListedRow {
    const mark = this.#marks.get(row.id);
    return {
      ...row,
      pinned: mark?.pinned ?? false,
      notes: listedText(mark?.notes ?? row.notes),
      tags: mark?.tags ?? row.tags,
      backups: row.backups + (this.#backups.get(row.id) ?? 0),
    };
  }

  /** The version with what is on record of it. `notes` and `tags` take the place of the sidecar’s. */
  apply(version: Version): Version {
    const mark = this.#marks.get(version.id);
    return {
      ...version,
      pinned: mark?.pinned ?? false,
      notes: mark?.notes ?? version.notes,
      tags: mark?.tags ?? version.tags,
      backups: version.backups + (this.#backups.get(version.id) ?? 0),
    };
  }
}
