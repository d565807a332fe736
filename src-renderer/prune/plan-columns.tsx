import { measuredValue } from '../../shared/model/metric.ts';
import { EndKept } from '../format/EndKept.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { formatMetric } from '../format/format-metric.ts';
import { missing } from '../format/format-number.ts';
import { versionLabel } from '../format/format-version.ts';
import { metricLabel } from '../format/metric-label.ts';
import { visibleText } from '../format/visible-text.ts';
import type { RecordColumn } from '../records/RecordTable.tsx';
import type { Listed, PlannedRow } from './plan-rows.ts';
import { whyWords } from './prune-words.ts';

/** What is told of a version in a line of a plan. */
export function planColumns(list: Pick<Listed, 'get'>, metric: string): RecordColumn<PlannedRow>[] {
  const rowOf = ({ version }: PlannedRow) => list.get(version);
  return [
    {
      id: 'fate',
      label: 'Plan',
      width: '66px',
      cell: ({ outcome: { keep } }) => (
        <b className="plan-word" data-tone={keep ? 'stays' : 'goes'}>
          {keep ? 'Keep' : 'Remove'}
        </b>
      ),
    },
    {
      id: 'version',
      label: 'Version',
      width: 'minmax(80px, 2fr)',
      cell: (planned) => {
        const row = rowOf(planned);
        return (
          <bdi title={row && visibleText(row.id)}>{row ? <EndKept name={versionLabel(row)} /> : missing}</bdi>
        );
      },
    },
    {
      id: 'metric',
      label: metricLabel(metric),
      width: '110px',
      align: 'end',
      cell: (planned) => {
        const row = rowOf(planned);
        return row ? formatMetric(metric, measuredValue(row, metric), true) : missing;
      },
    },
    {
      id: 'size',
      label: 'Size',
      width: '70px',
      align: 'end',
      cell: (planned) => formatBytes(rowOf(planned)?.file_size_bytes ?? 0),
    },
    {
      id: 'why',
      label: 'Why',
      width: 'minmax(220px, 3fr)',
      cell: ({ outcome }) => <span title={whyWords(outcome)}>{whyWords(outcome)}</span>,
    },
  ];
}
