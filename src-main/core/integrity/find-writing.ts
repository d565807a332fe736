import { setTimeout as sleep } from 'node:timers/promises';
import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { identityOfVersion, type Places } from '../catalog/identity-of-folder.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import type { LookOptions } from '../catalog/read-as-recovered.ts';
import { sameIdentity, secondLookAfter } from '../files/file-identity.ts';
import { findHeld } from '../files/find-held.ts';
import { formatCount } from '../formats/plain-text.ts';

/** Files modified longer ago than this, in milliseconds, are not looked at twice. */
const recently = 5000;

/**
 * Those of the files that are being written, by id: a live process holds it open to write, or it was touched a moment ago and is
 * different when looked at again 200 ms later. A run that nobody writes to costs no waiting.
 * @param listOpen what processes have open; by default they are asked
 * @param wait is given what it waits for, where it does
 */
export async function findWriting(
  versions: Iterable<ListedVersion>,
  places: Places,
  { listOpen, wait = (waiting) => waiting }: Pick<LookOptions, 'listOpen' | 'wait'> = {},
): Promise<Map<string, Integrity>> {
  const all = [...versions];
  const held = findHeld(all, places.pathOf, listOpen);
  const recent = all.filter(({ modifiedAt }) => Date.now() - modifiedAt < recently);
  if (recent.length > 0) await wait(sleep(secondLookAfter));
  const candidates = new Set([...all.filter(({ id }) => held.has(id)), ...recent]);
  const growing = [...candidates].flatMap(({ id, identity }): [string, Integrity][] => {
    const now = identityOfVersion(places, id);
    if (!identity || !now) return [];
    if (sameIdentity(identity, now) && !held.has(id)) return [];
    return [[id, bareIntegrity('writing', `being written: ${formatCount(now.size)} bytes so far`)]];
  });
  return new Map(growing);
}
