import { EndChoice } from '../choice/EndChoice.tsx';
import type { ChartMeasure } from './chart-measures.ts';
import type { Directions } from './useDirections.ts';

/** Which end of a measure is better: told where the run says it, asked where nobody has. */
export function DirectionChoice({ measure, directions }: { measure: ChartMeasure; directions: Directions }) {
  const direction = directions.of(measure);
  // How a version was trained is no end in itself.
  if (measure.hyperparameter !== null) return null;
  if (directions.isFixed(measure))
    return (
      <span className="axis-end" title={titles[direction ?? 'none']}>
        {ends[direction ?? 'none']}
      </span>
    );
  return <EndChoice of={measure.label} value={direction} onChange={(end) => directions.tell(measure, end)} />;
}

const ends = { max: '↑ better', min: '↓ better', none: 'runs differ' };
const ranked = 'Ranked by this metric, this way round';
const titles = {
  max: ranked,
  min: ranked,
  none: 'These runs are ranked by different ends of this metric',
};
