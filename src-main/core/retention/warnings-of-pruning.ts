import { type SelectionMetric, warningsOfConfigured } from '../../../shared/model/metric.ts';
import { unmeasuredWarning } from '../../../shared/query/plan-retention.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { warningsOfRanking } from '../choices/measured-with.ts';
import type { RunReader } from '../run-reader.ts';
import { metricsThere } from './find-ranking.ts';

/** What must be known of a metric by which versions are kept, and that there is none to tell the best by, in whole sentences. */
export async function warningsOfPruning(run: RunReader, metric: SelectionMetric): Promise<string[]> {
  const configured = warningsOfConfigured(metric, escapeName(metric.name));
  const warnings = [...configured, ...(await warningsOfRanking([{ run }], metric))];
  return run.totals().count > 0 && metricsThere(run).length === 0
    ? [...warnings, unmeasuredWarning]
    : warnings;
}
