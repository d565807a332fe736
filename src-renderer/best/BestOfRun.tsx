import { IconAlertTriangle } from '@tabler/icons-react';
import { measuredValue } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { problemOfWeights } from '../../shared/model/weights-found.ts';
import { formatMetric } from '../format/format-metric.ts';
import { exactNumber } from '../format/format-number.ts';
import type { RunStore } from '../versions/run-store.ts';
import { VersionLink } from './VersionLink.tsx';

interface Props {
  run: RunSummary;
  store: RunStore;
  best: VersionRow | null;
}

/** Which version is the best and what it reaches, on every page of the run; nothing as long as more are being read. */
export function BestOfRun({ run: { metric, loading }, store, best }: Props) {
  if (!best || loading) return null;
  const value = measuredValue(best, metric.name);
  const wrong = problemOfWeights(best.problems);
  return (
    <span className="run-best">
      {wrong !== null && (
        <span className="run-best-wrong" role="img" aria-label={wrong} title={wrong}>
          <IconAlertTriangle size={15} stroke={2} aria-hidden />
        </span>
      )}
      <VersionLink store={store} handle={best.handle} />
      <b title={exactNumber(value)}>{formatMetric(metric.name, value)}</b>
    </span>
  );
}
