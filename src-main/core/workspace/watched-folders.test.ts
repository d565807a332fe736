import { expect, test } from 'vitest';
import { watchedFolders } from './watched-folders.ts';

test('what is watched are the runs, what is on the way to them, and where they keep versions', () => {
  const folders = watchedFolders(['ppo/seed_1', 'ppo/seed_2', 'sac']);
  for (const path of ['', 'ppo', 'ppo/seed_1', 'ppo/seed_1/checkpoints', 'ppo/seed_2/best_models', 'sac'])
    expect(folders.filter((each) => each === path)).toEqual([path]);
  expect(watchedFolders(['.'])).toContain('checkpoints');
  expect(watchedFolders([])).toEqual(['']);
});
