import { expect, test } from 'vitest';
import { cutName, fitName } from './cut-name.ts';

const shown = (name: string, letters: number, least?: number) => {
  const { start, leftOut, end } = cutName(name, letters, least);
  expect(start + leftOut + end).toBe(name);
  return leftOut === '' ? start : `${start}…${end}`;
};

test('a name that finds room is whole, however long it is', () => {
  expect(shown('best_model.zip', 14)).toBe('best_model.zip');
});

test('a longer one gives way in the middle, and is as long as the room', () => {
  expect(shown('checkpoint_step_000322560.pt', 20)).toBe('checkp…_000322560.pt');
  for (const letters of [4, 7, 10, 14, 18, 27])
    expect([...shown('checkpoint_step_000322560.pt', letters)]).toHaveLength(letters);
});

test('its end is kept before more of its beginning', () => {
  expect(shown('checkpoint_step_000322560.pt', 14)).toBe('chec…322560.pt');
});

test('a number that leads is kept whatever room there is', () => {
  expect(shown('v11 (model_v0011_reward0.4346.pt)', 7, 5)).toBe('v11 (…)');
  expect(shown('v11 (model_v0011_reward0.4346.pt)', 3, 5)).toBe('v11 (…)');
});

test('a letter of two code units is never cut through', () => {
  expect(shown('🧠🧠🧠🧠🧠🧠🧠🧠', 5)).toBe('🧠🧠…🧠🧠');
});

test('as many letters are shown as find room, wide ones fewer', () => {
  const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (letter === 'w' ? 12 : 6), 0);
  const seen = (name: string) => {
    const { start, end } = fitName(name, 60, widthOf);
    return `${start}…${end}`;
  };
  expect(seen('checkpoint_000322560.pt')).toBe('chec…60.pt'.padStart(10));
  expect(widthOf(seen('wwwwwwwwwwww'))).toBeLessThanOrEqual(60);
  expect(fitName('short.pt', 60, widthOf)).toEqual({ start: 'short.pt', leftOut: '', end: '' });
  expect(fitName('checkpoint', 0, widthOf).leftOut).not.toBe('');
});
