import { useMemo } from 'react';
import { agreedDirection, type Direction, isSameMetric } from '../../shared/model/metric.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { ChartMeasure } from './chart-measures.ts';

/** Which end of each measure is better, as far as all runs or a person said, and the way to say it. */
export interface Directions {
  of: (measure: ChartMeasure) => Direction | null;
  /** Whether it ranks a run, so that its direction is said at the top of that run. */
  isFixed: (measure: ChartMeasure) => boolean;
  tell: (measure: ChartMeasure, direction: Direction) => void;
}

/** What is told holds for these runs, wherever their versions are compared. */
export function useDirections(runs: TableRuns): Directions {
  return useMemo(() => directionsOf(runs), [runs]);
}

function directionsOf({ all }: TableRuns): Directions {
  const nameOf = ({ metric, id }: ChartMeasure) => metric ?? id;
  const tell = (runId: string, metric: string, mode: Direction) =>
    void valueOrNotice(window.cairn.request('setDirection', { runId, metric, mode }));
  return {
    of: (measure) => agreedDirection(nameOf(measure), all),
    isFixed: (measure) => all.some(({ metric }) => isSameMetric(nameOf(measure), metric.name)),
    tell: (measure, mode) => {
      for (const { runId } of all) tell(runId, nameOf(measure), mode);
    },
  };
}
