import { expect, test } from 'vitest';
import type { JsonObject } from '../../../shared/model/json.ts';
import { shownMetrics } from './shown-metrics.ts';

const versionsWith = (...all: JsonObject[]) => all.map((metrics) => ({ metrics, reward: null }));

test('the reward has one column, whatever name it goes by', () => {
  const versions = versionsWith({ mean_reward: 1, reward: 1, loss: 2 }, { mean_reward: 2 });
  expect(shownMetrics('mean_reward', versions)).toEqual(['reward', 'loss']);
  expect(shownMetrics('loss', versions)).toEqual(['reward', 'loss']);
});

test('a step that was measured has no column beside the one of the step, unless it ranks', () => {
  const versions = versionsWith({ step: 10, mean_reward: 1, loss: 2 });
  expect(shownMetrics('mean_reward', versions)).toEqual(['reward', 'loss']);
  expect(shownMetrics('step', versions)).toEqual(['reward', 'step', 'loss']);
});

test('metrics of trading have columns where there are any, else the three that most versions have', () => {
  const measured = { a: 1, b: 1, c: 1, d: 1, text: 'high' };
  const versions = versionsWith({ ...measured, a: null }, { ...measured, b: null }, measured);
  expect(shownMetrics('reward', versions)).toEqual(['reward', 'c', 'd', 'b']);
  expect(shownMetrics('d', versions)).toEqual(['reward', 'd', 'c', 'b']);
  expect(shownMetrics('d', [...versions, ...versionsWith({ win_rate: 0.5 })])).toEqual([
    'reward',
    'd',
    'win_rate',
  ]);
  expect(shownMetrics('reward', [])).toEqual(['reward']);
});
