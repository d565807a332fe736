import type { Corner } from './find-points.ts';

interface Props {
  /** The outline that is being drawn. */
  drag: readonly Corner[] | null;
  /** The point under the pointer. */
  ring: Corner | null;
}

/** What follows the pointer, above the chart: it is drawn anew with each move, and the chart is not. */
export function PlotOverlay({ drag, ring }: Props) {
  return (
    <svg className="plot-over" aria-hidden="true">
      {drag && drag.length > 1 && (
        <polygon className="plot-outline" points={drag.map(([x, y]) => `${x},${y}`).join(' ')} />
      )}
      {ring && <circle className="plot-ring" cx={ring[0]} cy={ring[1]} r={7} />}
    </svg>
  );
}
