import { useMemo, useState } from 'react';
import type { DiffView } from '../../shared/model/contents-view.ts';
import { toNumber } from '../../shared/model/json.ts';
import { formatCosine, formatMeasure, formatShape } from '../contents/measures.ts';
import { headCells, PlainTable } from '../contents/PlainTable.tsx';
import { BreakableName } from '../format/BreakableName.tsx';
import { formatCount, formatShare, withMinus } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { type ChangeColumn, type ChangeOrder, sortChanges } from './sort-changes.ts';
import { type WeightPart, weightParts } from './weight-parts.ts';
import './compare.css';

type ChangedTensor = DiffView['tensors']['changed'][number];

const columns: readonly { column: ChangeColumn; title: string; hint: string }[] = [
  { column: 'relative_l2', title: 'Relative', hint: 'L2 of the difference, in parts of the first one’s' },
  { column: 'l2', title: 'L2', hint: 'L2 of the difference' },
  { column: 'cosine', title: 'Cosine', hint: '1 where both point the same way' },
  { column: 'max_abs', title: 'Max', hint: 'The largest difference of one element' },
  { column: 'fraction_changed', title: 'Changed', hint: 'Elements that are not equal' },
];
const formats: Record<ChangeColumn, (value: Parameters<typeof formatMeasure>[0]) => string> = {
  relative_l2: formatMeasure,
  l2: formatMeasure,
  cosine: formatCosine,
  max_abs: formatMeasure,
  fraction_changed: (value) => formatShare(toNumber(value ?? null)),
};
const listed = 500;

/** The tensors that changed, those of the model first, of each part the one that changed most first. */
export function ChangedTable({ changed }: { changed: readonly ChangedTensor[] }) {
  const [order, setOrder] = useState<ChangeOrder>({ column: 'relative_l2', descending: true });
  const sorted = useMemo(() => sortChanges(changed, order), [changed, order]);
  const parts = useMemo(() => weightParts(sorted), [sorted]);
  const sortBy = (column: ChangeOrder['column']) =>
    setOrder((last) => ({
      column,
      descending: last.column === column ? !last.descending : column !== 'name',
    }));
  const head = (column: ChangeOrder['column'], title: string, hint?: string) => (
    <th
      key={column}
      scope="col"
      className={column === 'name' ? undefined : 'number'}
      aria-sort={order.column !== column ? undefined : order.descending ? 'descending' : 'ascending'}
    >
      <button type="button" title={hint} onClick={() => sortBy(column)}>
        {title}
      </button>
    </th>
  );
  return (
    <PlainTable
      label="Changed tensors"
      className="compare-table"
      head={[
        head('name', 'Tensor'),
        ...headCells('Shape'),
        ...columns.map(({ column, title, hint }) => head(column, title, hint)),
      ]}
    >
      {parts.map((part) => (
        <PartRows key={part.title} part={part} isAlone={parts.length === 1} />
      ))}
    </PlainTable>
  );
}

interface PartProps {
  part: WeightPart<ChangedTensor>;
  /** Whether there is no other: then it has no title. */
  isAlone: boolean;
}

function PartRows({ part: { title, tensors, open }, isAlone }: PartProps) {
  const [unfolded, setUnfolded] = useState(open);
  const shown = isAlone || unfolded ? tensors.slice(0, listed) : [];
  const more = shown.length > 0 ? tensors.length - shown.length : 0;
  return (
    <tbody>
      {!isAlone && (
        <tr>
          <th scope="rowgroup" colSpan={columns.length + 2} className="compare-fold">
            <button
              type="button"
              className="compare-fold-button"
              aria-expanded={unfolded}
              onClick={() => setUnfolded(!unfolded)}
            >
              <span aria-hidden="true">{unfolded ? '▾' : '▸'}</span> {title} ({formatCount(tensors.length)})
            </button>
          </th>
        </tr>
      )}
      {shown.map((tensor, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a file may name two tensors alike
        <ChangedRow key={index} tensor={tensor} />
      ))}
      {more > 0 && (
        <tr>
          <td colSpan={columns.length + 2}>and {plural(more, 'more', 'more')}</td>
        </tr>
      )}
    </tbody>
  );
}

function ChangedRow({ tensor }: { tensor: ChangedTensor }) {
  return (
    <tr data-changed={tensor.name}>
      <th scope="row">
        <bdi>
          <BreakableName name={visibleText(tensor.name || '(the whole)')} />
        </bdi>
      </th>
      <td>{formatShapes(tensor)}</td>
      {columns.map(({ column }) => (
        <td key={column} className="number" title={withMinus(String(tensor[column] ?? ''))}>
          {formats[column](tensor[column])}
        </td>
      ))}
    </tr>
  );
}

function formatShapes({ shape_a: a, shape_b: b, dtype_a: typeA, dtype_b: typeB }: ChangedTensor): string {
  const [before, after] = [formatShape(a), formatShape(b)];
  const shapes = before === after ? before : `${before} → ${after}`;
  return typeA === typeB ? shapes : `${shapes}, ${visibleText(typeA)} → ${visibleText(typeB)}`;
}
