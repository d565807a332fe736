import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { endOf, findFrame, readFrame } from './frames.ts';
import { decodeRows } from './kept-rows.ts';
import { KeptSlice } from './kept-slice.ts';
import type { PlainGroup } from './plain-group.ts';

const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * What one file of the index has kept of a run. Its first frame is the fingerprint of what it was made for and by; then come two
 * frames for each slice, its rows and, in UTF-8, its texts, which may be empty. What cannot be read is as if it were not there.
 */
export class KeptPart {
  readonly slices: KeptSlice[] = [];
  readonly #places = new Map<string, { slice: KeptSlice; row: number }>();
  #file: number | null = null;

  /** @param withTexts whether what was kept without its text is of no use */
  constructor(path: string, fingerprint: string, withTexts: boolean) {
    try {
      this.#file = openSync(path, flags);
      this.#read(this.#file, fingerprint, withTexts);
    } catch {
      // Then everything is read anew.
    }
  }

  /** How many versions are kept. */
  get size(): number {
    return this.#places.size;
  }

  /** The slice in which a version stands whose files are as they were; null when that is not known. */
  meet(group: PlainGroup): KeptSlice | null {
    const place = this.#places.get(group.id);
    return place?.slice.meet(place.row, group) ? place.slice : null;
  }

  /** The texts of a slice; null where they cannot be read. */
  textsOf({ textsAt }: KeptSlice): string | null {
    try {
      return this.#file === null ? null : (readFrame(this.#file, textsAt)?.toString('utf8') ?? null);
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
    const { size } = fstatSync(file);
    const header = findFrame(file, 0, size);
    if (!header || readFrame(file, header)?.toString('utf8') !== fingerprint) return;
    for (const slice of slicesFrom(file, endOf(header), size)) {
      if (!withTexts || slice.textsAt.length > 0) this.#add(slice);
    }
  }

  #add(slice: KeptSlice): void {
    this.slices.push(slice);
    for (const [row, id] of slice.ids.entries()) this.#places.set(id, { slice, row });
  }
}

function* slicesFrom(file: number, start: number, fileSize: number): Generator<KeptSlice> {
  let slice = sliceAt(file, start, fileSize);
  while (slice) {
    yield slice;
    slice = sliceAt(file, endOf(slice.textsAt), fileSize);
  }
}

function sliceAt(file: number, at: number, fileSize: number): KeptSlice | null {
  const rowsAt = findFrame(file, at, fileSize);
  const textsAt = rowsAt && findFrame(file, endOf(rowsAt), fileSize);
  if (!textsAt) return null;
  const bytes = readFrame(file, rowsAt);
  const rows = bytes && decodeRows(bytes);
  return rows && new KeptSlice(rows, rowsAt, textsAt);
}
