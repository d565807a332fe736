import { companionsOf } from '../catalog/layouts/known-layouts.ts';
import { tryLookAt } from '../files/file-identity.ts';
import type { Claim, ClaimedFile } from './verification.ts';

/** Where the files that go with models are, and what is on record of them. */
interface CompanionPlaces {
  /** Of the file of an id, absolute. */
  pathOf(id: string): string;
  /** The framework in whose way alone names are read; by default those of all. */
  readAs?: string | undefined;
  checksums: ReadonlyMap<string, string>;
}

/** What goes with a model, to be verified with it: what is there, and what is on record and is not. */
export function claimCompanions(id: string, { pathOf, readAs, checksums }: CompanionPlaces): ClaimedFile[] {
  return companionsOf(id, readAs).flatMap((name) => {
    const [path, expected] = [pathOf(name), checksums.get(name) ?? null];
    return expected !== null || isThere(path) ? [{ name, path, expected }] : [];
  });
}

/** A claim with what goes with its model; where nothing is on record, and nothing was `seen` beside it, nothing does. */
export function withCompanions(claim: Claim, seen: readonly string[], places: CompanionPlaces): Claim {
  if (claim.folder || (places.checksums.size === 0 && seen.length === 0)) return claim;
  const companions = claimCompanions(claim.id, places);
  return companions.length === 0 ? claim : { ...claim, companions };
}

function isThere(path: string): boolean {
  const look = tryLookAt(path);
  return look instanceof Error || look?.type === 'file';
}
