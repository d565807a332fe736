import { cost, days, drawReturns, randomNumbers, seen } from './market.ts';
import { type Network, positions, type Thought } from './network.ts';

const episodes = 16;
const discount = 0.9;
const entropyBonus = 0.01;

/** A day of an episode: what was thought, what was done, and what it brought, in percent. */
interface Day {
  thought: Thought;
  action: number;
  reward: number;
}

/** What an update measured. Rewards are percent a day. */
export interface Measured {
  mean_reward: number;
  sharpe: number;
  win_rate: number;
  value_loss: number;
}

/** How many steps an update takes. */
export const stepsOfUpdate = episodes * days;

/** Plays some episodes and adds up what they teach (advantage actor-critic). The same update plays the same ones each time. */
export function learn(network: Network, seed: number, update: number): Measured {
  const random = randomNumbers(seed * 1_000_003 + update);
  const played = Array.from({ length: episodes }, () => play(network, random));
  const losses = played.map((episode) => teach(network, episode));
  return { ...measure(played.flat()), value_loss: mean(losses) };
}

function play(network: Network, random: () => number): Day[] {
  const returns = drawReturns(random);
  const episode: Day[] = [];
  let held = 0;
  for (let day = seen; day < seen + days; day += 1) {
    const thought = network.think(Float64Array.of(...returns.subarray(day - seen + 1, day + 1), held));
    const action = choose(thought.chances, random());
    const position = positions[action] ?? 0;
    const reward = position * (returns[day + 1] ?? 0) - cost * Math.abs(position - held);
    episode.push({ thought, action, reward });
    held = position;
  }
  return episode;
}

function choose(chances: Float64Array, drawn: number): number {
  let left = drawn;
  const found = chances.findIndex((chance) => {
    left -= chance;
    return left < 0;
  });
  return found < 0 ? chances.length - 1 : found;
}

/** @returns how far off the values were, squared, on average */
function teach(network: Network, episode: readonly Day[]): number {
  let [outcome, loss] = [0, 0];
  for (const { thought, action, reward } of episode.toReversed()) {
    outcome = reward + discount * outcome;
    const advantage = outcome - thought.value;
    loss += advantage ** 2 / episode.length;
    const ofScores = slopeOfScores(thought.chances, action, advantage);
    network.learn(
      thought,
      ofScores.map((slope) => slope / stepsOfUpdate),
      -advantage / stepsOfUpdate,
    );
  }
  return loss;
}

/** Of the loss: more of what turned out better than expected, and no certainty too soon. */
function slopeOfScores(chances: Float64Array, action: number, advantage: number): Float64Array {
  const entropy = -chances.reduce((sum, chance) => sum + chance * Math.log(chance + 1e-12), 0);
  return chances.map((chance, index) => {
    const towards = chance - Number(index === action);
    return advantage * towards + entropyBonus * chance * (Math.log(chance + 1e-12) + entropy);
  });
}

function measure(played: readonly Day[]): Omit<Measured, 'value_loss'> {
  const rewards = played.map(({ reward }) => reward);
  const average = mean(rewards);
  const spread = Math.sqrt(mean(rewards.map((reward) => (reward - average) ** 2)));
  const moved = rewards.filter((reward) => reward !== 0);
  return {
    mean_reward: average,
    sharpe: spread === 0 ? 0 : (average / spread) * Math.sqrt(252),
    win_rate: moved.filter((reward) => reward > 0).length / Math.max(1, moved.length),
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}
