import { join } from 'node:path';
import { bareIntegrity, type Integrity, unrecognised } from '../../../shared/model/integrity.ts';
import { identityOfVersion, type Places } from '../catalog/identity-of-folder.ts';
import { type FileIdentity, type FileStatus, identityOf, tryLookAt } from '../files/file-identity.ts';
import type { Verification } from './verification.ts';

/** What was written; `torn` is what is broken about its structure, `unrecognised` what there is in the place of a checkpoint, each null for nothing. */
interface Written {
  id: string;
  checksum: string;
  torn: string | null;
  unrecognised: string | null;
}

/**
 * A file that was hashed while it was written is verified as it stands, or torn where its structure is; none when somebody has written
 * to it, or put another in its place, since it was `written`. Renaming it changes its ctime alone.
 */
export function verifiedOnWriting(root: string, saved: Written, written: FileStatus | null): Verification[] {
  const { id, checksum } = saved;
  const look = tryLookAt(join(root, id));
  if (!look || look instanceof Error || !written) return [];
  if (look.ino !== written.ino || look.size !== written.size || look.mtimeMs !== written.mtimeMs) return [];
  const checked = { expected: checksum, actual: checksum, checked_at: new Date().toISOString() };
  return [
    {
      id,
      identity: identityOf(look),
      recorded: checksum,
      integrity: { ...judgeWritten(saved), ...checked },
      recognised: saved.unrecognised === null,
    },
  ];
}

/** {@link verifiedOnWriting} of a version that is a folder; `written` is the size of its files, and the time of the newest. */
export function verifiedFolderOnWriting(
  places: Places,
  saved: Written,
  written: Pick<FileIdentity, 'size' | 'mtimeMs'>,
): Verification[] {
  const { id, checksum } = saved;
  const identity = identityOfVersion(places, id);
  if (identity?.size !== written.size || identity.mtimeMs !== written.mtimeMs) return [];
  const checked = { expected: checksum, actual: checksum, checked_at: new Date().toISOString() };
  const integrity = { ...judgeWritten(saved), ...checked };
  return [{ id, identity, recorded: checksum, integrity, recognised: true }];
}

function judgeWritten({ torn, unrecognised: what }: Written): Integrity {
  if (torn !== null) return bareIntegrity('torn', torn);
  return bareIntegrity('verified', what === null ? null : unrecognised('verified', what));
}
