import type { VersionRow } from '../../shared/model/version-row.ts';
import { type Arranged, arrange, lineOfGroup, type RowGroup, refold } from './arrange-groups.ts';
import { createGroupKeys, type GroupBy, type GroupKeys } from './group-keys.ts';

/** The lines of a table: the rows to show, put into groups where that is asked for. */
export class RowGroups {
  #keys: GroupKeys | null = null;
  #folded: ReadonlySet<string> = new Set();
  #arranged: Arranged = arrange(new Uint32Array(), null, this.#folded);

  /** Slots of the rows, those of folded groups too; a new array whenever the order changes. */
  get shown(): Uint32Array {
    return this.#arranged.shown;
  }

  /** A slot for each line; headings of groups are no slot's number. */
  get lines(): Uint32Array {
    return this.#arranged.lines;
  }

  get groups(): readonly RowGroup[] {
    return this.#arranged.groups;
  }

  /** How far the ranges reach that numbers are grouped by; null where nothing is put into ranges. */
  get step(): number | null {
    return this.#keys?.step ?? null;
  }

  /** The group whose heading is on a line. */
  groupAt(line: number): RowGroup | undefined {
    return this.#arranged.groupAt(line);
  }

  /** The line of a group's heading, or -1. */
  indexOf(key: string): number {
    return lineOfGroup(this.#arranged, key);
  }

  groupOf(slot: number): RowGroup | undefined {
    const key = this.#keys?.nameOf(slot);
    return this.groups.find((group) => group.key === key);
  }

  /** Other groups, of rows that are all to be {@link set} again; none of them is folded. */
  groupBy(by: GroupBy | null): void {
    this.#keys = by && createGroupKeys(by);
    this.#folded = new Set();
  }

  set(slot: number, row: VersionRow): void {
    this.#keys?.set(slot, row);
  }

  /** @param ranked whether groups come in the order that they have of their own, where they have one */
  arrange(matching: Uint32Array, ranked: boolean): void {
    this.#keys?.settle();
    this.#arranged = arrange(matching, this.#keys, this.#folded, ranked);
  }

  /** Which groups show their heading alone. */
  fold(folded: ReadonlySet<string>): void {
    this.#folded = folded;
    this.#arranged = refold(this.#arranged, folded);
  }
}
