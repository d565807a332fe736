import { expect, test } from 'vitest';
import { namedEpochs, shiftOfEpochs } from './named-epochs.ts';

const upTo = (last: number, first = 0, by = 1) =>
  Float64Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, index) => first + index * by);
const named = (...epochs: number[]) => namedEpochs(epochs) as NonNullable<ReturnType<typeof namedEpochs>>;

test('a series counts epochs where it came as far as the versions, and not beyond the next', () => {
  expect(shiftOfEpochs(upTo(5, 1), named(1, 2, 3, 4, 5))).toBe(0);
  expect(shiftOfEpochs(upTo(4), named(0, 1, 2, 3, 4))).toBe(0);
  expect(shiftOfEpochs(upTo(19), named(0, 5, 10, 15))).toBe(0);
  expect(shiftOfEpochs(upTo(5000), named(1, 2, 3))).toBeNull();
  expect(shiftOfEpochs(upTo(2), named(1, 2, 3, 4, 5))).toBeNull();
  expect(shiftOfEpochs(new Float64Array(), named(1))).toBeNull();
});

test('where one counts from 0 and the other from 1 the last tells', () => {
  expect(shiftOfEpochs(upTo(4), named(1, 2, 3, 4, 5))).toBe(-1);
  expect(shiftOfEpochs(upTo(14, 4, 5), named(5, 10, 15))).toBe(-1);
  expect(shiftOfEpochs(upTo(5, 1), named(0, 1, 2, 3, 4))).toBe(1);
  // Names and log begin alike: what the log lacks is yet to come.
  expect(shiftOfEpochs(upTo(4, 1), named(1, 2, 3, 4, 5))).toBe(0);
  expect(shiftOfEpochs(upTo(99), named(97, 98, 99))).toBe(0);
  // Either may be.
  expect(shiftOfEpochs(upTo(17), named(5, 10, 15))).toBeNull();
});
