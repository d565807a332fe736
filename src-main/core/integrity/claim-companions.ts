import { companionOf, companionsOf, kindOfCompanion } from '../catalog/layouts/known-layouts.ts';
import { sharedFilesIn } from '../catalog/layouts/shared-files.ts';
import { tryLookAt } from '../files/file-identity.ts';
import type { Claim, ClaimedFile, Verification } from './verification.ts';

/** Where the files that go with models are, and what is on record of them. */
export interface CompanionPlaces {
  /** The folder of the run, absolute. */
  root: string;
  /** Of the file of an id, absolute. */
  pathOf(id: string): string;
  /** The framework in whose way alone names are read; by default those of all. */
  readAs?: string | undefined;
  checksums: ReadonlyMap<string, string>;
}

/** What goes with a model and all others of its run, and is of a kind of companions: configs are people's to edit. @returns what tells that of a model */
export function claimShared({
  root,
  pathOf,
  readAs,
  checksums,
}: CompanionPlaces): (id: string) => ClaimedFile[] {
  const sharedBy = sharedFilesIn({ root, readAs, pathOf });
  return (id) =>
    sharedBy(id)
      .filter((name) => kindOfCompanion(name) !== null)
      .map((name) => ({ name, path: pathOf(name), expected: checksums.get(name) ?? null }));
}

/** What goes with a model, to be verified with it: what is on record, there or not, and what else is there. @param isAnySeen whether anything may be */
export function claimCompanions(
  id: string,
  { pathOf, readAs, checksums }: CompanionPlaces,
  isAnySeen = true,
): ClaimedFile[] {
  return companionsOf(id, readAs).flatMap((name) => {
    const [path, expected] = [pathOf(name), checksums.get(name) ?? null];
    return expected !== null || (isAnySeen && isThere(path)) ? [{ name, path, expected }] : [];
  });
}

/** Claims with what goes with their models; `seen` is what the listing saw beside each. Of a large run most have nothing, and that is told at once. */
export function withCompanions(
  claims: readonly { claim: Claim; seen: readonly string[] }[],
  places: CompanionPlaces,
): Claim[] {
  const isAnyListed = [...places.checksums.keys()].some(isCompanion);
  const sharedBy = claimShared(places);
  return claims.map(({ claim, seen }) => {
    if (claim.folder) return claim;
    const isAny = isAnyListed || seen.length > 0;
    const own = isAny ? claimCompanions(claim.id, places, seen.length > 0) : [];
    const shared = sharedBy(claim.id);
    return own.length + shared.length === 0 ? claim : { ...claim, companions: own, shared };
  });
}

/** The files that go with all of these models, each once, to be verified by themselves. @param previousOf what was found of one before */
export function claimsOfShared(
  models: Iterable<Pick<Claim, 'shared'>>,
  previousOf: (name: string) => Verification | null,
): Claim[] {
  const shared = new Map(
    [...models].flatMap((model) => (model.shared ?? []).map((file) => [file.name, file])),
  );
  return [...shared.values()].map(({ name, path, expected }) => {
    return { id: name, path, expected, recordedSize: null, previous: previousOf(name) };
  });
}

function isCompanion(path: string): boolean {
  return companionOf(path.slice(path.lastIndexOf('/') + 1)) !== null;
}

function isThere(path: string): boolean {
  const look = tryLookAt(path);
  return look instanceof Error || look?.type === 'file';
}
