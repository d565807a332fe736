import type { ListedVersion } from '../catalog/listed-version.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import { inBatches } from './batch.ts';
import { identityOfClaim } from './claim-folder.ts';
import { lookIntoFiles, type PoolOptions } from './integrity-pool.ts';
import type { FileLook } from './look-into-file.ts';
import type { LookClaim } from './verification.ts';

/** A file to look into, and what it was when it was listed. */
export interface LookCandidate {
  claim: LookClaim;
  identity: FileIdentity;
}

/** A version whose file is worth a look: nobody has read its bytes, or nothing describes it. */
export function candidateOf(
  { identity, state }: Pick<ListedVersion, 'identity' | 'state'>,
  claim: LookClaim,
  isRead: boolean,
): LookCandidate[] {
  return identity && state !== 'writing' && (!isRead || claim.isBare) ? [{ claim, identity }] : [];
}

/** What a look found of a file that is still what it was. */
export interface Found extends FileLook {
  id: string;
  identity: FileIdentity;
}

/**
 * Looks into files in worker threads; `take` is given what was found, several at a time. What was found of a file that is
 * another by now is of no use. @throws the signal's reason
 */
export async function lookIntoCandidates(
  candidates: readonly LookCandidate[],
  take: (found: Found[]) => void,
  options: PoolOptions = {},
): Promise<void> {
  const identities = new Map(candidates.map(({ claim, identity }) => [claim.id, identity]));
  const claims = candidates.map(({ claim }) => claim);
  await inBatches(take, (add) =>
    lookIntoFiles(
      claims,
      (claim, look) => {
        const { id } = claim;
        const identity = identities.get(id);
        if (identity && (look.fault ?? look.own) && isStill(claim, identity)) add({ id, identity, ...look });
      },
      options,
    ),
  );
}

function isStill(claim: LookClaim, before: FileIdentity): boolean {
  const now = identityOfClaim(claim);
  return now !== null && sameIdentity(now, before);
}
