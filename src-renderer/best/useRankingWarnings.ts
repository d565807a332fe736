import { useDebouncedValue } from '@mantine/hooks';
import { useCallback } from 'react';
import { metricOfBenchmark } from '../../shared/model/benchmark.ts';
import type { Direction } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';

/** How long what is compared must stand still before it is asked about, in milliseconds: sidecars are read. */
const settling = 250;

/** Versions that are put into an order, or kept: those with these handles, of these runs; null for all of them. */
export interface ComparedVersions {
  runs: readonly RunSummary[];
  handles: () => number[] | null;
}

const none = { ok: true, value: { warnings: [] } } as const;

/**
 * What must be known of the metric by which these versions are put into an order, or kept; null for no metric. Memoize what is compared.
 */
export function useRankingWarnings(
  compared: ComparedVersions,
  metric: string | null,
  mode: Direction,
): readonly string[] {
  const [settled] = useDebouncedValue(compared, settling);
  // Only what a benchmark wrote says how it was measured.
  const asked = metric === null || metricOfBenchmark(metric) === null ? null : metric;
  const ask = useCallback(async () => {
    if (asked === null) return none;
    const runIds = settled.runs.map(({ runId }) => runId);
    const versions = settled.handles();
    return window.cairn.request('warnOfRanking', { runIds, versions, metric: asked, mode });
  }, [settled, asked, mode]);
  const { value } = useAnswer<{ warnings: readonly string[] }>(ask);
  return asked === null ? [] : (value?.warnings ?? []);
}
