import type { StorageBytes } from '../formats/contents.ts';
import { Damage } from '../formats/damage.ts';
import { compareElements, measureDifference } from './compare-elements.ts';
import type { Difference } from './difference.ts';
import { measureElements } from './measure-elements.ts';
import type { Moments } from './moments.ts';
import { NotedReading, type ReadPiece } from './noted-reading.ts';
import { type Elements, openElements, type PlacedElements, placeElements } from './placed-elements.ts';

interface Part {
  first: number;
  count: number;
  /** To be read, for telling how far the work is. */
  bytes: number;
}

/** Elements from `first` on that one thread measures in one go. */
export interface MeasureShare<E = Elements> extends Part {
  work: 'measure';
  elements: E;
  /** Elements of a row of the tensor, of which the share has whole ones; null where they are not told apart. */
  row: number | null;
}

/** The same of two tensors; `compare` tells less of those whose bytes are the same than `measure-difference`. */
export interface CompareShare<E = Elements> extends Part {
  work: 'compare' | 'measure-difference';
  a: E;
  b: E;
}

export type Share<E = Elements> = MeasureShare<E> | CompareShare<E>;
export type PlacedShare = Share<PlacedElements>;
export type MeasureResult = Moments | 'unreadable';
export type CompareResult = Difference | 'same' | 'unreadable';
export type ShareResult = MeasureResult | CompareResult;

/** Elements of one share: some milliseconds of work, after which a thread can be called off. */
export const shareLength = 4 * 1024 * 1024;

/** What came of a share, and what was read for it of each of its storages; null where those have no checksum, or it was not read in order. */
export interface DoneShare {
  result: ShareResult;
  read: readonly (ReadPiece | null)[];
  /** What is wrong with each of them, of one that cannot be unpacked: its elements are then `unreadable`. */
  damage: readonly (string | null)[];
}

/** Does a share, wherever its bytes are. @throws the signal's reason, and what reading throws */
export async function doShare(share: Share | PlacedShare, signal?: AbortSignal): Promise<DoneShare> {
  const noted = [new NotedReading(), new NotedReading()] as const;
  const result = await doNoted(share, noted, signal).catch((error: unknown) => {
    if (error instanceof Damage) return 'unreadable' as const;
    throw error;
  });
  return { result, read: noted.map(({ piece }) => piece), damage: noted.map(({ damage }) => damage) };
}

async function doNoted(
  share: Share | PlacedShare,
  noted: readonly [NotedReading, NotedReading],
  signal?: AbortSignal,
): Promise<ShareResult> {
  const { first, count } = share;
  if (share.work === 'measure') {
    const portion = { ...openElements(share.elements, noted[0]), first, count, row: share.row };
    return measureElements(portion, signal);
  }
  const portion = { a: openElements(share.a, noted[0]), b: openElements(share.b, noted[1]), first, count };
  const work = share.work === 'compare' ? compareElements : measureDifference;
  return work(portion, signal);
}

/** In the order of {@link DoneShare.read}. */
export function storagesOf(share: Share): StorageBytes[] {
  return share.work === 'measure' ? [share.elements.storage] : [share.a.storage, share.b.storage];
}

/** The same share for another thread; null where its bytes are in no file. */
export function placeShare(share: Share): PlacedShare | null {
  if (share.work === 'measure') {
    const elements = placeElements(share.elements);
    return elements && { ...share, elements };
  }
  const [a, b] = [placeElements(share.a), placeElements(share.b)];
  return a && b && { ...share, a, b };
}
