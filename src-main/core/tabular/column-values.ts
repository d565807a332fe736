import { measuredValue } from '../../../shared/model/metric.ts';
import { nameOfVersion } from '../../../shared/model/name-of-version.ts';
import type { ListedRow } from '../catalog/listed-version.ts';
import type { CellValue } from './delimited-text.ts';

/** A column of the window's table as a file or the clipboard gets it: every digit, and the names of `cairn ls`. */
export interface ValueColumn {
  head: string;
  of: (row: ListedRow, run: string) => CellValue;
}

const plain: ReadonlyMap<string, ValueColumn> = new Map<string, ValueColumn>([
  ['run', { head: 'run', of: (_row, run) => run }],
  ['version', { head: 'version', of: (row) => row.version ?? nameOfVersion(row.id) }],
  ['pinned', { head: 'pinned', of: (row) => row.pinned }],
  ['integrity', { head: 'integrity', of: (row) => row.integrity.state }],
  ['finding', { head: 'finding', of: findingOf }],
  ['kind', { head: 'kind', of: (row) => row.kind }],
  ['symbol', { head: 'symbol', of: (row) => row.symbol }],
  ['reward', { head: 'reward', of: (row) => measuredValue(row, 'reward') }],
  ['step', { head: 'step', of: (row) => row.step }],
  ['episode', { head: 'episode', of: (row) => row.episode }],
  ['time', { head: 'timestamp', of: (row) => row.timestamp }],
  ['size', { head: 'file_size_bytes', of: (row) => row.file_size_bytes }],
  ['checksum', { head: 'checksum', of: (row) => row.checksum }],
  ['backups', { head: 'backups', of: (row) => row.backups }],
  ['tags', { head: 'tags', of: (row) => row.tags.join(', ') }],
  ['notes', { head: 'notes', of: (row) => row.notes }],
  ['file', { head: 'id', of: (row) => row.id }],
]);

/** With the id of each version beside its number, which is all that tells checkpoints and their folders apart. */
export function withIds(columns: readonly string[]): readonly string[] {
  if (columns.includes('file')) return columns;
  const at = columns.indexOf('version') + 1;
  return [...columns.slice(0, at), 'file', ...columns.slice(at)];
}

const heads = new Set([...plain.values()].map(({ head }) => head));
const metricMark = 'metric:';

/** What the columns of the window give of a row, by the ids that the window has for them; an unknown one gives nothing. */
export function valueColumns(ids: readonly string[]): ValueColumn[] {
  return ids.flatMap((id) => {
    if (!id.startsWith(metricMark)) return plain.get(id) ?? [];
    const name = id.slice(metricMark.length);
    return { head: heads.has(name) ? `metrics.${name}` : name, of: (row) => measuredValue(row, name) };
  });
}

function findingOf({ integrity, problems }: ListedRow): string | null {
  const sentences = [integrity.detail, ...problems].filter((sentence) => sentence !== null);
  return sentences.length === 0 ? null : sentences.join(' · ');
}
