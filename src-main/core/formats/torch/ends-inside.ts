import { formatCount } from '../plain-text.ts';

/** Why a tensor has no elements whose storage, or array, is the last thing in a torn file. Both in bytes. */
export function endsInside(there: number, length: number): string {
  return `the file ends inside its storage: ${formatCount(there)} of ${formatCount(length)} bytes are there`;
}
