import { expect, test } from 'vitest';
import { reachOf } from './reach-of.ts';

test('how far training had come is told by the versions, and of those that are gone by their names', () => {
  const listed = new Map([
    ['best_models/a.pt', { number: 3, step: 500, episode: Number.NaN }],
    ['best_models/b.pt', { number: 2, step: null, episode: null }],
  ]);
  const gone = ['best_models/model_v0007_reward0.1000_20260302_103000.pt', 'checkpoints/x_step_000900.pt.gz'];
  expect(reachOf([...listed.keys()], (id) => listed.get(id))).toEqual({
    version: 3,
    step: 500,
    episode: null,
  });
  expect(reachOf([...listed.keys(), ...gone], (id) => listed.get(id))).toEqual({
    version: 7,
    step: 900,
    episode: null,
  });
  expect(reachOf(['20261128T054400-backup'], () => undefined)).toEqual({
    version: null,
    step: null,
    episode: null,
  });
});
