/** What tells that two versions are one state of the model; null, or 0, for what is not known. */
export interface Stated {
  /** The SHA-256 of its bytes. */
  bytes: string | null;
  step: number | null;
  episode: number | null;
  value: number | null;
  /** What tells the measurement behind its value, where it counts for other versions too. */
  measurement?: string | null | undefined;
}

/**
 * What a version shares with another that is the same state of the model, saved twice: its bytes, a measurement that was made of one of them, or
 * {@link momentsOf}.
 */
export function statesOf(version: Stated): string[] {
  const { bytes, measurement } = version;
  const states = bytes === null ? [] : [`bytes ${bytes}`];
  if (measurement) states.push(`measured ${measurement}`);
  states.push(...momentsOf(version));
  return states;
}

/** One value at one training step, or episode. */
export function momentsOf({ step, episode, value }: Pick<Stated, 'step' | 'episode' | 'value'>): string[] {
  const moments = [];
  // A counter that stands at 0 may be one that nobody counts with.
  if (step) moments.push(`step ${step} ${value}`);
  if (episode) moments.push(`episode ${episode} ${value}`);
  return moments;
}
