// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import type { VersionRow } from '../../shared/model/version-row.ts';
import { exactNumber, formatCount } from '../format/format-number.ts';
import { versionLabel } from '../format/format-version.ts';
import { plural } from '../format/plural.ts';
import type { RowGroup } from '../versions/arrange-groups.ts';
import type { TableColumn } from './columns.ts';
import type { Amounts, GroupSummaries } from './group-summaries.ts';
import { pinOf } from './pin-of.ts';
import type { GroupSummary } from './table-layout.ts';
import './group-row.css';

interface Props {
  group: RowGroup;
  /** What it is called. */
  label: string;
  columns: readonly TableColumn[];
  pinnedCount: number;
  summaries: GroupSummaries;
  summary: GroupSummary;
  /** Where it stands among the lines, from 0. */
  index: number;
  focused: boolean;
}

/** The heading of a group: what its rows have in common, how many they are, and what their numbers come to. */
export function GroupRow({ group, label, columns, pinnedCount, summary, summaries, index, focused }: Props) {
  const row = rowFor(summary, summaries, group);
  const amounts = summaries.amounts(group, columns);
  return (
    <div
      role="row"
      id={groupElementId(group.key)}
      className="row group-row"
      aria-rowindex={index + 2}
      data-group={group.key}
      data-focused={focused || undefined}
    >
      {columns.map((column, position) => (
        <div
          key={column.id}
          role="gridcell"
          className="cell"
          aria-colindex={position + 1}
          data-align={column.align}
          data-column={column.id}
          title={position === 0 ? undefined : titleOf(amounts.get(column.id), column)}
          {...pinOf(position, pinnedCount)}
        >
          {position === 0 ? (
            <GroupHeading group={group} label={label} row={row} summary={summary} />
          ) : (
            shownValue(column, row, amounts.get(column.id), summary)
          )}
        </div>
      ))}
    </div>
  );
}

interface HeadingProps {
  group: RowGroup;
  label: string;
  /** The version whose values stand for the group. */
  row: VersionRow | 'mixed' | null;
  summary: GroupSummary;
}

function GroupHeading({ group: { folded, count }, label, row, summary }: HeadingProps) {
  return (
    <button type="button" className="group-heading" tabIndex={-1} aria-expanded={!folded}>
      <bdi>{label}</bdi>
      <span className="group-count" title={plural(count, 'version')}>
        {formatCount(count)}
      </span>
      <span className="group-summary">{summary}</span>
      {row !== null && (
        <span className="group-version">{row === 'mixed' ? mixedWords : versionLabel(row)}</span>
      )}
    </button>
  );
}

const mixedWords = 'no best: its runs rank by different metrics';

/** The row whose values stand for the group, where one of them does. */
function rowFor(
  summary: GroupSummary,
  summaries: GroupSummaries,
  group: RowGroup,
): VersionRow | 'mixed' | null {
  if (summary === 'best') return summaries.best(group);
  return summary === 'last' ? summaries.last(group) : null;
}

function shownValue(
  column: TableColumn,
  row: VersionRow | 'mixed' | null,
  amounts: Amounts | null | undefined,
  summary: GroupSummary,
): string {
  if (row === 'mixed') return '';
  if (summary === 'best' || summary === 'last') return row && column.amount ? column.text(row) : '';
  return amounts && column.amount ? column.amount.show(amounts[summary]) : '';
}

function titleOf(amounts: Amounts | null | undefined, { amount }: TableColumn): string | undefined {
  if (!amounts || !amount) return undefined;
  const { count, min, mean, max } = amounts;
  return `${plural(count, 'value')}: least ${exactNumber(min)}, mean ${exactNumber(mean)}, greatest ${exactNumber(max)}`;
}

export function groupElementId(key: string): string {
  return `group-${encodeURIComponent(key)}`;
}
