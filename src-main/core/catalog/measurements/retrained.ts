import { PlaceFinder } from './find-in-series.ts';
import type { ReadLog } from './log-columns.ts';
import type { Axis, MetricLog, MetricSeries, Place } from './metric-log.ts';

/** A part of a training: what was measured after `from`, for versions up to `to`. */
export interface Stretch {
  axis: Axis;
  from: number;
  to: number;
}

/**
 * Where later files of a group have what earlier ones had: training was taken up again there, and what the earlier ones measured is of models that
 * are gone, those metrics too that were not measured again yet. How far it came is told by what the earlier file measured most often. Where files
 * do not have that in common, or their metrics do not count alike, it cannot be told.
 */
export function findRetrained(logs: readonly ReadLog[]): ReadonlyMap<ReadLog, readonly Stretch[]> {
  const groups = new Map<string, ReadLog[]>();
  for (const read of logs) {
    const key = `${read.log.axis} ${read.group}`;
    groups.set(key, [...(groups.get(key) ?? []), read]);
  }
  return new Map([...groups.values()].flatMap(retrainedIn));
}

export function isRetrained({ axis, at }: Place, stretches: readonly Stretch[]): boolean {
  return stretches.some((stretch) => axis === stretch.axis && at > stretch.from && at <= stretch.to);
}

/** @param group the later ones last */
function retrainedIn(group: readonly ReadLog[]): [ReadLog, readonly Stretch[]][] {
  if (group.length < 2) return [];
  const later = new Map<string, readonly Stretch[]>();
  return group.toReversed().map((read) => {
    const { log } = read;
    const most = log.countsAlike ? mostMeasured(log) : null;
    const stretches = (most && later.get(most.name)) ?? [];
    for (const series of log.series)
      later.set(series.name, [...(later.get(series.name) ?? []), stretchOf(log, series)]);
    return [read, stretches];
  });
}

function mostMeasured({ series }: MetricLog): MetricSeries | null {
  return series.reduce<MetricSeries | null>(
    (most, each) => (each.at.length > (most?.at.length ?? 0) ? each : most),
    null,
  );
}

/** A version that is saved before the next measurement is one of it too. */
function stretchOf(log: MetricLog, series: MetricSeries): Stretch {
  const [from = Number.NaN] = series.at;
  const to = (series.at.at(-1) ?? Number.NaN) + new PlaceFinder(log, series).reach;
  return { axis: log.axis, from, to };
}
