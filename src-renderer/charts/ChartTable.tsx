import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatCount } from '../format/format-number.ts';

export interface ChartColumn {
  label: string;
  text: (slot: number) => string;
  /** Words stand left, numbers right. */
  align: 'left' | 'right';
}

interface Props {
  caption: string;
  slots: Uint32Array;
  columns: readonly ChartColumn[];
}

const page = 100;

/** What a chart shows, as rows; so many at a time. */
export function ChartTable({ caption, slots, columns }: Props) {
  const [shown, setShown] = useState(page);
  const rest = slots.length - shown;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys
    <section className="chart-table" tabIndex={0} aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ label, align }) => (
              <th key={label} scope="col" data-align={align} title={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from(slots.subarray(0, shown), (slot) => (
            <tr key={slot}>
              {columns.map(({ label, text, align }) => (
                <td key={label} data-align={align}>
                  {text(slot)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <Button variant="subtle" color="gray" onClick={() => setShown(shown + page)}>
          Show {Math.min(page, rest)} more of {formatCount(rest)}
        </Button>
      )}
    </section>
  );
}
