import type { PackedVersions } from '../catalog/packed-versions.ts';
import type { FramePlace } from './frames.ts';
import type { FoundRows, KeptFiles } from './kept-rows.ts';
import { hasIdentity, identityLength, type PlainGroup, type PlainNames } from './plain-group.ts';

/** Some versions from the index, and which of them were met again. */
export class KeptSlice {
  /** Where it stands in the file of the index. */
  readonly rowsAt: FramePlace;
  readonly textsAt: FramePlace;
  readonly ids: readonly string[];
  readonly #rows: FoundRows;
  readonly #met: boolean[];
  #metCount = 0;

  constructor(rows: FoundRows, rowsAt: FramePlace, textsAt: FramePlace) {
    this.#rows = rows;
    this.rowsAt = rowsAt;
    this.textsAt = textsAt;
    this.ids = rows.ids;
    this.#met = rows.ids.map(() => false);
  }

  get versions(): PackedVersions {
    return this.#rows.versions;
  }

  /** Whether every one of its versions was met. */
  get isWhole(): boolean {
    return this.#metCount === this.ids.length;
  }

  /** The names of the files of a version. */
  namesOf(row: number): PlainNames {
    return { id: this.ids[row] ?? '', others: this.#othersOf(row) };
  }

  /** Whether the files of a version are what they were; if so, it counts as met. */
  meet(row: number, group: PlainGroup): boolean {
    const { others, identities } = this.#rows;
    if (this.#met[row] || others[row] !== group.others) return false;
    if (!hasIdentity(group, identities, row * identityLength)) return false;
    this.#met[row] = true;
    this.#metCount += 1;
    return true;
  }

  /** The rows of the versions that were met, each with what its files are. */
  *met(): Generator<{ row: number; files: KeptFiles }> {
    for (const [row, isMet] of this.#met.entries()) {
      if (isMet) yield { row, files: this.#filesOf(row) };
    }
  }

  #filesOf(row: number): KeptFiles {
    const { identities } = this.#rows;
    const at = row * identityLength;
    return { others: this.#othersOf(row), identity: identities.subarray(at, at + identityLength) };
  }

  #othersOf(row: number): string {
    return this.#rows.others[row] ?? '';
  }
}
