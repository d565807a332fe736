import type { MetricValues } from './metric-values.ts';
import type { Version } from './version.ts';

type Numbers = 'step' | 'episode' | 'reward';

/**
 * A version as the page holds it, its numbers decoded; of its metrics those that are numbers, of its notes the first 1,000
 * characters. `handle` is issued by main, is of no other version in the window, and is all of it that a window ever sends back; `id`
 * is text to show, `runId` the handle of its run.
 */
export type VersionRow = Omit<Version, Numbers | 'metrics' | 'training_state'> & {
  handle: number;
  /** Whether another version of the run has the same number or, without one, the same name; told by the page's list of them, where it is so. */
  twin?: true;
  runId: string;
  metrics: MetricValues;
} & {
  [K in Numbers]: number | null;
};
