import type { DiffView } from '../../shared/model/contents-view.ts';
import { formatCount } from '../format/format-number.ts';
import { valueText } from '../format/value-text.ts';
import { visibleText } from '../format/visible-text.ts';
import '../contents/plain-table.css';

/** So many values, and so many characters of each, are listed. */
const [listed, longest] = [200, 160];

interface Props {
  title: string;
  values: DiffView['metadata'];
}

/** Values that differ, those of the two versions side by side; nothing at all when there are none. */
export function ValueTable({ title, values }: Props) {
  if (values.length === 0) return null;
  return (
    <details className="compare-part" open={values.length < 20}>
      <summary>
        {title} ({formatCount(values.length)})
      </summary>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
          </tr>
        </thead>
        <tbody>
          {values.slice(0, listed).map(({ key, a, b }) => (
            <tr key={key}>
              <th scope="row">{visibleText(key)}</th>
              <td>{formatValue(a)}</td>
              <td>{formatValue(b)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function formatValue(value: unknown): string {
  if (value === null || value === undefined) return '–';
  const text = valueText(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
