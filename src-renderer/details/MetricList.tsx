import { measuredValue } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { exactNumber, formatNumber, formatShare } from '../format/format-number.ts';
import { metricLabel } from '../format/metric-label.ts';
import { visibleText } from '../format/visible-text.ts';

/** A run may log thousands of metrics; so many are listed here, all of them further down. */
const listed = 60;

/** What a version measured, each metric by its name in words; the one that chooses the best stands out. */
export function MetricList({ row, chosenBy }: { row: VersionRow; chosenBy: string }) {
  const { names, values, at } = row.metrics;
  const others = names.flatMap((name, index) =>
    name === 'reward' || name === 'mean_reward' ? [] : [{ name, value: values[at + index] ?? null }],
  );
  const all = [{ name: 'reward', value: measuredValue(row, 'reward') }, ...others];
  const isChosen = (name: string) => name === chosenBy || (name === 'reward' && chosenBy === 'mean_reward');
  return (
    <section className="metric-list" aria-label="Metrics">
      <dl>
        {all.slice(0, listed).map(({ name, value }) => (
          <div key={name} className="metric" data-chosen={isChosen(name) || undefined}>
            <dt title={visibleText(name)}>
              <bdi>{metricLabel(name)}</bdi>
            </dt>
            <dd title={exactNumber(value)}>
              {name === 'win_rate' ? formatShare(value) : formatNumber(value, !Number.isInteger(value))}
            </dd>
          </div>
        ))}
      </dl>
      {all.length > listed && (
        <p className="metric-rest">{all.length - listed} more under “Metrics as written”</p>
      )}
    </section>
  );
}
