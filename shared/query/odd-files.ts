/** Why a file is none of the versions that it stands among. */
export const odd = 'not a checkpoint that Cairn knows, which others here are';

/**
 * The versions without the files in which no checkpoint is recognised, among others in which one is: those may be anything. Where none is
 * recognised all are what their trainer writes.
 * @param isRecognised null where that is not known
 */
export function withoutOdd<T>(versions: Iterable<T>, isRecognised: (version: T) => boolean | null): T[] {
  const all = [...versions];
  const told = all.map(isRecognised);
  if (!told.includes(false) || !told.includes(true)) return all;
  return all.filter((_, index) => told[index] !== false);
}
