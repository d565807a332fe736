import { expect, test } from 'vitest';
import { lastByNumber } from './last-by-number.ts';

const numbered = /(?<=^|\/)checkpoint-(\d+)\/[^/]+$/;
const claim = (...ids: string[]) => lastByNumber({ all: () => ids }, numbered);
const last = (...ids: string[]) => claim(...ids).last;

test('numbers are compared as numbers', () => {
  expect(last('checkpoint-900/model.pt', 'checkpoint-1000/model.pt', 'checkpoint-50/model.pt')).toBe(
    'checkpoint-1000/model.pt',
  );
});

test('in a folder of the run too; of several each has its own, for those are several trainings', () => {
  expect(last('a/checkpoint-1/m', 'a/checkpoint-2/m')).toBe('a/checkpoint-2/m');
  expect(claim('b/checkpoint-2/m', 'a/checkpoint-1/m', 'a/checkpoint-3/m')).toEqual({
    lasts: ['a/checkpoint-3/m', 'b/checkpoint-2/m'],
  });
});

test('what has no such name is nothing to go on from', () => {
  expect(claim('model.pt', 'checkpoint-x/m')).toEqual({});
});
