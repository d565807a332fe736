import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { parseTimestamp } from '../../shared/query/parse-timestamp.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatMetric } from '../format/format-metric.ts';
import { formatNumber, missing } from '../format/format-number.ts';
import { formatClock } from '../format/format-time.ts';
import { buildColumns, type TableColumn } from '../table/columns.ts';
import type { Measure } from '../versions/measure.ts';
import type { MetricInfo } from '../versions/metric-catalog.ts';

/** A measure as a chart shows it. */
export interface ChartMeasure extends Measure {
  /** The name of the metric that it is; null for what is no metric. */
  metric: string | null;
  /** What its numbers count, to stand beside its name on an axis; null for plain numbers. */
  unit: string | null;
  /** Words stand one above the other, in the places 0, 1, 2, … */
  scale: 'number' | 'time' | 'text';
  /** The name of the hyperparameter that it is; null for what is none. */
  hyperparameter: string | null;
  /** Whether it is drawn on a logarithmic axis. */
  isLog?: boolean;
}

const metricPrefix = 'metric:';
const plain = { unit: null, scale: 'number' as const, hyperparameter: null };
const special: ReadonlyMap<string, Partial<ChartMeasure>> = new Map<string, Partial<ChartMeasure>>([
  ['step', { unit: 'training steps' }],
  ['time', { unit: 'date', scale: 'time', of: clockOf, format: formatClock }],
  ['size', { unit: 'bytes', format: formatBytes }],
]);
/** Numbers of the table that measure nothing. */
const left: ReadonlySet<string> = new Set(['integrity', 'pinned', 'backups']);

/** What can be drawn of a run: its metrics, the best known first, then what every version has. */
export function chartMeasures(
  metrics: readonly MetricInfo[],
  selections: readonly SelectionMetric[],
): ChartMeasure[] {
  const measures = buildColumns(metrics, selections).flatMap(measureOf);
  const rank = ({ metric }: ChartMeasure) => (metric === null ? 1 : 0);
  return measures.toSorted((a, b) => rank(a) - rank(b));
}

function measureOf({ id, label, sort }: TableColumn): ChartMeasure[] {
  if (sort.kind !== 'number' || left.has(id)) return [];
  const metric = metricOf(id);
  const format = metric === null ? formatMeasured : metricFormat(metric);
  return [{ id, label, of: sort.of, metric, ...plain, format, ...special.get(id) }];
}

function metricOf(id: string): string | null {
  if (id === 'reward') return id;
  return id.startsWith(metricPrefix) ? id.slice(metricPrefix.length) : null;
}

function clockOf({ timestamp }: VersionRow): number | null {
  return clockMilliseconds(timestamp);
}

/** Milliseconds that read as the clock of the table does, if they are taken for UTC. */
export function clockMilliseconds(timestamp: string | null): number | null {
  const time = parseTimestamp(timestamp);
  if (!time) return null;
  return time.zoned
    ? time.milliseconds - new Date(time.milliseconds).getTimezoneOffset() * 60_000
    : time.milliseconds;
}

export function formatMeasured(value: number): string {
  return Number.isNaN(value) ? missing : formatNumber(value, !Number.isInteger(value));
}

function metricFormat(metric: string): (value: number) => string {
  return (value) => (Number.isNaN(value) ? missing : formatMetric(metric, value));
}

/** The name of an axis, with what it counts. */
export function axisName({ label, unit }: ChartMeasure): string {
  return unit === null ? label : `${label}, ${unit}`;
}

/** The first of these ids that this run has a measure for. */
export function firstMeasure(
  measures: readonly ChartMeasure[],
  ids: readonly (string | null | undefined)[],
): ChartMeasure | null {
  for (const id of ids) {
    const found = measures.find((measure) => measure.id === id);
    if (found) return found;
  }
  return null;
}

/** The measures with these ids, as far as there are any. */
export function measuresOf(measures: readonly ChartMeasure[], ids: readonly string[]): ChartMeasure[] {
  return ids.flatMap((id) => measures.find((measure) => measure.id === id) ?? []);
}
