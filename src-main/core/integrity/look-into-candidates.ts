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
  /** What tells whether something that goes with it was touched since. */
  companionState: number;
}

/** A version whose file is worth a look: nobody has read its bytes, or nothing describes it. */
export function candidateOf(
  { identity, state, companionState }: Pick<ListedVersion, 'identity' | 'state' | 'companionState'>,
  claim: LookClaim,
  isRead: boolean,
): LookCandidate[] {
  return identity && state !== 'writing' && (!isRead || claim.isUnasked)
    ? [{ claim, identity, companionState }]
    : [];
}

/** What a look found of a file that is still what it was. */
export interface Found extends FileLook {
  id: string;
  identity: FileIdentity;
  companionState: number;
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
  const states = new Map(candidates.map(({ claim, ...state }) => [claim.id, state]));
  const claims = candidates.map(({ claim }) => claim);
  await inBatches(take, (add) =>
    lookIntoFiles(
      claims,
      (claim, look) => {
        const { id } = claim;
        const state = states.get(id);
        if (state && (look.fault ?? look.own) && isStill(claim, state.identity))
          add({ id, ...state, ...look });
      },
      options,
    ),
  );
}

function isStill(claim: LookClaim, before: FileIdentity): boolean {
  const now = identityOfClaim(claim);
  return now !== null && sameIdentity(now, before);
}
