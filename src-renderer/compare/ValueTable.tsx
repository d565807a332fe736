import type { DiffView } from '../../shared/model/contents-view.ts';
import {
  exactNumber,
  formatCount,
  formatNumber,
  missing,
  shortNumber,
  withSign,
} from '../format/format-number.ts';
import { valueText } from '../format/value-text.ts';
import { visibleText } from '../format/visible-text.ts';
import { signedNumber } from '../side-by-side/compared-cell.ts';
import '../contents/plain-table.css';
import './compare.css';

/** So many values, and so many characters of each, are listed. */
const [listed, longest] = [200, 160];

interface Props {
  title: string;
  values: DiffView['metadata'];
}

/** Values that differ, those of the two versions side by side; nothing at all when there are none. */
export function ValueTable({ title, values }: Props) {
  if (values.length === 0) return null;
  const areNumbers = values.every(({ a, b }) => isNumeric(a) && isNumeric(b));
  return (
    <details className="compare-part" open={values.length < 20}>
      <summary>
        {title} ({formatCount(values.length)})
      </summary>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col" className={areNumbers ? 'number' : undefined}>
              From
            </th>
            <th scope="col" className={areNumbers ? 'number' : undefined}>
              To
            </th>
            {areNumbers && (
              <th scope="col" className="number">
                Difference
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {values.slice(0, listed).map(({ key, a, b }) => (
            <tr key={key}>
              <th scope="row">{visibleText(key)}</th>
              <ValueCell value={a} isNumber={areNumbers} />
              <ValueCell value={b} isNumber={areNumbers} />
              {areNumbers && <DifferenceCell by={differenceOf(a, b)} />}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function ValueCell({ value, isNumber }: { value: unknown; isNumber: boolean }) {
  if (typeof value !== 'number')
    return <td className={isNumber ? 'number' : undefined}>{formatValue(value)}</td>;
  const text = Number.isInteger(value) ? shortNumber(value) : formatNumber(value);
  return (
    <td className={isNumber ? 'number' : undefined} title={exactNumber(value)}>
      {text}
    </td>
  );
}

function DifferenceCell({ by }: { by: number | null }) {
  return (
    <td className="number" title={by === null ? undefined : withSign(by, exactNumber(by))}>
      {by === null ? missing : signedNumber(by)}
    </td>
  );
}

/** Numbers, or nothing, stand below each other by their ends. */
function isNumeric(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'number';
}

function differenceOf(a: unknown, b: unknown): number | null {
  return typeof a === 'number' && typeof b === 'number' ? b - a : null;
}

function formatValue(value: unknown): string {
  if (value === null || value === undefined) return '–';
  const text = valueText(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
