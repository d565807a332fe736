/** Numbers in [0, 1) from a seed, the same ones each time (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Days of an episode, and past returns that the trader sees. */
export const days = 128;
export const seen = 4;

/** What each unit of position that changes costs, in percent. */
export const cost = 0.05;

const moods = {
  /** Small moves that go on: follow them. */
  calm: { spread: 0.6, carry: 0.5 },
  /** Large ones that turn back: go against them. */
  nervous: { spread: 2, carry: -0.4 },
};
const switching = 0.02;

/** Daily returns in percent, of a market that is calm or nervous and does not say which. */
export function drawReturns(random: () => number): Float64Array {
  const returns = new Float64Array(seen + days + 1);
  let isCalm = random() < 0.5;
  for (let day = 1; day < returns.length; day += 1) {
    if (random() < switching) isCalm = !isCalm;
    const { spread, carry } = isCalm ? moods.calm : moods.nervous;
    returns[day] = carry * (returns[day - 1] ?? 0) + spread * normal(random);
  }
  return returns;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
