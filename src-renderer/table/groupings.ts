import type { VersionRow } from '../../shared/model/version-row.ts';
import { shortNumber } from '../format/format-number.ts';
import { formatTimestamp, type Precision } from '../format/format-time.ts';
import { kindLabel } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import type { GroupBy } from '../versions/group-keys.ts';
import { type TableColumn, tagsOf } from './columns.ts';
import { integrityWord } from './integrity-words.ts';

/** What rows can be grouped by. */
export interface Grouping {
  id: string;
  label: string;
  /** What stands for rows that have nothing of the kind. */
  none: string;
  by: GroupBy;
}

type WordOf = (row: VersionRow) => string | null;

const timeTo =
  (precision: Precision): WordOf =>
  ({ timestamp }) =>
    timestamp === null ? null : formatTimestamp(timestamp, precision);

const sources = {
  sidecar: 'Sidecar',
  file_name: 'File name',
  contents: 'The file’s contents',
  none: null,
};

const kinds: readonly Grouping[] = [
  byWords('kind', 'Kind', 'No kind', (row) => kindLabel(row.kind)),
  byWords('integrity', 'Integrity', 'Unknown', (row) => integrityWord(row.integrity)),
  byWords('symbol', 'Symbol', 'No symbol', (row) => row.symbol && visibleText(row.symbol)),
  byWords('tags', 'Tags', 'No tags', tagsOf),
  byWords('pinned', 'Pin', 'Not pinned', (row) => (row.pinned ? 'Pinned' : null)),
  byWords('day', 'Day', 'No time', timeTo('day')),
  byWords('month', 'Month', 'No time', timeTo('month')),
  byWords('notes', 'Note', 'No note', (row) => row.notes && visibleText(row.notes)),
  byWords('folder', 'Folder', 'The run itself', folderOf),
  byWords('source', 'Known from', 'The file alone', (row) => sources[row.metadata_source]),
];

/** Columns that are grouped by in another way, or under another name: each file is a group of its own. */
const instead: ReadonlyMap<string, string> = new Map([
  ['time', 'day'],
  ['file', 'folder'],
]);

/** Everything that the rows of a table can be grouped by: what versions are, then what its other columns have. */
export function groupingsFor(columns: readonly TableColumn[]): Grouping[] {
  const known = new Set([...kinds.map(({ id }) => id), ...instead.keys()]);
  const others = columns.filter(({ id }) => !known.has(id)).map(groupingBy);
  return [...others.filter(({ id }) => id === 'run'), ...kinds, ...others.filter(({ id }) => id !== 'run')];
}

/** Null for what the table has no column of. */
export function groupingOf(id: string | null, columns: readonly TableColumn[]): Grouping | null {
  return groupingsFor(columns).find((grouping) => grouping.id === id) ?? null;
}

/** The grouping that goes by what a column shows. */
export function groupingOfColumn(column: string, columns: readonly TableColumn[]): Grouping | null {
  return groupingOf(instead.get(column) ?? column, columns);
}

function byWords(id: string, label: string, none: string, of: WordOf): Grouping {
  return { id, label, none, by: { kind: 'words', of } };
}

function groupingBy({ id, label, sort, amount }: TableColumn): Grouping {
  const none = `No ${label}`;
  if (sort.kind === 'text') return byWords(id, label, none, sort.of);
  const { inGroup } = amount ?? { inGroup: { short: shortNumber, exact: shortNumber } };
  return { id, label, none, by: { kind: 'numbers', of: sort.of, show: { label, ...inGroup } } };
}

function folderOf({ id }: { id: string }): string | null {
  const end = id.lastIndexOf('/');
  return end < 0 ? null : visibleText(id.slice(0, end));
}
