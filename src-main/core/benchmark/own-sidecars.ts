import type { VersionFiles } from '../catalog/files-of-versions.ts';
import { nameBeforeSave, recordOfFolder } from '../catalog/layouts/saved-folders.ts';
import { chooseSidecar } from '../catalog/read-sidecar.ts';

/** The sidecar of each version, by id, that no other version shares; of what is in a folder that is a version the record that a save put there. */
export function ownSidecars(versions: readonly VersionFiles[]): Map<string, string> {
  const owners = new Map<string, string | null>();
  for (const version of versions) {
    const path = sidecarOf(version);
    if (path !== undefined) owners.set(path, owners.has(path) ? null : version.id);
  }
  return new Map([...owners].flatMap(([path, id]) => (id === null ? [] : [[id, path] as const])));
}

function sidecarOf({ files, folder }: VersionFiles): string | undefined {
  if (folder === undefined) return chooseSidecar(files.filter((file) => file.endsWith('.json')));
  const own = nameBeforeSave(files.map((file) => file.slice(folder.length + 1)));
  return own === null ? undefined : `${folder}/${recordOfFolder(own)}`;
}
