import { expect, test } from 'vitest';
import { lastByNumber } from './last-by-number.ts';

const numbered = /(?<=^|\/)checkpoint-(\d+)\/[^/]+$/;
const last = (...ids: string[]) => lastByNumber({ all: () => ids }, numbered).last;

test('numbers are compared as numbers', () => {
  expect(last('checkpoint-900/model.pt', 'checkpoint-1000/model.pt', 'checkpoint-50/model.pt')).toBe(
    'checkpoint-1000/model.pt',
  );
});

test('in a folder of the run too, but not in several: those are several trainings', () => {
  expect(last('a/checkpoint-1/m', 'a/checkpoint-2/m')).toBe('a/checkpoint-2/m');
  expect(last('a/checkpoint-1/m', 'b/checkpoint-2/m')).toBeUndefined();
});

test('what has no such name is nothing to go on from', () => {
  expect(last('model.pt', 'checkpoint-x/m')).toBeUndefined();
});
