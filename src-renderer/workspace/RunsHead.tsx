// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useHeadKeys } from '../table/useHeadKeys.ts';
import type { RunColumn } from './run-columns.ts';
import type { RunSort } from './sort-runs.ts';

interface Props {
  columns: readonly RunColumn[];
  sort: RunSort;
  onSort: (column: string) => void;
}

/** The heads of the columns: a click sorts. */
export function RunsHead({ columns, sort, onSort }: Props) {
  const { row, tabIndexOf } = useHeadKeys(columns.map(({ id }) => id));
  const Arrow = sort.desc ? IconArrowDown : IconArrowUp;
  const sorted = sort.desc ? 'descending' : 'ascending';
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="head-row" aria-rowindex={1} {...row}>
        {columns.map(({ id, label, align }, index) => (
          <div
            key={id}
            role="columnheader"
            className="cell head"
            aria-colindex={index + 1}
            aria-sort={sort.column === id ? sorted : 'none'}
            data-align={align}
            data-column={id}
          >
            <button
              type="button"
              className="head-button"
              tabIndex={tabIndexOf(id)}
              title={`Sort by ${label}`}
              onClick={() => onSort(id)}
            >
              <span className="head-label">{label}</span>
              {sort.column === id && <Arrow size={13} stroke={2} aria-hidden />}
            </button>
          </div>
        ))}
      </div>
    </div>
  );
}
