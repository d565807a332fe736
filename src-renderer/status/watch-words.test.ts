import { expect, test } from 'vitest';
import { watchWords, watchWordsOfWorkspace } from './watch-words.ts';

test('how often it is looked again is said of a run and of a folder of runs as it is, and why', () => {
  const watch = { state: 'polling', detail: 'the limit is reached' } as const;
  expect(watchWords(watch)).toBe('Looking again every few seconds: the limit is reached');
  expect(watchWordsOfWorkspace(watch)).toBe(
    'Looking again every half minute, or less often: the limit is reached',
  );
  const live = { state: 'live', detail: null } as const;
  expect([watchWords(live), watchWordsOfWorkspace(live)]).toEqual(['Watching live', 'Watching live']);
});
