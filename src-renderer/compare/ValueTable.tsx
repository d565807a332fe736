import type { DiffView } from '../../shared/model/contents-view.ts';
import { formatMetric, signedDifference } from '../format/format-metric.ts';
import {
  exactNumber,
  formatCount,
  formatGiven,
  missing,
  shortNumber,
  withSign,
} from '../format/format-number.ts';
import { metricLabel } from '../format/metric-label.ts';
import { valueText } from '../format/value-text.ts';
import { visibleText } from '../format/visible-text.ts';
import '../contents/plain-table.css';
import './compare.css';

/** So many values, and so many characters of each, are listed. */
const [listed, longest] = [200, 160];

interface Props {
  title: string;
  values: DiffView['metadata'];
  /** Whether they are metrics, called and written as everywhere in the window. */
  areMetrics?: boolean;
}

/** Values that differ, those of the two versions side by side; nothing at all when there are none. */
export function ValueTable({ title, values, areMetrics = false }: Props) {
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
          {values.slice(0, listed).map((value) => (
            <ValueLine key={value.key} value={value} areNumbers={areNumbers} areMetrics={areMetrics} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

interface LineProps {
  value: Props['values'][number];
  areNumbers: boolean;
  areMetrics: boolean;
}

function ValueLine({ value: { key, a, b }, areNumbers, areMetrics }: LineProps) {
  const metric = areMetrics ? key : null;
  return (
    <tr data-value={key}>
      <th scope="row" title={visibleText(key)}>
        {metric === null ? visibleText(key) : metricLabel(metric)}
      </th>
      <ValueCell value={a} isNumber={areNumbers} metric={metric} />
      <ValueCell value={b} isNumber={areNumbers} metric={metric} />
      {areNumbers && <DifferenceCell name={key} from={a} to={b} />}
    </tr>
  );
}

interface CellProps {
  value: unknown;
  isNumber: boolean;
  /** Its name; null for what is none. */
  metric: string | null;
}

function ValueCell({ value, isNumber, metric }: CellProps) {
  if (typeof value !== 'number')
    return <td className={isNumber ? 'number' : undefined}>{formatValue(value)}</td>;
  const plain = Number.isInteger(value) ? shortNumber(value) : formatGiven(value);
  return (
    <td className={isNumber ? 'number' : undefined} title={exactNumber(value)}>
      {metric === null ? plain : formatMetric(metric, value)}
    </td>
  );
}

function DifferenceCell({ name, from, to }: { name: string; from: unknown; to: unknown }) {
  if (typeof from !== 'number' || typeof to !== 'number') return <td className="number">{missing}</td>;
  const by = to - from;
  return (
    <td className="number" title={withSign(by, exactNumber(by))}>
      {signedDifference(name, from, to)}
    </td>
  );
}

/** Numbers, or nothing, stand below each other by their ends. */
function isNumeric(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'number';
}

function formatValue(value: unknown): string {
  if (value === null || value === undefined) return '–';
  const text = valueText(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
