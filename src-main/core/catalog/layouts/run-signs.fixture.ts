import type { RunSigns } from './layout.ts';

/** The signs of a run of these versions, where nothing else is but what is given. */
export function signsOf(ids: readonly string[], others: Partial<RunSigns> = {}): RunSigns {
  return {
    ids,
    all: () => ids,
    root: '/runs/run',
    has: () => false,
    read: () => null,
    leadsTo: () => null,
    withMetric: () => [],
    ...others,
  };
}
