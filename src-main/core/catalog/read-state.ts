import { isFile, type Look } from '../files/file-identity.ts';
import { readNameOfLayout } from './layouts/known-layouts.ts';
import type { NamedState } from './layouts/layout.ts';
import { readCounts } from './layouts/name-numbers.ts';
import type { NamedFacts } from './parse-file-name.ts';

/** What a name says of a version, the reward apart from what else was measured. */
export interface StateInName extends Pick<NamedState, 'version' | 'step' | 'episode' | 'metrics'> {
  reward: number | null;
}

/**
 * What the name of a model says beyond what the reference's names do: in the way of a framework, else by the words that trainers use. Null
 * where it says nothing, and for names of the reference's.
 * @param stem the name without its ending
 * @param readAs the framework in whose way alone it is read
 */
export function readState(
  name: string,
  stem: string,
  { version, reward }: NamedFacts,
  lookAt: (name: string) => Look,
  readAs?: string,
): (StateInName & Pick<NamedState, 'isBest'>) | null {
  if (version !== null && reward !== null) return null;
  const state = readNameOfLayout(name, (other) => isFile(lookAt(other)), readAs) ?? readCounts(stem);
  if (!state) return null;
  const measured = state.metrics.find(([metric]) => metric === 'reward')?.[1] ?? null;
  return { ...state, reward: measured, metrics: state.metrics.filter(([metric]) => metric !== 'reward') };
}

/** What a name says, where that is more than that its version is the best; null for nothing. */
export function numbersIn(state: StateInName | null): StateInName | null {
  if (state === null || state.metrics.length > 0) return state;
  const { version, step, episode, reward } = state;
  return [version, step, episode, reward].some((each) => typeof each === 'number') ? state : null;
}
