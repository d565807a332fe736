import { formatCount, plural } from '../plain-text.ts';
import type { StorageClaim } from './storage-claim.ts';

/** In bytes; not a number where the pickle says none that there can be. */
const sizeOf = ({ elements, itemSize }: StorageClaim): number => elements * itemSize;

/** Of a torn file: how many of the storages that its pickle names are whole, and how many bytes of tensors that is. */
export function countStorages(claims: readonly StorageClaim[], isWhole: (key: string) => boolean): string {
  const held = claims.filter(({ key }) => isWhole(key));
  const storages = `${formatCount(held.length)} of ${formatCount(claims.length)} storages are there`;
  return `${storages}: ${formatCount(sumOf(held))} of ${formatCount(sumOf(claims))} bytes of tensors`;
}

/** Of a file that ends inside its pickle, and so before all storages: what is missing at least. Null where it named none. */
export function countNamedStorages(claims: readonly StorageClaim[]): string | null {
  if (claims.length === 0) return null;
  const storages = plural(claims.length, 'storage');
  return `0 of the ${storages} that it names up to there are there: at least ${formatCount(sumOf(claims))} bytes of tensors are missing`;
}

function sumOf(claims: readonly StorageClaim[]): number {
  return claims.map(sizeOf).reduce((sum, size) => sum + (Number.isSafeInteger(size) ? size : 0), 0);
}
