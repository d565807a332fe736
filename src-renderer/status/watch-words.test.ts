import { expect, test } from 'vitest';
import { watchWords, watchWordsOfWorkspace } from './watch-words.ts';

test('how often it is looked again is said of a run and of a folder of runs as it is, and why', () => {
  const watch = { state: 'polling', detail: 'the limit is reached' } as const;
  expect(watchWords({ watch, loading: false })).toBe('Checking every few seconds: the limit is reached');
  expect(watchWordsOfWorkspace(watch)).toBe('Checking every 30 seconds or less often: the limit is reached');
  const live = { state: 'live', detail: null } as const;
  expect([watchWords({ watch: live, loading: false }), watchWordsOfWorkspace(live)]).toEqual([
    'Watching live',
    'Watching live',
  ]);
});

test('a run that is read for the first time is not said to be followed by nobody', () => {
  const off = { state: 'off', detail: null } as const;
  expect(watchWords({ watch: off, loading: true })).toBe('Reading…');
  expect(watchWords({ watch: off, loading: false })).toBe('Not watching for changes');
  const gone = { state: 'gone', detail: null } as const;
  expect(watchWords({ watch: gone, loading: true })).toBe('The folder is gone');
});
