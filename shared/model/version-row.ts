import type { Version } from './version.ts';

type Numbers = 'step' | 'episode' | 'reward';

/**
 * A version as the page holds it, its numbers decoded. `handle` is issued by main and is all of it that a window ever sends
 * back; `id` is text to show.
 */
export type VersionRow = Omit<Version, Numbers | 'training_state' | 'symbol' | 'notes' | 'pinned'> & {
  handle: number;
} & {
  [K in Numbers]: number | null;
};
