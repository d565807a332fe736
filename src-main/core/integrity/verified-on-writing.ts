import { join } from 'node:path';
import { bareIntegrity } from '../../../shared/model/integrity.ts';
import { identityOf, tryLookAt } from '../files/file-identity.ts';
import type { Verification } from './verification.ts';

/**
 * A file that was hashed while it was written is verified as it stands, or torn where its structure is; none when it is not what
 * was written.
 */
export function verifiedOnWriting(
  root: string,
  { id, checksum, size, torn }: { id: string; checksum: string; size: number; torn: string | null },
): Verification[] {
  const look = tryLookAt(join(root, id));
  if (!look || look instanceof Error || look.size !== size) return [];
  const checked = { expected: checksum, actual: checksum, checked_at: new Date().toISOString() };
  return [
    {
      id,
      identity: identityOf(look),
      recorded: checksum,
      integrity: { ...bareIntegrity(torn === null ? 'verified' : 'torn', torn), ...checked },
    },
  ];
}
