import { expect, test } from 'vitest';
import { type Measure, slotsWithin, withRange } from './measure.ts';

const reward: Measure = { id: 'reward', label: 'Reward', of: (row) => row.reward, format: String };
const step: Measure = { id: 'step', label: 'Step', of: (row) => row.step, format: String };

test('ranges keep what lies in all of them, ends included; what has no value lies in none', () => {
  const none = Number.NaN;
  const columns = new Map([
    ['reward', Float64Array.of(0.5, 0.5, 9, 0.4, 0.5, 0.5, none, Infinity)],
    ['step', Float64Array.of(10, 20, 15, 15, 21, none, 15, 15)],
  ]);
  const numbersOf = ({ id }: Measure) => columns.get(id) ?? new Float64Array();
  const slots = Uint32Array.of(7, 6, 5, 4, 3, 2, 1, 0);
  const ranges = [
    { measure: reward, low: 0.5, high: null },
    { measure: step, low: 10, high: 20 },
  ];
  expect([...slotsWithin(slots, ranges, numbersOf)]).toEqual([2, 1, 0]);
  expect(slotsWithin(slots, [], numbersOf)).toBe(slots);
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
