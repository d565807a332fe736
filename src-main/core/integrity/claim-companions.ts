import { companionOf, companionsOf } from '../catalog/layouts/known-layouts.ts';
import { tryLookAt } from '../files/file-identity.ts';
import type { Claim, ClaimedFile } from './verification.ts';

/** Where the files that go with models are, and what is on record of them. */
export interface CompanionPlaces {
  /** Of the file of an id, absolute. */
  pathOf(id: string): string;
  /** The framework in whose way alone names are read; by default those of all. */
  readAs?: string | undefined;
  checksums: ReadonlyMap<string, string>;
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
  return claims.map(({ claim, seen }) => {
    if (claim.folder || (!isAnyListed && seen.length === 0)) return claim;
    const companions = claimCompanions(claim.id, places, seen.length > 0);
    return companions.length === 0 ? claim : { ...claim, companions };
  });
}

function isCompanion(path: string): boolean {
  return companionOf(path.slice(path.lastIndexOf('/') + 1)) !== null;
}

function isThere(path: string): boolean {
  const look = tryLookAt(path);
  return look instanceof Error || look?.type === 'file';
}
