import { expect, test } from 'vitest';
import { nameRuns } from './name-runs.ts';

test('a run is called by its folder, and by more of them where another is called the same', () => {
  expect(nameRuns(['/data/ppo', '/data/sac'])).toEqual(['ppo', 'sac']);
  expect(nameRuns(['/data/a/run', '/data/b/run', '/data/sac'])).toEqual(['a/run', 'b/run', 'sac']);
  expect(nameRuns(['C:\\data\\a\\x\\run', 'C:\\data\\b\\x\\run'])).toEqual(['a/x/run', 'b/x/run']);
  expect(nameRuns(['/run', '/data/run', '/'])).toEqual(['run', 'data/run', '']);
});

test('what its launcher wrote down of a run stands beside the number of its folder', () => {
  expect(nameRuns(['/sweep/0', '/other/0', '/data/ppo'], ['lr=0.1', null, null])).toEqual([
    'sweep/0 (lr=0.1)',
    'other/0',
    'ppo',
  ]);
});

test('a run whose whole folder ends that of another keeps the other from its short name', () => {
  expect(nameRuns(['/a/run', '/x/a/run', '/x/b/run'])).toEqual(['a/run', 'x/a/run', 'b/run']);
  expect(nameRuns(['/a/run', '/a/run'])).toEqual(['a/run', 'a/run']);
});

test('of very many runs that are called alike each is named, in time that goes by their number', () => {
  const folders = Array.from({ length: 30_000 }, (_, index) => `/sweep/lr=${index}/seed_${index % 10}`);
  const names = nameRuns(folders);
  expect([names[0], names.at(-1), new Set(names).size]).toEqual(['lr=0/seed_0', 'lr=29999/seed_9', 30_000]);
});
