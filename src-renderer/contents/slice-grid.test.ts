import { expect, test } from 'vitest';
import { cellNumber, colourCells, firstPlace, largestOf, sliceAt } from './slice-grid.ts';

const within = (shape: readonly number[], row: number, column: number, leading: readonly number[] = []) =>
  sliceAt(shape, { leading, row, column }).ranges.map(({ from, to }) => [from, to]);

test('a small matrix is seen whole, a large one through a window', () => {
  expect(within([24, 17], 0, 0)).toEqual([
    [0, 24],
    [0, 17],
  ]);
  expect(within([1000, 1000], 0, 0)).toEqual([
    [0, 48],
    [0, 96],
  ]);
});

test('the window stays inside the tensor wherever it is moved', () => {
  expect(within([1000, 1000], 990, 5000)).toEqual([
    [952, 1000],
    [904, 1000],
  ]);
  expect(within([1000, 1000], -5, Number.NaN)).toEqual([
    [0, 48],
    [0, 96],
  ]);
});

test('of leading dimensions one index is seen', () => {
  expect(within([4, 3, 2, 2], 0, 0, [3, 9])).toEqual([
    [3, 4],
    [2, 3],
    [0, 2],
    [0, 2],
  ]);
  expect(firstPlace([4, 3, 2, 2]).leading).toEqual([0, 0]);
});

test('a vector is a row, and a scalar one cell', () => {
  expect(sliceAt([5], firstPlace([5]))).toEqual({ ranges: [{ from: 0, to: 5 }], rows: 1, columns: 5 });
  expect(sliceAt([], firstPlace([]))).toEqual({ ranges: [], rows: 1, columns: 1 });
});

test('a tensor without elements is an empty slice', () => {
  expect(within([0, 3], 0, 0)).toEqual([
    [0, 0],
    [0, 3],
  ]);
});

test('cells are stronger the larger they are, and what is not finite stands out', () => {
  const pixels = [...colourCells([2, -1, 0, Number.NaN])];
  expect([pixels[3], pixels[7], pixels[11], pixels[15]]).toEqual([255, 128, 0, 255]);
  expect(pixels.slice(12, 15)).toEqual([224, 20, 180]);
});

test('every value has a number to be coloured by', () => {
  expect(cellNumber('NaN')).toBeNaN();
  expect(cellNumber('9007199254740993')).toBe(2 ** 53);
  expect(cellNumber([3, 4])).toBe(5);
});

test('the colours end where the number is that is farthest from zero, whatever is not finite', () => {
  expect(largestOf([0.5, -2, Number.NaN, Number.NEGATIVE_INFINITY])).toBe(2);
  expect(largestOf([])).toBe(0);
});
