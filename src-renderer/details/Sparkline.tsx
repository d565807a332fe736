import { exactNumber, formatNumber } from '../format/format-number.ts';
import { sparklineGaps, sparklinePoints } from './sparkline-points.ts';

const height = 18;

interface Props {
  /** Null where there is none. */
  values: readonly (number | null)[];
  /** In pixels. */
  width?: number;
}

/** A row of numbers as a line, with the last of them. */
export function Sparkline(props: Props) {
  const last = lastOf(props.values);
  return (
    <span className="sparkline">
      <PlainLine {...props} />
      {formatNumber(last, !Number.isInteger(last))}
    </span>
  );
}

/** The line alone. */
export function PlainLine({ values, width = 120 }: Props) {
  const count = values.filter((value) => value !== null).length;
  const words = `${count} values, the last is ${exactNumber(lastOf(values))}`;
  return (
    <span className="sparkline-line" title={words}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <polyline points={sparklinePoints(values, width, height)} />
        <path className="sparkline-nan" d={sparklineGaps(values, width, height)} />
      </svg>
    </span>
  );
}

function lastOf(values: Props['values']): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
