import { expect, test } from 'vitest';
import type { PrunePlan } from '../../shared/ipc/writing-contract.ts';
import { prunedRunWords, prunedWords, removedFrom, runsSentence, warningsOf } from './runs-plan-words.ts';

const planned = (run: number, removed: number, gain: PrunePlan['gain']) => ({
  run,
  why: null,
  warnings: [] as string[],
  plan: { versions: [0, 1, 2], outcomes: [0, 0, 0], kinds: [], removed, size: 1000, gain, plan: null },
});
const failed = { run: 9, plan: null, why: 'it is gone', warnings: [] };

test('what goes of several runs is told in one sentence, with those that cannot be pruned', () => {
  const gain = { bytes: 4096, atMost: false };
  expect(runsSentence([planned(0, 1, gain), planned(1, 2, { ...gain, atMost: true })], true)).toBe(
    '3 of 6 versions go to the trash: 2.00 kB of files. The disk gains nothing now, and at most 8.19 kB once the trash is emptied: files fill whole blocks.',
  );
  expect(runsSentence([planned(0, 1, gain), planned(1, 0, null)], true)).toContain('about 2.00 kB of files');
  expect(runsSentence([planned(0, 0, gain), failed], true)).toBe(
    'Nothing goes: all 3 versions stay. 1 run cannot be pruned.',
  );
  expect(runsSentence([failed], true)).toBe('None of these runs can be pruned.');
  expect(runsSentence([planned(0, 0, gain)], false)).toContain('move one of the sliders');
  expect(removedFrom([planned(0, 1, gain), failed, planned(1, 2, gain)])).toBe(3);
});

test('runs whose values were not measured alike are counted and named', () => {
  const alike = planned(0, 1, null);
  const unlike = (run: number) => ({ ...planned(run, 1, null), warnings: ['Ranked by bench_score.'] });
  const told = (...runs: Parameters<typeof warningsOf>[0]) => warningsOf(runs, (run) => `run ${run}`);
  expect(told(alike, failed)).toEqual([]);
  expect(told(alike, unlike(4))).toEqual([
    '1 run is ranked by values that were not all measured alike: run 4. Choose it to see which values.',
  ]);
  expect(told(unlike(1), unlike(2))[0]).toMatch(/^2 runs are ranked .*: run 1; run 2\. Choose one of them/);
  expect(told(...[1, 2, 3, 4, 5].map(unlike))[0]).toContain(': run 1; run 2; run 3 and 2 more.');
});

test('what was done is told of all runs together, and of each', () => {
  const run = (removed: number, why: string | null = null) => ({ run: 0, operation: null, removed, why });
  expect(prunedWords({ runs: [run(2), run(0), run(1)] })).toBe('3 versions of 2 runs are in the trash');
  expect(prunedWords({ runs: [run(1)] })).toBe('1 version of 1 run is in the trash');
  expect(prunedWords({ runs: [run(0)] })).toBe('Nothing to remove');
  expect(prunedRunWords(run(0, 'the run changed'))).toBe('Not pruned: the run changed');
  expect(prunedRunWords(run(1))).toBe('1 version is in the trash');
});
