import { measureElements } from './measure-elements.ts';
import type { Moments } from './moments.ts';
import { type Elements, openElements, type PlacedElements, placeElements } from './placed-elements.ts';

/** Elements from `first` on that one thread measures in one go. */
export interface MeasureShare<E = Elements> {
  work: 'measure';
  elements: E;
  first: number;
  count: number;
  /** Of the file, for telling how far the work is. */
  bytes: number;
}

export type Share<E = Elements> = MeasureShare<E>;
export type PlacedShare = Share<PlacedElements>;
export type ShareResult = Moments;

/** Elements of one share: some milliseconds of work, after which a thread can be called off. */
export const shareLength = 4 * 1024 * 1024;

/** Does a share, wherever its bytes are. @throws the signal's reason, and what reading throws */
export function doShare(share: Share | PlacedShare, signal?: AbortSignal): Promise<ShareResult> {
  return measureElements({ ...openElements(share.elements), first: share.first, count: share.count }, signal);
}

/** The same share for another thread; null where its bytes are in no file. */
export function placeShare(share: Share): PlacedShare | null {
  const elements = placeElements(share.elements);
  return elements && { ...share, elements };
}
