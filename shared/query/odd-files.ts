import type { Version } from '../model/version.ts';

/** Why a file is none of the versions that it stands among. */
export const odd = 'not a checkpoint that Cairn knows, which others here are';

/** `source`: where what is known of a version is from. */
interface Sourced {
  source: Version['metadata_source'];
}

/**
 * The versions without the files in which no checkpoint is recognised, among others in which one is: those may be anything. Where none is
 * recognised all are what their trainer writes; and what has a sidecar was saved as a version, whatever it is.
 * @param isRecognised null where that is not known
 */
export function withoutOdd<T extends Sourced>(
  versions: Iterable<T>,
  isRecognised: (version: T) => boolean | null,
): T[] {
  const all = [...versions];
  const told = all.map(isRecognised);
  if (!told.includes(false) || !told.includes(true)) return all;
  return all.filter(({ source }, index) => told[index] !== false || source === 'sidecar');
}
