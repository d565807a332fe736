import { expect, test } from 'vitest';
import { listedValues } from './listed-values.ts';

const setting = (values: number, runs: number) => ({
  runs,
  values: Array.from({ length: values }, (_, index) => ({ value: `word ${index}`, runs: 1, mean: index })),
});
const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
const below = (values: number, runs: number) => listedValues(setting(values, runs), plural).below;

test('of a setting with many values the first are listed, and how many more there are is said; so is that runs are too few', () => {
  const { values } = listedValues(setting(20, 20), plural);
  expect([values.length, values[0]?.value]).toEqual([12, 'word 0']);
  expect([below(12, 20), below(13, 20), below(20, 20)]).toEqual([null, '1 more value', '8 more values']);
  expect(below(2, 4)).toBe('too few runs to say anything');
  expect(below(14, 4)).toBe('2 more values · too few runs to say anything');
});
