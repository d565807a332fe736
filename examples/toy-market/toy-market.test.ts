import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ModelManager } from '../../src-main/core/model-manager.ts';
import { Adam } from './adam.ts';
import { learn } from './learn.ts';
import { Network } from './network.ts';
import { readOptions } from './read-options.ts';
import { loadWeights, weightsOf } from './weights.ts';

function begin(seed = 1): Adam & { network: Network } {
  const network = new Network(16, seed);
  return Object.assign(new Adam(network.parameters, 0.003), { network });
}

/** The mean rewards of these updates. */
function train(adam: ReturnType<typeof begin>, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => {
    const { mean_reward } = learn(adam.network, 1, from + index);
    adam.move();
    return mean_reward;
  });
}

const mean = (rewards: readonly number[]) => rewards.reduce((sum, each) => sum + each, 0) / rewards.length;

test('it learns: the last tenth of the rewards is above the first', () => {
  const rewards = train(begin(), 0, 100);
  expect(mean(rewards.slice(-10))).toBeGreaterThan(mean(rewards.slice(0, 10)) + 0.1);
});

test('training that was stopped and goes on from what it saved comes to the same weights, bit for bit', async () => {
  const run = mkdtempSync(join(tmpdir(), 'toy-market-'));
  onTestFinished(() => rmSync(run, { recursive: true }));
  const whole = begin();
  train(whole, 0, 6);

  const first = begin();
  train(first, 0, 3);
  const manager = new ModelManager(run);
  const { id } = await manager.saveCheckpoint({ source: weightsOf(first), reward: 0 });
  const second = begin(2);
  await loadWeights(second, join(run, id));
  train(second, 3, 6);
  expect(second.parameters.map(({ data }) => data)).toEqual(whole.parameters.map(({ data }) => data));
});

test.each([
  [[], 'one folder'],
  [['a', 'b'], 'one folder'],
  [['a', '--updates', 'x'], '--updates takes a whole number'],
  [['a', '--every', '0'], '--every takes a whole number'],
  [['a', '--foo'], '--foo'],
])('words that cannot be meant are refused: %j', (words, said) => {
  expect(() => readOptions(words)).toThrow(said);
});
