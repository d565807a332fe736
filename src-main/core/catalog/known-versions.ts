import { isFile, type Look } from '../files/file-identity.ts';
import { backupsOf, type Group, setOf } from './group-names.ts';
import { readCompanions } from './layouts/read-companions.ts';
import type { ListedVersion } from './listed-version.ts';

/** Versions that were read before, from `at` on (milliseconds since 1970). The `doubtful` ones among them must be read again. */
export interface KnownVersions {
  at: number;
  ids: readonly string[];
  /** Of which files each of them was made, as {@link filesOfListed} tells: a file that went leaves no trace in the others. */
  files: readonly string[];
  doubtful: readonly string[];
}

/** Of which files a version was made, by its record. */
export function filesOfListed({
  source,
  companionState,
  backups,
  size,
}: Pick<ListedVersion, 'source' | 'companionState' | 'backups' | 'size'>): string {
  return textOf(source === 'sidecar', companionState, backups, size);
}

/** The same by the files that a group has now, of the version that a name in it stands for. */
export function filesOfModel(
  group: Group,
  name: string,
  lookAt: (name: string) => Look,
  backupSuffix: string,
): string {
  const set = setOf(group);
  const own = set?.main === name ? [name, ...set.others] : [name];
  const sizes = own.map(lookAt).map((look) => (isFile(look) ? look.size : 0));
  const companions = readCompanions(group.files.companion, { mtimeMs: 0 }, lookAt);
  const size = sizes.reduce((sum, each) => sum + each, 0);
  const backups = backupsOf(name, group, backupSuffix).length;
  return textOf(group.files.sidecar.length > 0, companions?.state ?? 0, backups, size);
}

function textOf(hasSidecar: boolean, companionState: number, backups: number, size: number): string {
  return `${hasSidecar} ${companionState} ${backups} ${size}`;
}
