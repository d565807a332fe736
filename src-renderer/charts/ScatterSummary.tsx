import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { ChartSummary } from './ChartSummary.tsx';
import type { ScatterChoice, ScatterData } from './useScatter.ts';

interface Props {
  choice: ScatterChoice;
  data: ScatterData;
  zoomed: boolean;
  shown: number;
}

/** How many points there are, and how many of them nothing beats. */
export function ScatterSummary({ choice: { x, y }, data: { slots, front, crowd }, zoomed, shown }: Props) {
  const lacking = shown - slots.length;
  return (
    <ChartSummary isStatus>
      <span data-points={slots.length}>{plural(slots.length, 'point')}</span>
      {front && slots.length > 0 && (
        <span data-front={front.length}>
          <i className="front-line" aria-hidden="true" /> {formatCount(front.length)} on the Pareto front
        </span>
      )}
      {!zoomed && crowd && crowd.far.length > 0 && (
        <span data-far={crowd.far.length} title="Arrows at the edge point at them">
          <span aria-hidden="true">▸</span> {formatCount(crowd.far.length)} far off
        </span>
      )}
      {lacking > 0 && (
        <span>
          {formatCount(lacking)} without both{x.isLog || y.isLog ? ' above 0' : ''}
        </span>
      )}
    </ChartSummary>
  );
}
