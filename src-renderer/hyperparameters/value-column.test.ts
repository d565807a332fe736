import { expect, test } from 'vitest';
import { versionHandlesPerRun } from '../../shared/ipc/handles.ts';
import { mostWords, ValueColumn } from './value-column.ts';

const column = (codes: number[], numbers: number[], words: string[] = []) => ({
  codes: Uint16Array.from(codes),
  numbers: Float64Array.from(numbers),
  words,
});

test('numbers are as they are; what nobody says, or nobody has read, is not known', () => {
  const values = new ValueColumn();
  values.put([4, 2], column([1, 0], [0.001, Number.NaN]));
  expect(values.scale).toBe('number');
  expect([4, 2, 3].map((handle) => values.valueOf(handle))).toEqual([0.001, null, null]);
  expect([4, 2, 3, 99].map((handle) => values.isRead(handle))).toEqual([true, true, false, false]);
  values.forget(4);
  expect([values.isRead(4), values.valueOf(4)]).toEqual([false, null]);
});

test('few words stand in their order, whichever came first, numbers among them', () => {
  const values = new ValueColumn();
  values.put([0, 1, 2], column([2, 3, 1], [0, 0, 0.5], ['tanh', 'relu\n']));
  values.put([3], column([2], [0], ['elu']));
  expect(values.words).toEqual(['0.5', 'elu', 'relu␊', 'tanh']);
  expect([0, 1, 2, 3].map((handle) => values.valueOf(handle))).toEqual([3, 2, 0, 1]);
});

test('too many words have no axis; numbers beside them have', () => {
  const values = new ValueColumn();
  const count = mostWords + 1;
  const handles = Array.from({ length: count }, (_, handle) => handle);
  values.put(
    handles,
    column(
      handles.map((handle) => handle + 2),
      handles,
      handles.map((handle) => `word ${handle}`),
    ),
  );
  expect([values.scale, values.valueOf(0)]).toEqual(['none', null]);
  values.put([100], column([1], [7]));
  expect([values.scale, values.valueOf(0), values.valueOf(100)]).toEqual(['number', null, 7]);
});

test('versions of a run that a window opened late take no more room than those of the first', () => {
  const values = new ValueColumn();
  const late = 1000 * versionHandlesPerRun;
  const [first, second] = [late, late + 1];
  values.put([second, first], column([1, 2], [0.5, 0], ['tanh']));
  expect([first, second].map((handle) => values.isRead(handle))).toEqual([true, true]);
  expect(values.words).toEqual(['0.5', 'tanh']);
  values.forget(first);
  expect([first, second].map((handle) => values.valueOf(handle))).toEqual([null, 0]);
});
