import type { BinView } from '../../shared/model/contents-view.ts';
import { formatCount } from '../format/format-number.ts';
import { formatMeasure } from './measures.ts';

const [width, height] = [600, 120];

/** Bins as bars, with the ends of the scale and the tallest bar in words. */
export function Histogram({ bins }: { bins: readonly BinView[] }) {
  const most = bins.reduce((tallest, { count }) => Math.max(tallest, count), 0);
  const [first, last] = [bins[0], bins.at(-1)];
  if (!first || !last || most === 0)
    return <p className="dialog-hint">There is no finite number to count.</p>;
  const step = width / bins.length;
  return (
    <figure className="histogram">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${bins.length} bins from ${formatMeasure(first.from)} to ${formatMeasure(last.to)}, ${formatCount(most)} in the tallest`}
      >
        {bins.map(({ from, to, count }, index) => {
          const tall = count === 0 ? 0 : Math.max(1, (count / most) * height);
          return (
            <g key={from}>
              <rect x={index * step} y={height - tall} width={Math.max(0.5, step - 1)} height={tall} />
              <rect className="histogram-hover" x={index * step} y={0} width={step} height={height}>
                <title>{`${formatMeasure(from)} to ${formatMeasure(to)}: ${formatCount(count)}`}</title>
              </rect>
            </g>
          );
        })}
      </svg>
      <figcaption>
        <span>{formatMeasure(first.from)}</span>
        <span>tallest bar {formatCount(most)}</span>
        <span>{formatMeasure(last.to)}</span>
      </figcaption>
    </figure>
  );
}
