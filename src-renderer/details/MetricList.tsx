import { measuredValue } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { type Metric, MetricLines } from './MetricLines.tsx';
import type { SourceWords } from './metric-sources.ts';

/** A run may log thousands of metrics; so many are listed here, all of them further down. */
const listed = 60;

interface Props {
  row: VersionRow;
  chosenBy: string;
  /** Where metrics are from that none of the version's own files has. */
  sources: ReadonlyMap<string, SourceWords>;
}

/** What a version measured, each metric by its name in words, below where it is from; the one that chooses the best stands out. */
export function MetricList({ row, chosenBy, sources }: Props) {
  const { names, values, at } = row.metrics;
  const others = names.flatMap((name, index) =>
    name === 'reward' || name === 'mean_reward' ? [] : [{ name, value: values[at + index] ?? null }],
  );
  const all = [{ name: 'reward', value: measuredValue(row, 'reward') }, ...others].filter(
    ({ value }) => value !== null,
  );
  return (
    <section className="metric-list" aria-label="Metrics">
      {bySource(all.slice(0, listed), sources).map(({ from, sure, metrics }) => (
        <div key={metrics[0]?.name} className="metric-group">
          {from !== null && (
            <p className="metric-source">
              From <bdi>{from}</bdi>
            </p>
          )}
          <MetricLines metrics={metrics} chosenBy={chosenBy} />
          {sure !== null && <p className="metric-source">{sure}</p>}
        </div>
      ))}
      {all.length > listed && (
        <p className="metric-rest">{all.length - listed} more under “Metrics as written”</p>
      )}
    </section>
  );
}

interface MetricGroup {
  from: string | null;
  sure: string | null;
  metrics: Metric[];
}

/** Metrics of one measurement together. */
function bySource(metrics: readonly Metric[], sources: ReadonlyMap<string, SourceWords>): MetricGroup[] {
  const groups: MetricGroup[] = [];
  for (const metric of metrics) {
    const { from = null, sure = null } = sources.get(metric.name) ?? {};
    const group = groups.find((each) => each.from === from);
    if (group) group.metrics.push(metric);
    else groups.push({ from, sure, metrics: [metric] });
  }
  return groups;
}
