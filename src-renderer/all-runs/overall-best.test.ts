import { expect, test } from 'vitest';
import { aRow } from '../versions/version-row.fixture.ts';
import { findOverallBest } from './overall-best.ts';

const reward = { name: 'reward', mode: 'max', source: 'config' } as const;
const loss = { name: 'loss', mode: 'min', source: 'config' } as const;

test('the best of all is the best of the runs’ bests, in their direction', () => {
  const runs = [0.5, 0.9, 0.7].map((value, index) => ({
    name: `r${index}`,
    metric: reward,
    best: aRow(index, { reward: value, metrics: { loss: value } }),
  }));
  expect(findOverallBest(runs).best?.handle).toBe(1);
  expect(findOverallBest(runs.map((run) => ({ ...run, metric: loss }))).best?.handle).toBe(0);
  const named = runs.map((run, index) =>
    index === 0 ? { ...run, metric: { ...reward, name: 'mean_reward' } } : run,
  );
  expect(findOverallBest(named).best?.handle).toBe(1);
});

test('where runs rank otherwise there is none, and it says which', () => {
  const runs = [
    { name: 'PPO', metric: reward, best: aRow(1, { reward: 1 }) },
    { name: 'SAC', metric: loss, best: aRow(2, { metrics: { loss: 1 } }) },
  ];
  expect(findOverallBest(runs)).toEqual({
    best: null,
    why: expect.stringContaining('PPO by Reward ↑ and SAC by Loss ↓'),
  });
  const turned = runs.map((run, index) => ({
    ...run,
    metric: { ...reward, mode: index ? ('min' as const) : ('max' as const) },
  }));
  expect(findOverallBest(turned).best).toBeNull();
});

test('a run without a best stands in nobody’s way', () => {
  const runs = [
    { name: 'new', metric: reward, best: null },
    { name: 'old', metric: reward, best: aRow(2, { reward: 1 }) },
  ];
  expect(findOverallBest(runs).best?.handle).toBe(2);
  expect(findOverallBest(runs.slice(0, 1))).toEqual({
    best: null,
    why: 'No version has a value for Reward ↑ yet.',
  });
});
