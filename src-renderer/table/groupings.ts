import { formatTimestamp } from '../format/format-time.ts';
import { kindLabel } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import type { GroupOf } from '../versions/group-keys.ts';
import { tagsOf } from './columns.ts';
import { integrityWord } from './integrity-words.ts';

/** What rows can be grouped by. */
export interface Grouping {
  id: string;
  label: string;
  /** What stands for rows that have nothing of the kind. */
  none: string;
  of: GroupOf;
}

const firstOf =
  (length: number): GroupOf =>
  ({ timestamp }) =>
    timestamp === null ? null : visibleText(formatTimestamp(timestamp).slice(0, length));

const sources = {
  sidecar: 'Sidecar',
  file_name: 'File name',
  contents: 'The file’s contents',
  none: null,
};

export const groupings: readonly Grouping[] = [
  { id: 'kind', label: 'Kind', none: 'No kind', of: (row) => kindLabel(row.kind) },
  { id: 'integrity', label: 'Integrity', none: 'Unknown', of: (row) => integrityWord(row.integrity) },
  { id: 'symbol', label: 'Symbol', none: 'No symbol', of: (row) => row.symbol && visibleText(row.symbol) },
  { id: 'tags', label: 'Tags', none: 'No tags', of: tagsOf },
  { id: 'pinned', label: 'Pin', none: 'Not pinned', of: (row) => (row.pinned ? 'Pinned' : null) },
  { id: 'day', label: 'Day', none: 'No time', of: firstOf('2026-03-02'.length) },
  { id: 'month', label: 'Month', none: 'No time', of: firstOf('2026-03'.length) },
  { id: 'notes', label: 'Note', none: 'No note', of: (row) => row.notes && visibleText(row.notes) },
  { id: 'folder', label: 'Folder', none: 'The run itself', of: folderOf },
  { id: 'source', label: 'Known from', none: 'The file alone', of: (row) => sources[row.metadata_source] },
];

export function groupingOf(id: string | null): Grouping | null {
  return groupings.find((grouping) => grouping.id === id) ?? null;
}

/** The grouping that goes by what a column shows, where there is one. */
export function groupingOfColumn(column: string): Grouping | null {
  return groupingOf(column === 'time' ? 'day' : column === 'file' ? 'folder' : column);
}

function folderOf({ id }: { id: string }): string | null {
  const end = id.lastIndexOf('/');
  return end < 0 ? null : visibleText(id.slice(0, end));
}
