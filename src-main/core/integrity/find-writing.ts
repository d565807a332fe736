import { setTimeout as sleep } from 'node:timers/promises';
import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { sameIdentity, secondLookAfter, tryLookAt } from '../files/file-identity.ts';
import { formatCount } from '../formats/plain-text.ts';

/** Files modified longer ago than this, in milliseconds, are not looked at twice. */
const recently = 5000;

/**
 * Those of the files that are being written, by id: touched a moment ago, and different when looked at again 200 ms later. A
 * run that nobody writes to costs no waiting.
 * @param pathOf where a version's file is
 */
export async function findWriting(
  versions: Iterable<ListedVersion>,
  pathOf: (id: string) => string,
): Promise<Map<string, Integrity>> {
  const recent = [...versions].filter(({ modifiedAt }) => Date.now() - modifiedAt < recently);
  if (recent.length > 0) await sleep(secondLookAfter);
  const growing = recent.flatMap(({ id, identity }): [string, Integrity][] => {
    const now = tryLookAt(pathOf(id));
    if (!identity || !now || now instanceof Error || sameIdentity(identity, now)) return [];
    return [[id, bareIntegrity('writing', `being written: ${formatCount(now.size)} bytes so far`)]];
  });
  return new Map(growing);
}
