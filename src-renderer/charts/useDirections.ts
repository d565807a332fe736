import { useMemo } from 'react';
import { type Direction, isSameMetric, knownDirection } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import type { ChartMeasure } from './chart-measures.ts';

/** Which end of each measure is better, as far as the run or a person said, and the way to say it. */
export interface Directions {
  of: (measure: ChartMeasure) => Direction | null;
  /** Whether it ranks the run, so that its direction is said at the top of the run. */
  isFixed: (measure: ChartMeasure) => boolean;
  tell: (measure: ChartMeasure, direction: Direction) => void;
}

/** What is told holds for the run, wherever its versions are compared. */
export function useDirections(run: RunSummary): Directions {
  return useMemo(() => directionsOf(run), [run]);
}

function directionsOf(run: RunSummary): Directions {
  const { runId } = run;
  const nameOf = ({ metric, id }: ChartMeasure) => metric ?? id;
  return {
    of: (measure) => knownDirection(nameOf(measure), run),
    isFixed: (measure) => isSameMetric(nameOf(measure), run.metric.name),
    tell: (measure, mode) =>
      void valueOrNotice(window.cairn.request('setDirection', { runId, metric: nameOf(measure), mode })),
  };
}
