import { exactNumber, formatNumber } from '../format/format-number.ts';
import { sparklinePoints } from './sparkline-points.ts';

const height = 18;

interface Props {
  values: readonly number[];
  /** In pixels. */
  width?: number;
}

/** A row of numbers as a line, with its last value. */
export function Sparkline({ values, width = 120 }: Props) {
  const last = values.at(-1) ?? null;
  return (
    <span className="sparkline" title={`${values.length} values, the last is ${exactNumber(last)}`}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <polyline points={sparklinePoints(values, width, height)} />
      </svg>
      {formatNumber(last, !Number.isInteger(last))}
    </span>
  );
}
