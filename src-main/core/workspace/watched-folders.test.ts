import { expect, test } from 'vitest';
import { watchedFolders } from './watched-folders.ts';

test('what is watched are the runs, what is on the way to them, and where they keep versions', () => {
  const folders = watchedFolders([
    { path: 'ppo/seed_1', versionsIn: ['', 'checkpoints'] },
    { path: 'ppo/seed_2', versionsIn: ['', 'saved/models'] },
    { path: 'sac', versionsIn: [''] },
  ]);
  expect(folders.toSorted()).toEqual([
    '',
    'ppo',
    'ppo/seed_1',
    'ppo/seed_1/checkpoints',
    'ppo/seed_2',
    'ppo/seed_2/saved',
    'ppo/seed_2/saved/models',
    'sac',
  ]);
  expect(watchedFolders([{ path: '.', versionsIn: ['', 'checkpoints'] }])).toEqual(['', 'checkpoints']);
  expect(watchedFolders([])).toEqual(['']);
});
