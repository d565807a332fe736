import { encodeListings, type KeptListing } from './kept-listings.ts';
import { KeptPart, type KeptPlace } from './kept-part.ts';
import { encodeRows } from './kept-rows.ts';
import type { KeptSlice } from './kept-slice.ts';
import { PartWriter } from './part-writer.ts';
import { lookAtPlain, namesOfPlain, type PlainNames } from './plain-group.ts';
import type { KeptPiece } from './slice-builder.ts';

/** A file of the index. */
export interface IndexFile {
  path: string;
  /** Of all that versions depend on beside the files of the run. */
  fingerprint: string;
}

/** A new file is written when at least one in so many of its versions differs. */
const worthWriting = 100;

/** One file of the index while the part of the run that it knows is read: what it had, and what it will have. */
export class PartIndex {
  readonly #kept: KeptPart;
  readonly #writer: PartWriter;
  readonly #whole: KeptSlice[] = [];
  #met = 0;
  #isWriting = false;

  constructor({ path, fingerprint }: IndexFile, withTexts: boolean) {
    this.#kept = new KeptPart(path, fingerprint, withTexts);
    this.#writer = new PartWriter(path, fingerprint);
  }

  get isEmpty(): boolean {
    return this.#kept.size === 0;
  }

  get slices(): readonly KeptSlice[] {
    return this.#kept.slices;
  }

  /** What is known of a folder if it holds the very names that it held; null where not all of them are accounted for. */
  listing(folder: string, hash: string): KeptListing | null {
    const listing = this.#kept.listings.find((each) => each.path === folder && each.hash === hash);
    if (!listing) return null;
    let count = listing.rest.length;
    for (const { slice, row } of this.#kept.placesIn(folder))
      count += namesOfPlain(slice.namesOf(row)).length;
    return count === listing.count ? listing : null;
  }

  placesIn(folder: string): Iterable<KeptPlace> {
    return this.#kept.placesIn(folder);
  }

  /** Where a version of these files is kept, if it is. */
  place({ id }: PlainNames): KeptPlace | undefined {
    return this.#kept.place(id);
  }

  /** Looks at the files of a version that is kept. Whether they are what they were. */
  meet(root: string, { slice, row }: KeptPlace, names: PlainNames): boolean {
    const group = lookAtPlain(root, names);
    if (!group || !slice.meet(row, group)) return false;
    this.#met += 1;
    return true;
  }

  textsOf(slice: KeptSlice): Uint8Array<ArrayBuffer> | null {
    return this.#kept.textsOf(slice);
  }

  /** Keeps a slice as it is. */
  keepWhole(slice: KeptSlice): void {
    this.#whole.push(slice);
  }

  /** Keeps a new slice, if what changed is worth it. */
  keep(piece: KeptPiece, changed: number): void {
    this.#isWriting ||= changed * worthWriting > this.#kept.size;
    if (!this.#isWriting || piece.rows.others.length === 0) return;
    this.#writer.add(encodeRows(piece.rows), piece.texts ?? nothing);
  }

  /** How many versions of before were not met. */
  get missed(): number {
    return this.#kept.size - this.#met;
  }

  /** @param listings what each folder held */
  close(listings: readonly KeptListing[]): void {
    if (this.#isWriting) {
      for (const slice of this.#whole) {
        const contents = this.#kept.contentsOf(slice);
        if (contents) this.#writer.add(contents.rows, contents.texts);
      }
      this.#writer.add(encodeListings(listings), nothing);
      this.#writer.finish();
    }
    this.#kept.close();
  }
}

const nothing = new Uint8Array();
