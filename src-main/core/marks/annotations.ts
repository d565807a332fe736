import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../../shared/model/run.ts';
import type { Version } from '../../../shared/model/version.ts';
import { countBackups, manifestsFolder } from '../backup/count-backups.ts';
import { type ListedRow, listedText } from '../catalog/listed-version.ts';
import { ModelManagerError } from '../errors.ts';
import { type FileIdentity, isFresh, type Look, sameIdentity, tryLookAt } from '../files/file-identity.ts';
import { folderOfRecord } from '../files/run-bookkeeping.ts';
import { ownFolder } from '../operations/operation.ts';
import { bytesNow, tellOtherBytes } from './marked-bytes.ts';
import { type Mark, marksFile, readMarks } from './marks.ts';

/** What Cairn itself keeps on record of versions, beside their sidecars: what people noted, and how many backups there are. */
export class Annotations {
  readonly #root: string;
  readonly #bookkeeping: string;
  readonly #identityOf: (id: string) => FileIdentity | null;
  #marks: ReadonlyMap<string, Mark> = new Map();
  #backups: ReadonlyMap<string, number> = new Map();
  #fault: ModelManagerError | null = null;
  /** The places as they were when they were last read. */
  #looks: readonly Look[] = [];

  /** @param identityOf what the file of a version was when it was last looked at */
  constructor(root: string, bookkeeping: string, identityOf: (id: string) => FileIdentity | null) {
    this.#root = root;
    this.#bookkeeping = bookkeeping;
    this.#identityOf = identityOf;
    this.read();
  }

  /** @throws ModelManagerError where they cannot be read: what goes by them may not take them for none */
  get marks(): ReadonlyMap<string, Mark> {
    if (this.#fault) throw this.#fault;
    return this.#marks;
  }

  /** That the marks cannot be read: versions are shown without them then. */
  get problems(): Problem[] {
    if (!this.#fault) return [];
    const kept = this.#folderOfMarks();
    const folder = basename(kept) === ownFolder ? ownFolder : kept;
    const problem = `${this.#fault.reason}: what is pinned, noted and tagged cannot be told, and nothing is pruned. Fix it, or move it away and do without what it holds`;
    return [{ path: `${folder}/${marksFile}`, problem }];
  }

  /** Reads both anew. @throws only what is no fault of the marks */
  read(): void {
    this.#looks = this.#lookAtPlaces();
    this.#backups = countBackups(this.#bookkeeping);
    try {
      this.#marks = readMarks(this.#folderOfMarks());
      this.#fault = null;
    } catch (error) {
      if (!(error instanceof ModelManagerError)) throw error;
      this.#marks = new Map();
      this.#fault = error;
    }
  }

  /** Reads anew what was written since, by whomever. @returns the ids of which something else is on record now */
  refresh(): string[] {
    const looks = this.#lookAtPlaces();
    if (looks.every((look, index) => isUntouched(look, this.#looks[index]))) return [];
    const [marks, backups] = [this.#marks, this.#backups];
    this.read();
    const ids = new Set([marks, backups, this.#marks, this.#backups].flatMap((map) => [...map.keys()]));
    return [...ids].filter(
      (id) =>
        backups.get(id) !== this.#backups.get(id) || !isDeepStrictEqual(marks.get(id), this.#marks.get(id)),
    );
  }

  /** Of a run that must not be written to it is another once something is noted. */
  #folderOfMarks(): string {
    return folderOfRecord(this.#root, this.#bookkeeping, marksFile);
  }

  #lookAtPlaces(): Look[] {
    const folders = [this.#folderOfMarks(), this.#bookkeeping];
    return [marksFile, manifestsFolder].map((place, index) => tryLookAt(join(String(folders[index]), place)));
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
      problems: this.#withOtherBytes(row, mark),
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
      problems: this.#withOtherBytes(version, mark),
    };
  }

  /** The problems of a version, and that a mark is of other bytes. */
  #withOtherBytes(version: Version | ListedRow, mark: Mark | undefined): string[] {
    if (!mark?.of) return version.problems;
    const now = bytesNow(version, this.#identityOf(version.id));
    return [...version.problems, ...tellOtherBytes(mark, now)];
  }
}

function isUntouched(now: Look, before: Look | undefined): boolean {
  if (now === null || before === null) return now === before;
  if (before === undefined || now instanceof Error || before instanceof Error) return false;
  return sameIdentity(now, before) && !isFresh(now);
}
