import type { VersionKind } from '../../shared/model/version.ts';

/** What happens in a training. Rewards are percent a day. */
export type Told =
  | { event: 'resumed'; id: string | null; update: number; passedOver: { id: string; why: string }[] }
  | { event: 'updated'; update: number; reward: number }
  | { event: 'saved'; id: string; checksum: string; update: number }
  | { event: 'failed'; kind: VersionKind; why: string }
  | { event: 'ended'; update: number };

/** Tells it on stdout, a line each: for people, or as JSON. @param updates how many there will be */
export function teller(json: boolean, updates: number): (told: Told) => void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  if (json) return (told) => say(JSON.stringify(told));
  const inWords = words(updates);
  return (told) => {
    const line = inWords(told);
    if (line !== null) say(line);
  };
}

/** Updates are told by tenths of the whole. */
function words(updates: number): (told: Told) => string | null {
  const tenth = Math.max(1, Math.floor(updates / 10));
  let rewards: number[] = [];
  return (told) => {
    switch (told.event) {
      case 'resumed':
        return told.id === null ? 'a new training' : `goes on from ${told.id}, after update ${told.update}`;
      case 'saved':
        return `  saved ${told.id}`;
      case 'failed':
        return `  could not save a ${told.kind}: ${told.why}`;
      case 'ended':
        return `ended after update ${told.update}`;
      case 'updated': {
        rewards.push(told.reward);
        if (told.update % tenth !== 0) return null;
        const mean = rewards.reduce((sum, each) => sum + each, 0) / rewards.length;
        rewards = [];
        return `update ${told.update} of ${updates}: ${mean.toFixed(3)} % a day`;
      }
    }
  };
}
