import { setTimeout as sleep } from 'node:timers/promises';
import { bareIntegrity } from '../../../shared/model/integrity.ts';
import type { CatalogEntry } from '../catalog/read-group.ts';
import { identityOf, sameIdentity, tryLookAt } from '../files/file-identity.ts';
import type { Claim, Verification } from './verification.ts';
import { secondLookAfter } from './verify-file.ts';

/** Files modified longer ago than this, in milliseconds, are not looked at twice. */
const recently = 5000;

/**
 * Those of the files that are being written: touched a moment ago, and different when looked at again 200 ms later. A run
 * that nobody writes to costs no waiting.
 */
export async function findWriting(
  claims: readonly Claim[],
  index: { entry(id: string): CatalogEntry | undefined },
): Promise<Verification[]> {
  const recent = claims.filter(({ id }) => Date.now() - (index.entry(id)?.modifiedAt ?? 0) < recently);
  if (recent.length === 0) return [];
  await sleep(secondLookAfter);
  return recent.flatMap(({ id, path, expected }) => {
    const before = index.entry(id)?.identity;
    const now = tryLookAt(path);
    if (!before || !now || now instanceof Error || sameIdentity(before, now)) return [];
    const integrity = bareIntegrity(
      'writing',
      `being written: ${now.size.toLocaleString('en')} bytes so far`,
    );
    return [{ id, identity: identityOf(now), recorded: expected, integrity }];
  });
}
