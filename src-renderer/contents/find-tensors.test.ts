import { expect, test } from 'vitest';
import type { TensorView } from '../../shared/model/contents-view.ts';
import { asksForMeasures, findTensors } from './find-tensors.ts';
import type { Measures } from './measures.ts';

const of = (label: string, dtype: string, ...shape: number[]) =>
  ({ label, dtype, shape }) as unknown as TensorView;
const tensors = [
  of('trunk.0.Weight', 'float16', 64, 32),
  of('trunk.0.bias', 'float16', 64),
  of('head.weight', 'bfloat16', 64, 32),
  of('steps', 'int64'),
];
const found = (search: string, measured: readonly (Measures | null)[] | null = null) =>
  findTensors(tensors, search, measured);

test('a word is looked for in names, whatever its case', () => {
  expect(found(' WEIGHT ')).toEqual([0, 2]);
});

test('a type is a type by either of its names, and no part of another', () => {
  expect(found('float16')).toEqual([0, 1]);
  expect(found('f16')).toEqual([0, 1]);
  expect(found('bf16')).toEqual([2]);
});

test('a shape is told with x or ×', () => {
  expect(found('64x32')).toEqual([0, 2]);
  expect(found('64×32')).toEqual([0, 2]);
  expect(found('64')).toEqual([1]);
});

test('of several words all must hold', () => {
  expect(found('trunk f16 64x32')).toEqual([0]);
  expect(found('trunk int64')).toEqual([]);
});

test('once they are measured those with a NaN or an infinite number are found', () => {
  const measures = (nan: number, posinf: number) => ({ nan, posinf, neginf: 0 }) as Measures;
  const measured = [measures(0, 0), measures(3, 0), measures(0, 1), null];
  expect(found('nan')).toEqual([]);
  expect(found('nan', measured)).toEqual([1]);
  expect(found('inf', measured)).toEqual([2]);
  expect(found('inf weight', measured)).toEqual([2]);
});

test('nothing to search for finds all', () => {
  expect(found('  ')).toEqual([0, 1, 2, 3]);
});

test('a search says whether it asks for what has to be measured', () => {
  expect(asksForMeasures('trunk NaN')).toBe(true);
  expect(asksForMeasures('nano')).toBe(false);
});
