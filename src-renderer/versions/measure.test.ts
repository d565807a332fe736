import { describe, expect, test } from 'vitest';
import { endsOnAxis, type Measure, type RangeEnd, slotsWithin, withRange, wordsWithin } from './measure.ts';

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

describe('a range over words', () => {
  const act = (...words: string[]): Measure => ({
    ...{ id: 'act', label: 'act', of: () => null, format: String },
    words: () => words,
  });
  const within = (measure: Measure, low: RangeEnd, high: RangeEnd): string[] => {
    const words = measure.words?.() ?? [];
    const [slots, places] = [Uint32Array.from(words.keys()), Float64Array.from(words.keys())];
    const kept = [...slotsWithin(slots, [{ measure, low, high }], () => places)].map(
      (slot) => words[slot] ?? '',
    );
    expect(wordsWithin({ measure, low, high })).toEqual(kept);
    return kept;
  };

  test('keeps its ends when others come: those between them lie in it, others do not', () => {
    expect(within(act('elu', 'relu'), 'elu', 'relu')).toEqual(['elu', 'relu']);
    expect(within(act('elu', 'gelu', 'relu', 'tanh'), 'elu', 'relu')).toEqual(['elu', 'gelu', 'relu']);
    expect(within(act('celu', 'elu', 'gelu'), 'elu', 'elu')).toEqual(['elu']);
    expect(within(act('celu', 'elu', 'gelu'), null, 'elu')).toEqual(['celu', 'elu']);
  });

  test('that was asked of numbers, before words came among them, keeps the numbers', () => {
    expect(within(act('1e-5', '0.5', '2', 'auto', ''), 1e-6, 0.5)).toEqual(['1e-5', '0.5']);
    expect(within(act('0.5', '2', 'auto', ''), 0, null)).toEqual(['0.5', '2']);
  });

  test('keeps nothing where no axis has words any more', () => {
    const slots = Uint32Array.of(0, 1);
    const range = { measure: act(), low: 'elu', high: null };
    expect([...slotsWithin(slots, [range], () => Float64Array.of(1, Number.NaN))]).toEqual([]);
    expect(endsOnAxis(range)).toBeNull();
  });

  test('is drawn where its words are now', () => {
    const measure = act('celu', 'elu', 'gelu', 'relu', 'tanh');
    expect(endsOnAxis({ measure, low: 'elu', high: 'relu' })).toEqual({ low: 1, high: 3 });
    expect(endsOnAxis({ measure, low: null, high: 'elu' })).toEqual({ low: null, high: 1 });
    expect(endsOnAxis({ measure, low: 'x', high: 'y' })).toBeNull();
    expect(endsOnAxis({ measure: reward, low: 0.5, high: null })).toEqual({ low: 0.5, high: null });
  });
});
