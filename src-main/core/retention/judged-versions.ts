import { identityOfVersion, inPlace } from '../catalog/identity-of-folder.ts';
import { ModelManagerError } from '../errors.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import { inTurns } from '../files/in-turns.ts';
import type { RetainedRun } from './retained-run.ts';

/** Versions that are to go, by id, as they were when that was found: null for one that was not there. */
export type JudgedVersions = ReadonlyMap<string, FileIdentity | null>;

/** These versions as the run has them listed now: to be asked before anything else has its turn. */
export function asListed(run: Pick<RetainedRun, 'list'>, ids: ReadonlySet<string>): JudgedVersions {
  const judged = new Map<string, FileIdentity | null>();
  for (const { id, identity } of run.list()) if (ids.has(id)) judged.set(id, identity);
  return judged;
}

/** What a training wrote to them since, nobody has judged. @throws ModelManagerError */
export async function assertAsJudged(
  { root, config }: Pick<RetainedRun, 'root' | 'config'>,
  judged: JudgedVersions,
): Promise<void> {
  const places = inPlace(root, config);
  for await (const some of inTurns(judged))
    for (const [id, before] of some) {
      const now = identityOfVersion(places, id);
      if (!before || !now || !sameIdentity(before, now)) throw changed();
    }
}

/** What is said where a plan is not one of the run as it is. */
export function changed(): ModelManagerError {
  return new ModelManagerError(
    'the run changed since this plan was made — nothing was moved to the trash — look at the new plan',
  );
}
