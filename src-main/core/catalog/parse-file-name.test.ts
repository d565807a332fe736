import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NamedFacts, parseFileName } from './parse-file-name.ts';

const none: Omit<NamedFacts, 'rewardStep'> = { version: null, reward: null, timestamp: null, step: null };

describe('a name tells', () => {
  test.each<[string, Partial<NamedFacts>]>([
    ['model_v0007_reward0.9500_20240101_123000', { version: 7, reward: 0.95, timestamp: '20240101_123000' }],
    ['model_v2_reward1.5_20240101_123000', { version: 2, reward: 1.5, timestamp: '20240101_123000' }],
    [
      'model_v10000_reward12.0000_20240101_123000',
      { version: 10_000, reward: 12, timestamp: '20240101_123000' },
    ],
    [
      'model_v0009_rewardn0.2500_20240101_130000',
      { version: 9, reward: -0.25, timestamp: '20240101_130000' },
    ],
    ['model_v0009_reward-0.2500', { version: 9, reward: -0.25 }],
    ['model_v0009_rewardnan', { version: 9, reward: Number.NaN }],
    ['model_v0009_rewardinf', { version: 9, reward: Infinity }],
    ['model_v0009_rewardninf', { version: 9, reward: -Infinity }],
    ['reward0.5_v3', { version: 3, reward: 0.5 }],
    ['v3', { version: 3 }],
    ['agent_v2_v0007_reward0.9500', { version: 7, reward: 0.95 }],
    ['reward1_shaped_v0007_reward0.9500', { version: 7, reward: 0.95 }],
    ['ppo_step_000005120', { step: 5120 }],
    ['rl_model_5000_steps', { step: 5000 }],
    ['line\nbreak_v0003_reward0.1', { version: 3, reward: 0.1 }],
  ])('%j', (stem, facts) => {
    expect(parseFileName(stem)).toMatchObject({ ...none, ...facts });
  });
});

test.each([
  ['model_v0001_reward0.9500', 0.0001],
  ['model_v0001_rewardn12.5', 0.1],
  ['model_v0001_reward12', 1],
  ['model_v0001_rewardinf', 0],
  ['checkpoint', 0],
])('the reward in %j is so far from the next one that could stand there', (stem, step) => {
  expect(parseFileName(stem).rewardStep).toBeCloseTo(step, 12);
});

test.each([
  'checkpoint',
  '',
  'conv2d',
  'v',
  'v1x',
  'xv1',
  'model_v0x10',
  'reward',
  'rewards0.5',
  'model_v12345678901234567890',
  '2024_01',
  '__proto__',
  'v١',
])('%j tells nothing', (stem) => {
  expect(parseFileName(stem)).toMatchObject(none);
});

test('what the reference writes into a name is read back, whatever the prefix', () => {
  const reward = fc.integer({ min: -99_999_999, max: 99_999_999 });
  fc.assert(
    fc.property(
      fc.string(),
      fc.nat(10_000_000),
      reward,
      fc.boolean(),
      (prefix, version, tenThousandths, padded) => {
        const number = padded ? String(version).padStart(4, '0') : String(version);
        const value = (tenThousandths / 10_000).toFixed(4).replace('-', 'n');
        const found = parseFileName(`${prefix}_v${number}_reward${value}_20240101_123000`);
        expect(found).toMatchObject({ version, timestamp: '20240101_123000' });
        expect((found.reward ?? 0) + 0).toBe(tenThousandths / 10_000 + 0);
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

test('a name as long as names can be does not take for ever to read', () => {
  for (const part of ['v', '_v1', '_reward', 'reward0', '_', 'n', '1_']) parseFileName(part.repeat(255));
});
