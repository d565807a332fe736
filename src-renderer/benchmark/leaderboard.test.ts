import { expect, test } from 'vitest';
import type { ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { asRecorded, boardLines, isOnRecord, measuredMetrics, rangeOf } from './leaderboard.ts';

function subject(id: string, score: ShownSubject['values'][string], failed = 0): ShownSubject {
  const values = score.length > 0 ? { score } : ({} as ShownSubject['values']);
  return {
    runId: 'run',
    version: 0,
    id,
    done: score.length + failed,
    failed,
    failure: null,
    values,
    unrecorded: null,
  };
}
const low = subject('low', [
  [0, 1],
  [1, 2],
]);
const high = subject('high', [
  [0, 3],
  [1, 5],
]);
const torn = subject('torn', [[0, 9]], 1);
const nothing = subject('nothing', [], 2);
const strange = subject('strange', [
  [0, 'NaN'],
  [1, 1],
]);

test('the best version is first, and the others say how much they differ from it, seed by seed', () => {
  const [first, second] = boardLines([low, high], 'score', 'max');
  expect(first).toMatchObject({ subject: high, summary: { mean: 4, n: 2 }, difference: null });
  expect(second).toMatchObject({
    subject: low,
    difference: { mean: -2.5, n: 2, ci95: [expect.any(Number), expect.any(Number)] },
  });
  expect(boardLines([low, high], 'score', 'min').map((line) => line.subject.id)).toEqual(['low', 'high']);
});

test('what failed or is no number never leads', () => {
  const lines = boardLines([nothing, torn, strange, low], 'score', 'max');
  expect(lines.map((line) => line.subject.id)).toEqual(['low', 'strange', 'torn', 'nothing']);
  expect(lines.at(-1)?.summary).toBeNull();
});

test('a mean that is infinite is last in both directions', () => {
  const boundless = subject('boundless', [
    [0, 'Infinity'],
    [1, 1],
  ]);
  const least = subject('least', [
    [0, '-Infinity'],
    [1, 1],
  ]);
  for (const [mode, best] of [
    ['max', high],
    ['min', low],
  ] as const) {
    const lines = boardLines([boundless, least, low, high], 'score', mode);
    expect(lines[0]?.subject).toBe(best);
    expect(lines.slice(2).map((line) => line.subject.id)).toEqual(['boundless', 'least']);
  }
});

test('a version of which not every seed has the metric comes after those of which all have it', () => {
  const partly = { ...subject('partly', [[0, 9]]), done: 2 };
  const lines = boardLines([partly, low, high], 'score', 'max');
  expect(lines.map((line) => line.subject.id)).toEqual(['high', 'low', 'partly']);
});

test('where nobody has said which end is better the order stays as given', () => {
  const lines = boardLines([torn, low, high], 'score', null);
  expect(lines.map((line) => line.subject.id)).toEqual(['torn', 'low', 'high']);
});

test('a metric is on record where a sidecar has it: of a version whose seeds all have it', () => {
  const partly = { ...subject('partly', [[0, 9]]), done: 2 };
  const unwritten = { ...low, unrecorded: 'the run is read-only' };
  const isKnown = (...subjects: ShownSubject[]) => isOnRecord(boardLines(subjects, 'score', 'max'));
  expect([isKnown(low, partly), isKnown(partly), isKnown(unwritten), isKnown()]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('the range covers all intervals, and there is none where nothing was measured', () => {
  const [least = 0, most = 0] = rangeOf(boardLines([low, strange], 'score', 'max')) ?? [];
  expect([least < 1, most > 2]).toEqual([true, true]);
  expect(rangeOf(boardLines([nothing], 'score', 'max'))).toBeNull();
  expect(measuredMetrics([nothing, low])).toEqual(['score']);
});

test('the range of any number of versions is found', () => {
  const lines = Array.from({ length: 200_000 }, (_, mean) => ({
    subject: low,
    summary: { mean, std: null, ci95: null, n: 1 },
    isComplete: true,
    difference: null,
  }));
  expect(rangeOf(lines)).toEqual([0, 199_999]);
});

test('a sidecar has what was measured while its record says the same, and not once that was taken out or is another', () => {
  const partly = { ...low, values: { ...low.values, loss: [[0, 7]] as [number, number][] } };
  const whyOf = (subject: ShownSubject, row?: VersionRow) => asRecorded([subject], () => row)[0]?.unrecorded;
  expect(whyOf(low, aRow(0, { metrics: { bench_score: 1.5 } }))).toBeNull();
  expect(whyOf(partly, aRow(0, { metrics: { bench_score: 1.5 } }))).toBeNull();
  expect(whyOf(strange, aRow(0, { metrics: { bench_score: 'NaN' } }))).toBeNull();
  expect(whyOf(low, aRow(0, { metrics: { score: 1.5 } }))).toMatch(/taken out/);
  expect(whyOf(low, aRow(0, { metrics: { bench_score: 2 } }))).toMatch(/another/);
  expect(whyOf(low)).toMatch(/gone/);
  expect(whyOf({ ...low, unrecorded: 'the run is read-only' })).toBe('the run is read-only');
});
