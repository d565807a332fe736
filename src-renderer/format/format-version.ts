import { nameOfVersion, placeOfVersion } from '../../shared/model/name-of-version.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { plural } from './plural.ts';
import { visibleText } from './visible-text.ts';

type Named = Pick<VersionRow, 'version' | 'id'> & { twin?: true | undefined };

/** The short name of a version: `v10`, with its file name where another has that number; that alone where no number is known, with its folder where another has that name. */
export function versionLabel({ version, id, twin }: Named): string {
  if (version === null) return twin ? visibleText(placeOfVersion(id)) : fileName(id);
  return twin ? `v${version} (${fileName(id)})` : `v${version}`;
}

/** Made safe to read. */
function fileName(id: string): string {
  return visibleText(nameOfVersion(id));
}

export function kindLabel(kind: VersionRow['kind']): string {
  return kind === 'best' ? 'Best model' : 'Checkpoint';
}

/** A version, and its run where it may be one of several. */
export type NamedVersion = Named & Partial<Pick<VersionRow, 'runId'>>;

/** One version by its short name, several by their number, and in how many runs they are where that is more than one. */
export function nameVersions(rows: readonly NamedVersion[]): string {
  const [row] = rows;
  if (row && rows.length === 1) return versionLabel(row);
  const runs = new Set(rows.map(({ runId }) => runId)).size;
  const counted = plural(rows.length, 'version');
  return runs > 1 ? `${counted} in ${plural(runs, 'run')}` : counted;
}
