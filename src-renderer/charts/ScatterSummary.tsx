import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import type { Directions } from './useDirections.ts';
import type { ScatterChoice, ScatterData } from './useScatter.ts';

interface Props {
  choice: ScatterChoice;
  data: ScatterData;
  directions: Directions;
  shown: number;
}

/** How many points there are, how many of them nothing beats, and what has to be said before that can be told. */
export function ScatterSummary({ choice: { x, y }, data: { slots, front }, directions, shown }: Props) {
  const unsaid = [y, x].filter((measure) => directions.of(measure) === null).map(({ label }) => label);
  const lacking = shown - slots.length;
  return (
    <p className="chart-summary" role="status">
      <span data-points={slots.length}>{plural(slots.length, 'point')}</span>
      {lacking > 0 && <span>{formatCount(lacking)} without both values</span>}
      {front && slots.length > 0 && (
        <span data-front={front.length}>
          <i className="front-line" aria-hidden="true" /> {formatCount(front.length)} on the Pareto front
        </span>
      )}
      {unsaid.length > 0 && (
        <span>Say which end of {unsaid.join(' and ')} is better (↑ or ↓) to see the Pareto front</span>
      )}
    </p>
  );
}
