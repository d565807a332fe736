import { isSameRanking, measuredValue, type SelectionMetric } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { formatMetric } from '../format/format-metric.ts';
import { exactNumber } from '../format/format-number.ts';
import { versionLabel } from '../format/format-version.ts';
import { metricLabel } from '../format/metric-label.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import type { TableRuns } from '../run/table-runs.ts';
import { IntegrityMark } from '../table/IntegrityMark.tsx';
import type { VersionsStore } from '../versions/versions-store.ts';
import { bestOf } from './best-of.ts';
import './chosen-sheet.css';

/** So many of them are named. */
const named = 12;

interface Props {
  runs: TableRuns;
  store: VersionsStore;
  rows: readonly VersionRow[];
}

/** Which versions are chosen, what they reach by the metric that ranks them, where that is one, and whether they are whole. */
export function ChosenTable({ runs, store, rows }: Props) {
  const metric = commonMetric(runs, rows);
  const best = metric && bestOf(rows, metric);
  return (
    <table className="chosen-table" aria-label="Selected versions">
      <thead>
        <tr>
          <th scope="col">Version</th>
          {metric && (
            <th scope="col" data-number title={visibleText(metric.name)}>
              {metricLabel(metric.name)}
            </th>
          )}
          <th scope="col">Integrity</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, named).map((row) => (
          <tr key={row.handle} data-best={row === best || undefined}>
            <th scope="row">
              <button type="button" className="link" onClick={() => store.select(row.handle)}>
                {versionLabel(row)}
              </button>
              {runs.areSeveral && <bdi className="chosen-run">{runs.nameOf(row)}</bdi>}
            </th>
            {metric && <MetricCell row={row} name={metric.name} />}
            <td>
              <IntegrityMark state={row.integrity.state} cause={row.integrity.cause} />
            </td>
          </tr>
        ))}
      </tbody>
      {rows.length > named && (
        <tfoot>
          <tr>
            <td colSpan={metric ? 3 : 2}>and {plural(rows.length - named, 'other')}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function MetricCell({ row, name }: { row: VersionRow; name: string }) {
  const value = measuredValue(row, name);
  return (
    <td data-number title={exactNumber(value)}>
      {formatMetric(name, value)}
    </td>
  );
}

/** What ranks all of these; null where their runs rank otherwise. */
function commonMetric(runs: TableRuns, rows: readonly VersionRow[]): SelectionMetric | null {
  const [first = null, ...others] = runs.ofAll(rows).map(({ metric }) => metric);
  return others.every((metric) => isSameRanking(metric, first)) ? first : null;
}
