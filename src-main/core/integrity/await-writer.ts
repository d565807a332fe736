import { setTimeout as sleep } from 'node:timers/promises';
import { type FileIdentity, patience, secondLookAfter } from '../files/file-identity.ts';

/**
 * Gives whoever may be writing these files, of which one is broken, the time for a second look. Nobody is waited for where none was touched of
 * late: many broken ones would take a fifth of a second each. @throws the signal's reason
 */
export async function awaitWriter(
  files: readonly (FileIdentity | null)[],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!files.some((file) => file !== null && isOfLate(file))) return;
  await sleep(secondLookAfter, undefined, signal ? { signal } : {});
}

/** Also by a time in the future, which says nothing: clocks of other machines differ. */
function isOfLate({ mtimeMs, ctimeMs }: FileIdentity): boolean {
  return Date.now() - Math.max(mtimeMs, ctimeMs) < patience;
}
