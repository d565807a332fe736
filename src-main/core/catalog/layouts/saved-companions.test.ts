import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { nameWithoutEnding } from '../classify-name.ts';
import { companionFor, companionOf, companionsOf } from './known-layouts.ts';

const versions = [
  'best_models/model_v0001_reward0.7500_20260302_113000.pt',
  'best_models/model_v0001_rewardn0.7500_20260302_113000.pt.gz',
  'checkpoints/checkpoint.pt',
  'checkpoints/rl_model_10000_steps.zip',
  'ünïcode 雪.zip',
];

test.each(
  versions.flatMap((id) => [undefined, 'stable-baselines3', 'lightning'].map((readAs) => ({ id, readAs }))),
)(
  'what goes with $id, of a run that is read as $readAs, has a name that leads back to it',
  ({ id, readAs }) => {
    for (const kind of ['vecnormalize', 'replay_buffer']) {
      const path = companionFor(id, kind, readAs) ?? '';
      expect(companionOf(basename(path), readAs)).toEqual({ kind, stem: basename(nameWithoutEnding(id)) });
      expect(companionsOf(id, readAs)).toContain(path);
    }
  },
);

test('a framework names it in its own way where it can, and what is of no known kind has no name', () => {
  expect(companionFor('rl_model_5_steps.zip', 'vecnormalize')).toBe('rl_model_vecnormalize_5_steps.pkl');
  expect(companionFor('last.pt', 'vecnormalize')).toBe('last.vecnormalize.pkl');
  expect(companionFor('last.pt', 'anything')).toBeUndefined();
  expect(companionOf('.vecnormalize.pkl')).toBeNull();
});
