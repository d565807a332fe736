import { setTimeout as sleep } from 'node:timers/promises';
import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { identityOfVersion, type Places } from '../catalog/identity-of-folder.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import type { LookOptions } from '../catalog/read-as-recovered.ts';
import { type FileIdentity, sameIdentity, secondLookAfter } from '../files/file-identity.ts';
import { findHeld } from '../files/find-held.ts';
import { formatCount } from '../formats/plain-text.ts';

/** Files modified longer ago than this, in milliseconds, are not looked at twice. */
const recently = 5000;

/** When files that were touched a moment ago were first seen as they are: a later look at their run that finds them the same is their second look. */
export class FirstLooks {
  #seen = new Map<string, { identity: FileIdentity; at: number }>();
  #began = performance.now();

  /** A look at the run begins. */
  begin(): void {
    this.#began = performance.now();
  }

  /** Those of the files, as that look found them, that were not seen so for long enough; all are remembered, and no others. */
  unsettled(recent: readonly ListedVersion[]): ListedVersion[] {
    const earlier = this.#seen;
    const at = performance.now();
    this.#seen = new Map();
    for (const { id, identity } of recent) {
      const first = earlier.get(id);
      if (identity)
        this.#seen.set(id, first && sameIdentity(first.identity, identity) ? first : { identity, at });
    }
    return recent.filter(({ id }) => this.#began - (this.#seen.get(id)?.at ?? at) < secondLookAfter);
  }
}

/**
 * Those of the files that are being written, by id: a live process holds it open to write, or it was touched a moment ago and is
 * different when looked at again 200 ms later. A run that nobody writes to costs no waiting, nor what an earlier look saw as it still is.
 * @param listOpen what processes have open; by default they are asked
 * @param wait is given what it waits for, where it does
 * @param firstLooks what earlier looks at the run found
 */
export async function findWriting(
  versions: Iterable<ListedVersion>,
  places: Places,
  { listOpen, wait = (waiting) => waiting }: Pick<LookOptions, 'listOpen' | 'wait'> = {},
  firstLooks = new FirstLooks(),
): Promise<Map<string, Integrity>> {
  const all = [...versions];
  const held = findHeld(all, places.pathOf, listOpen);
  const recent = all.filter(({ modifiedAt }) => Date.now() - modifiedAt < recently);
  if (firstLooks.unsettled(recent).length > 0) await wait(sleep(secondLookAfter));
  const candidates = new Set([...all.filter(({ id }) => held.has(id)), ...recent]);
  const growing = [...candidates].flatMap(({ id, identity }): [string, Integrity][] => {
    const now = identityOfVersion(places, id);
    if (!identity || !now) return [];
    if (sameIdentity(identity, now) && !held.has(id)) return [];
    return [[id, bareIntegrity('writing', `being written: ${formatCount(now.size)} bytes so far`)]];
  });
  return new Map(growing);
}
