import { join } from 'node:path';
import { bareIntegrity } from '../../../shared/model/integrity.ts';
import { type FileStatus, identityOf, tryLookAt } from '../files/file-identity.ts';
import type { Verification } from './verification.ts';

/**
 * A file that was hashed while it was written is verified as it stands, or torn where its structure is; none when somebody has written
 * to it, or put another in its place, since it was `written`. Renaming it changes its ctime alone.
 */
export function verifiedOnWriting(
  root: string,
  { id, checksum, torn }: { id: string; checksum: string; torn: string | null },
  written: FileStatus | null,
): Verification[] {
  const look = tryLookAt(join(root, id));
  if (!look || look instanceof Error || !written) return [];
  if (look.ino !== written.ino || look.size !== written.size || look.mtimeMs !== written.mtimeMs) return [];
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
