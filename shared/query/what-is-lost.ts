import { type IntegrityState, isIntactSoFar } from '../model/integrity.ts';

/** A version of a run, as far as it is asked what goes with it. */
interface Leaving {
  isBest: boolean;
  state: IntegrityState;
  isGoing: boolean;
}

/** Whether the best goes; and whether none stays, or none that is intact where one was. */
export interface Lost {
  best: boolean;
  left: 'intact' | 'broken' | 'none';
}

/**
 * What a run has no more once versions have gone, which a prune would never take: for what a person chooses no rule holds, but it is worth a
 * word. Null where it is nothing of that.
 */
export function whatIsLost(versions: Iterable<Leaving>): Lost | null {
  const [going, staying]: [Leaving[], Leaving[]] = [[], []];
  for (const version of versions) (version.isGoing ? going : staying).push(version);
  const best = going.some(({ isBest }) => isBest);
  const left = staying.length === 0 ? 'none' : isBroken(going, staying) ? 'broken' : 'intact';
  return best || left !== 'intact' ? { best, left } : null;
}

function isBroken(going: readonly Leaving[], staying: readonly Leaving[]): boolean {
  const isIntact = ({ state }: Leaving) => isIntactSoFar(state);
  return going.some(isIntact) && !staying.some(isIntact);
}
