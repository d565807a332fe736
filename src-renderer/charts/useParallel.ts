import { useMemo } from 'react';
import { extentOf } from '../plot/extent.ts';
import { type Lane, lanePlaces } from '../plot/lanes.ts';
import type { ChartSize } from '../plot/useEchart.ts';
import type { VersionList } from '../versions/version-list.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { type ChartMeasure, measuresOf } from './chart-measures.ts';
import type { ChartPreferences } from './chart-preferences.ts';
import type { Usual } from './usual-measures.ts';

/** An axis of the parallel coordinates. */
export interface MeasuredLane extends Lane {
  measure: ChartMeasure;
}

/** The measures that have an axis, in order: what is usual, until somebody chooses others. */
export function parallelAxes(
  measures: readonly ChartMeasure[],
  { axes }: Pick<ChartPreferences, 'axes'>,
  usual: Pick<Usual, 'axes'>,
): ChartMeasure[] {
  const chosen = measuresOf(measures, axes ?? []);
  return chosen.length > 0 ? chosen : measuresOf(measures, usual.axes);
}

/** The lanes of these measures, as far as any version has them. */
export function useLanes(
  list: VersionList,
  axes: readonly ChartMeasure[],
  size: ChartSize | null,
): MeasuredLane[] {
  const columns = axes.map((measure) => list.numbers(measure));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns are new arrays exactly when their numbers are
  return useMemo(() => {
    const measured = axes.flatMap((measure, index) => {
      const values = columns[index] as Float64Array;
      const extent = extentOf(values);
      return extent ? [{ measure, values, extent }] : [];
    });
    const places = size ? lanePlaces(measured.length, size) : [];
    return measured.map((lane, index) => ({ ...lane, x: places[index] ?? 0 }));
  }, [axes, size, ...columns]);
}

/** Whether some versions are left out by the filter, so that the others are drawn behind those that are left. */
export function isFiltered({ shown, total }: VersionsSnapshot): boolean {
  return shown.length < total;
}
