import { bareIntegrity, isUnrecognised } from '../../../shared/model/integrity.ts';
import type { Version } from '../../../shared/model/version.ts';
import { tellWeights, type WeightsFound } from '../../../shared/model/weights-found.ts';
import { type FileIdentity, identityOf, sameIdentity } from '../files/file-identity.ts';
import type { Verification } from './verification.ts';

/** The run that weights are of. */
interface MeasuredRun {
  identityNow(id: string): FileIdentity | null;
  remember(results: readonly Verification[]): void;
}

/**
 * Has it remembered what measuring found in the weights of a version, beside what is known of it.
 * @param identity of its files, from before they were measured: where they are others by now, nothing is remembered
 */
export function noteWeights(
  run: MeasuredRun,
  id: string,
  identity: FileIdentity | null,
  found: WeightsFound,
): void {
  const now = run.identityNow(id);
  if (!identity || !now || !sameIdentity(identity, now)) return;
  const weights = { ...found, identity: identityOf(now) };
  run.remember([{ id, identity: null, recorded: null, integrity: bareIntegrity('unverified'), weights }]);
}

/** What is known of the weights of a version whose files are those now; null for nothing. */
export function weightsNow(
  known: Verification | null,
  identityNow: () => FileIdentity | null | undefined,
): WeightsFound | null {
  const now = known?.weights && identityNow();
  if (!known?.weights || !now || !sameIdentity(known.weights.identity, now)) return null;
  const { identity: _, ...found } = known.weights;
  return found;
}

/** A version of which the file is of no known format, or has weights that are no numbers, says so among its problems. */
export function withFindings<V extends Pick<Version, 'integrity' | 'problems'>>(
  version: V,
  weights: WeightsFound | null,
): V {
  const { integrity, problems } = version;
  const format = isUnrecognised(integrity) ? integrity.detail : null;
  const told = [format, weights && tellWeights(weights)].filter((each) => each !== null);
  return told.length === 0 ? version : { ...version, problems: [...problems, ...told] };
}
