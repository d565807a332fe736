import type { Integrity } from '../../shared/model/integrity.ts';

/** Whether something is wrong in a file that is there: of a whole one there is nothing to repair. */
export function isRepairable(integrity: Pick<Integrity, 'state'> | null): boolean {
  return integrity?.state === 'torn' || integrity?.state === 'mismatch';
}
