import { expect, test } from 'vitest';
import { nameRuns } from './name-runs.ts';

test('a run is called by its folder, and by more of them where another is called the same', () => {
  expect(nameRuns(['/data/ppo', '/data/sac'])).toEqual(['ppo', 'sac']);
  expect(nameRuns(['/data/a/run', '/data/b/run', '/data/sac'])).toEqual(['a/run', 'b/run', 'sac']);
  expect(nameRuns(['C:\\data\\a\\x\\run', 'C:\\data\\b\\x\\run'])).toEqual(['a/x/run', 'b/x/run']);
  expect(nameRuns(['/run', '/data/run', '/'])).toEqual(['run', 'data/run', '']);
});
