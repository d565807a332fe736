import { useDebouncedValue } from '@mantine/hooks';
import { useCallback } from 'react';
import { metricOfBenchmark } from '../../shared/model/benchmark.ts';
import type { Direction } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';

/** How long the runs must stand still before they are asked about, in milliseconds: their sidecars are read. */
const settling = 250;
const none = { ok: true, value: { warnings: [] } } as const;

/**
 * What must be known of the metric by which versions of these runs are put into an order, or kept; null for no metric. Memoize the runs.
 */
export function useRankingWarnings(
  runs: readonly RunSummary[],
  metric: string | null,
  mode: Direction,
): readonly string[] {
  const [settled] = useDebouncedValue(runs, settling);
  // Only what a benchmark wrote says how it was measured.
  const asked = metric === null || metricOfBenchmark(metric) === null ? null : metric;
  const ask = useCallback(async () => {
    if (asked === null) return none;
    const runIds = settled.map(({ runId }) => runId);
    return window.cairn.request('warnOfRanking', { runIds, metric: asked, mode });
  }, [settled, asked, mode]);
  const { value } = useAnswer<{ warnings: readonly string[] }>(ask);
  return asked === null ? [] : (value?.warnings ?? []);
}
