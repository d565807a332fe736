import type { PeekedValue } from '../../shared/model/contents-view.ts';
import { toNumber } from '../../shared/model/json.ts';

/** Which part of a tensor is looked at: an index for each leading dimension, then where rows and columns begin. */
export interface SlicePlace {
  leading: readonly number[];
  row: number;
  column: number;
}

export interface SliceGrid {
  ranges: { from: number; to: number }[];
  rows: number;
  columns: number;
}

/** Elements in view at once, in each direction. */
const most = { rows: 48, columns: 96 };

export const firstPlace = (shape: readonly number[]): SlicePlace => ({
  leading: shape.slice(0, -2).map(() => 0),
  row: 0,
  column: 0,
});

/** The slice at a place, moved so that it is inside the tensor; the last two dimensions are its rows and columns. */
export function sliceAt(shape: readonly number[], { leading, row, column }: SlicePlace): SliceGrid {
  const rows = windowOf(row, shape.at(-2) ?? 1, most.rows);
  const columns = windowOf(column, shape.at(-1) ?? 1, most.columns);
  const before = shape.slice(0, -2).map((size, dimension) => windowOf(leading[dimension] ?? 0, size, 1));
  const ranges = [...before, ...(shape.length > 1 ? [rows] : []), ...(shape.length > 0 ? [columns] : [])];
  return { ranges, rows: rows.to - rows.from, columns: columns.to - columns.from };
}

function windowOf(from: number, size: number, length: number): { from: number; to: number } {
  const first = Math.max(0, Math.min(Math.trunc(from) || 0, size - length));
  return { from: first, to: Math.min(size, first + length) };
}

/** What a cell is coloured by: a complex number by its magnitude. */
export function cellNumber(value: PeekedValue): number {
  if (typeof value === 'object') return Math.hypot(cellNumber(value[0]), cellNumber(value[1]));
  return toNumber(value) ?? Number(value);
}

/** How far from zero the farthest of them is that is finite: the end of the colours, either way. */
export function largestOf(numbers: readonly number[]): number {
  return numbers.reduce(
    (most, number) => (Number.isFinite(number) ? Math.max(most, Math.abs(number)) : most),
    0,
  );
}

/** Colours of a heat map as RGBA: positive teal, negative amber, stronger with size; what is not finite in magenta. */
export function colourCells(numbers: readonly number[]): Uint8ClampedArray<ArrayBuffer> {
  const largest = largestOf(numbers);
  const pixels = new Uint8ClampedArray(numbers.length * 4);
  for (const [index, number] of numbers.entries()) pixels.set(colourOf(number, largest), index * 4);
  return pixels;
}

function colourOf(number: number, largest: number): [number, number, number, number] {
  if (!Number.isFinite(number)) return [224, 20, 180, 255];
  const strength = largest === 0 ? 0 : Math.round((Math.abs(number) / largest) * 255);
  return number < 0 ? [214, 110, 20, strength] : [24, 150, 142, strength];
}
