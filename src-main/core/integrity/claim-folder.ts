import { beside } from '../catalog/group-names.ts';
import { identityOfFolder, type Places } from '../catalog/identity-of-folder.ts';
import type { FileSet } from '../catalog/layouts/file-sets.ts';
import { missingOfFolder } from '../catalog/missing-of-folder.ts';
import { innerFolderOf } from '../catalog/version-folders.ts';
import { type FileIdentity, type FileStatus, tryLookAt } from '../files/file-identity.ts';
import type { Claim, ClaimedFolder } from './verification.ts';

/** The folder, or the several files, that a version is, to be verified; null where it is one file. @param checksums what the run lists */
export function claimFolder(
  id: string,
  { config, pathOf, folderAt, setAt }: Places,
  checksums: ReadonlyMap<string, string>,
): ClaimedFolder | null {
  const path = innerFolderOf(id, config);
  const set = path === null ? setAt(id) : null;
  if (set) return claimSet(id, set, pathOf, checksums);
  const found = path === null ? null : folderAt(path);
  if (path === null || !found?.folder.version) return null;
  const { version } = found.folder;
  const files = found.names.map((name) => {
    const own = `${path}/${name}`;
    return { name, path: pathOf(own), expected: checksums.get(own) ?? null };
  });
  const missing = missingOfFolder({ path, version, names: found.names }, checksums, pathOf);
  return { path: pathOf(path), main: version.main, files, missing };
}

function claimSet(
  id: string,
  { main, others, missing }: FileSet,
  pathOf: Places['pathOf'],
  checksums: ReadonlyMap<string, string>,
): ClaimedFolder {
  const files = [main, ...others].map((name) => {
    const own = beside(id, name);
    return { name, path: pathOf(own), expected: checksums.get(own) ?? null };
  });
  return { path: null, main, files, missing };
}

/** What tells the state of the files of a version to be verified; null where the one that stands for it is not there. */
export function identityOfClaim({ path, folder }: Pick<Claim, 'path' | 'folder'>): FileIdentity | null {
  if (!folder) return lookAtFile(path);
  const places = new Map(folder.files.map((file) => [file.name, file.path]));
  const placeOf = (name: string) => places.get(name) ?? placeInside(folder, name);
  return identityOfFolder(folder.main, [...places.keys()], (name) => {
    const place = placeOf(name);
    return place === null ? null : lookAtFile(place);
  });
}

/** Of a folder in what the version is, or of that itself; null where the version is no folder. */
function placeInside({ path }: ClaimedFolder, name: string): string | null {
  return path === null || name === '' ? path : `${path}/${name}`;
}

/** How many bytes verifying it reads. */
export function bytesOfClaim(claim: Claim): number {
  const beside = claim.companions ?? [];
  return beside.reduce(
    (sum, { path }) => sum + (lookAtFile(path)?.size ?? 0),
    identityOfClaim(claim)?.size ?? 0,
  );
}

function lookAtFile(path: string): FileStatus | null {
  const look = tryLookAt(path);
  return look instanceof Error ? null : look;
}
