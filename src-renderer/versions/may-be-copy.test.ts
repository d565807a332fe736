import { expect, test } from 'vitest';
import { mayBeCopy } from './useSameAs.ts';

test('a version may be another name of one that is listed too where the name of its file has no number', () => {
  for (const id of ['checkpoints/last.ckpt', 'best_model.zip', 'run_7/final.pt'])
    expect([id, mayBeCopy({ id, version: null })]).toEqual([id, true]);
  for (const id of ['last-v1.ckpt', 'epoch=3.ckpt', 'checkpoints/rl_model_9_steps.zip'])
    expect([id, mayBeCopy({ id, version: null })]).toEqual([id, false]);
  expect(mayBeCopy({ id: 'model.pt', version: 3 })).toBe(false);
});
