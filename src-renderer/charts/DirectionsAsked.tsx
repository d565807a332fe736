import type { ChartMeasure } from './chart-measures.ts';
import type { Directions } from './useDirections.ts';

interface Props {
  measures: readonly ChartMeasure[];
  directions: Directions;
}

/** What has to be said before a front can be drawn: no end is guessed. */
export function DirectionsAsked({ measures, directions }: Props) {
  const unsaid = measures.filter((measure) => directions.of(measure) === null).map(({ label }) => label);
  if (unsaid.length === 0 || measures.some(({ hyperparameter }) => hyperparameter !== null)) return null;
  const isFixed = measures.some((measure) => directions.of(measure) === null && directions.isFixed(measure));
  return (
    <p className="chart-hint">
      {isFixed
        ? `These runs disagree on which end of ${unsaid.join(' and ')} is better: there is no Pareto front of all.`
        : `Choose which end of ${unsaid.join(' and ')} is better, ↑ or ↓, to see the Pareto front.`}
    </p>
  );
}
