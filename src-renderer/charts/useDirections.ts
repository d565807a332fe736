import { type Direction, directionOf, type SelectionMetric } from '../../shared/model/metric.ts';
import type { ChartMeasure } from './chart-measures.ts';
import { useChartChoice } from './useChartChoice.ts';

/** Which end of each measure is better, as far as the run or a person said, and the way to say it. */
export interface Directions {
  of: (measure: ChartMeasure) => Direction | null;
  /** Whether the run itself says so, so that it is not asked. */
  isFixed: (measure: ChartMeasure) => boolean;
  tell: (measure: ChartMeasure, direction: Direction) => void;
}

export function useDirections(selection: SelectionMetric): Directions {
  const [{ directions }, change] = useChartChoice();
  const nameOf = ({ metric, id }: ChartMeasure) => metric ?? id;
  return {
    of: (measure) => directionOf(nameOf(measure), selection, directions),
    isFixed: (measure) => directionOf(nameOf(measure), selection, new Map()) !== null,
    tell: (measure, direction) => {
      const told = new Map(directions);
      told.set(nameOf(measure), direction);
      change({ directions: told });
    },
  };
}
