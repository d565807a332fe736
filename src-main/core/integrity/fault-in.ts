import { type Integrity, isIntactSoFar } from '../../../shared/model/integrity.ts';

/** What speaks against a version's bytes, as far as it is known; null for nothing, and of one that nothing is known of. */
export function faultIn(integrity: Integrity | null): string | null {
  if (integrity === null || isIntactSoFar(integrity.state)) return null;
  return integrity.detail ?? integrity.state;
}
