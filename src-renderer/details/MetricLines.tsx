import { formatMetric } from '../format/format-metric.ts';
import { exactNumber } from '../format/format-number.ts';
import { metricLabel } from '../format/metric-label.ts';
import { visibleText } from '../format/visible-text.ts';
import './details.css';

export interface Metric {
  name: string;
  value: number | null;
}

/** Metrics line by line, each by its name in words; the one that chooses the best stands out. */
export function MetricLines({ metrics, chosenBy }: { metrics: readonly Metric[]; chosenBy: string }) {
  const isChosen = (name: string) => name === chosenBy || (name === 'reward' && chosenBy === 'mean_reward');
  return (
    <dl>
      {metrics.map(({ name, value }) => (
        <div key={name} className="metric" data-chosen={isChosen(name) || undefined}>
          <dt title={visibleText(name)}>
            <bdi>{metricLabel(name)}</bdi>
          </dt>
          <dd title={exactNumber(value)}>{formatMetric(name, value)}</dd>
        </div>
      ))}
    </dl>
  );
}
