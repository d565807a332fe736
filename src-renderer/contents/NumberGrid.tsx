import type { PeekedValue } from '../../shared/model/contents-view.ts';
import { withMinus } from '../format/format-number.ts';
import { formatMeasure } from './measures.ts';
import type { SliceGrid } from './slice-grid.ts';

interface Props {
  grid: SliceGrid;
  values: readonly PeekedValue[];
}

/** The elements of a slice, each in a few figures and whole when pointed at. */
export function NumberGrid({ grid: { ranges, rows, columns }, values }: Props) {
  const [firstRow, firstColumn] = [ranges.at(-2)?.from ?? 0, ranges.at(-1)?.from ?? 0];
  const places = (count: number) => Array.from({ length: count }, (_, index) => index);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section className="number-grid" tabIndex={0} aria-label="Numbers">
      <table>
        <thead>
          <tr>
            <td />
            {places(columns).map((column) => (
              <th key={column} scope="col">
                {firstColumn + column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places(rows).map((row) => (
            <tr key={row}>
              <th scope="row">{firstRow + row}</th>
              {places(columns).map((column) => {
                const value = values[row * columns + column] ?? '';
                return (
                  <td key={column} title={exactElement(value)}>
                    {formatElement(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** An element in a few figures. */
export function formatElement(value: PeekedValue): string {
  return typeof value === 'object'
    ? `${formatMeasure(value[0])} + ${formatMeasure(value[1])}j`
    : formatMeasure(value);
}

function exactElement(value: PeekedValue): string {
  return withMinus(typeof value === 'object' ? value.join(', ') : String(value));
}
