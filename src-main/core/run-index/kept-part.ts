import { closeSync } from 'node:fs';
import { openFrames, pairsIn, readFrame } from './frames.ts';
import { decodeListings, type KeptListing } from './kept-listings.ts';
import { decodeRows } from './kept-rows.ts';
import { KeptSlice } from './kept-slice.ts';

/** Where a version is kept. */
export interface KeptPlace {
  slice: KeptSlice;
  row: number;
}

/**
 * What one file of the index has kept of a run. Its first frame is the fingerprint of what it was made for and by; then come two
 * frames for each slice, its rows and, in UTF-8, its texts, which may be empty; then one for what the folders held. What cannot be read is as if it were not there.
 */
export class KeptPart {
  readonly slices: KeptSlice[] = [];
  listings: readonly KeptListing[] = [];
  #places: ReadonlyMap<string, KeptPlace> | null = null;
  #file: number | null = null;

  /** @param withTexts whether what was kept without its text is of no use */
  constructor(path: string, fingerprint: string, withTexts: boolean) {
    try {
      this.#file = openFrames(path);
      this.#read(this.#file, fingerprint, withTexts);
    } catch {
      // Then everything is read anew.
    }
  }

  /** How many versions are kept. */
  get size(): number {
    return this.slices.reduce((size, { ids }) => size + ids.length, 0);
  }

  /** Where a version is kept. Finding the first takes long. */
  place(id: string): KeptPlace | undefined {
    if (this.slices.length === 0) return undefined;
    this.#places ??= new Map(
      this.slices.flatMap((slice) => slice.ids.map((each, row) => [each, { slice, row }])),
    );
    return this.#places.get(id);
  }

  /** The versions of one folder of the run. */
  *placesIn(folder: string): Generator<KeptPlace> {
    const start = folder === '' ? '' : `${folder}/`;
    for (const slice of this.slices) {
      for (const [row, id] of slice.ids.entries())
        if (id.lastIndexOf('/') === start.length - 1 && id.startsWith(start)) yield { slice, row };
    }
  }

  /** The texts of a slice; null where they cannot be read. */
  textsOf({ textsAt }: KeptSlice): Uint8Array<ArrayBuffer> | null {
    try {
      return this.#file === null ? null : readFrame(this.#file, textsAt);
    } catch {
      return null;
    }
  }

  /** The bytes of a slice as they stand in the file, its rows and its texts. @throws system errors as they are */
  contentsOf({ rowsAt, textsAt }: KeptSlice): { rows: Buffer; texts: Buffer } | null {
    if (this.#file === null) return null;
    const [rows, texts] = [readFrame(this.#file, rowsAt), readFrame(this.#file, textsAt)];
    return rows && texts && { rows, texts };
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #read(file: number, fingerprint: string, withTexts: boolean): void {
    for (const { rowsAt, textsAt } of pairsIn(file, fingerprint)) {
      const bytes = readFrame(file, rowsAt);
      const rows = bytes && decodeRows(bytes);
      if (!rows) return this.#readListings(bytes);
      if (!withTexts || textsAt.length > 0) this.slices.push(new KeptSlice(rows, rowsAt, textsAt));
    }
  }

  #readListings(bytes: Buffer | null): void {
    this.listings = (bytes && decodeListings(bytes)) ?? [];
  }
}
