import { availableParallelism } from 'node:os';

let chosen: number | null = null;

/** How many threads may read files at once from now on, whatever they are read for; null for one per core. */
export function chooseReadingThreads(count: number | null): void {
  chosen = count;
}

/**
 * How many of so many things may be read at once.
 * @param asked what was asked for this once, before what was chosen for all
 */
export function readingThreads(things: number, asked = chosen ?? availableParallelism()): number {
  return Math.max(1, Math.min(asked, things));
}

/** The same for what one thread reads, waiting for several files at once: so many, unless fewer were chosen. */
export function filesAtOnce(usual: number): number {
  return Math.min(usual, chosen ?? usual);
}
