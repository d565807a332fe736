import { expect, test } from 'vitest';
import { compileRanges, type Measure, withRange } from './measure.ts';
import { aRow } from './version-row.fixture.ts';

const reward: Measure = { id: 'reward', label: 'Reward', of: (row) => row.reward, format: String };
const step: Measure = { id: 'step', label: 'Step', of: (row) => row.step, format: String };

test('ranges keep what lies in all of them, ends included; what has no value lies in none', () => {
  const test = compileRanges([
    { measure: reward, low: 0.5, high: null },
    { measure: step, low: 10, high: 20 },
  ]);
  const passes = (reward: number | null, step: number | null) => test?.(aRow(1, { reward, step }));
  expect([passes(0.5, 10), passes(0.5, 20), passes(9, 15)]).toEqual([true, true, true]);
  expect([passes(0.4, 15), passes(0.5, 21), passes(0.5, null)]).toEqual([false, false, false]);
  expect([passes(Number.NaN, 15), passes(Infinity, 15)]).toEqual([false, false]);
  expect(compileRanges([])).toBeNull();
});

test('a measure has one range; one without ends is none', () => {
  const first = withRange([], { measure: reward, low: 1, high: 2 });
  const both = withRange(first, { measure: step, low: null, high: 5 });
  const moved = withRange(both, { measure: reward, low: 3, high: null });
  expect(moved.map(({ measure, low, high }) => [measure.id, low, high])).toEqual([
    ['step', null, 5],
    ['reward', 3, null],
  ]);
  expect(withRange(moved, { measure: reward, low: null, high: null })).toHaveLength(1);
});
