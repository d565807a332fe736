import { exactNumber, formatNumber } from '../format/format-number.ts';
import { sparklinePoints } from './sparkline-points.ts';

const height = 18;

interface Props {
  /** Null where there is none. */
  values: readonly (number | null)[];
  /** In pixels. */
  width?: number;
}

/** A row of numbers as a line, with the last of them. */
export function Sparkline({ values, width = 120 }: Props) {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1) ?? null;
  return (
    <span className="sparkline" title={`${known.length} values, the last is ${exactNumber(last)}`}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <polyline points={sparklinePoints(values, width, height)} />
      </svg>
      {formatNumber(last, !Number.isInteger(last))}
    </span>
  );
}
