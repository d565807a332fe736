import type { VersionRow } from '../../shared/model/version-row.ts';
import { plural } from './plural.ts';
import { visibleText } from './visible-text.ts';

/** The short name of a version: `v10`, or its file name where no number is known. */
export function versionLabel(row: Pick<VersionRow, 'version' | 'id'>): string {
  return row.version === null ? fileName(row.id) : `v${row.version}`;
}

/** The last part of an id, made safe to read. */
function fileName(id: string): string {
  return visibleText(id.slice(id.lastIndexOf('/') + 1));
}

export function kindLabel(kind: VersionRow['kind']): string {
  return kind === 'best' ? 'Best model' : 'Checkpoint';
}

/** One version by its short name, several by their number. */
export function nameVersions(rows: readonly Pick<VersionRow, 'version' | 'id'>[]): string {
  const [row] = rows;
  return row && rows.length === 1 ? versionLabel(row) : plural(rows.length, 'version');
}
