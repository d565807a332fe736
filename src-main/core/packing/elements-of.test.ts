import { describe, expect, test } from 'vitest';
import { ModelValidationError } from '../errors.ts';
import { bytesOf, elementsOf, valueAt } from './elements-of.ts';
import { type Elements, PythonFloat, PythonTuple, storageOf, TorchTensor, tensorOf } from './torch-value.ts';

const counted = storageOf(Float32Array.from({ length: 24 }, (_, index) => index));

describe('elementsOf', () => {
  test.each<[Elements, string?]>([
    [Float32Array.of(1, -0.5)],
    [Float64Array.of(Number.NaN)],
    [BigInt64Array.of(-1n, 2n ** 62n)],
    [Uint16Array.of(0x3c00), 'float16'],
    [Uint8Array.of(0, 1), 'bool'],
    [Float32Array.of(1, 2), 'complex64'],
    [new Int32Array()],
  ])('gives %o back as it was given, %s', async (elements, dtype) => {
    const held = await elementsOf(tensorOf(elements, undefined, dtype));
    expect(held).toStrictEqual(elements);
    expect(held.buffer).not.toBe(elements.buffer);
  });

  test('goes row by row, however the tensor lies in its storage', async () => {
    const of = async (shape: number[], stride: number[], offset = 0) => [
      ...(await elementsOf(new TorchTensor(counted, shape, stride, offset))),
    ];
    expect(await of([2, 3], [12, 4], 1)).toEqual([1, 5, 9, 13, 17, 21]);
    expect(await of([2, 2], [1, 2])).toEqual([0, 2, 1, 3]);
    expect(await of([2, 2], [0, 1], 7)).toEqual([7, 8, 7, 8]);
    expect(await of([2, 1, 3], [3, 99, 1])).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await of([], [], 5)).toEqual([5]);
    expect(await of([2, 0, 3], [1, 1, 1])).toEqual([]);
  });

  test('reads a storage that comes in pieces', async () => {
    async function* chunks() {
      yield Uint8Array.of(1, 2);
      yield Uint8Array.of(3);
    }
    expect(await elementsOf(new TorchTensor({ dtype: 'uint8', byteLength: 3, chunks }, [3]))).toEqual(
      Uint8Array.of(1, 2, 3),
    );
  });

  test('lets others have their turn while it picks a large tensor out of its storage', async () => {
    const side = 300;
    const turned = storageOf(Float32Array.from({ length: side * side }, (_, index) => index));
    let turns = 0;
    setImmediate(() => {
      turns += 1;
    });
    const elements = await elementsOf(new TorchTensor(turned, [side, side], [1, side]));
    expect(turns).toBe(1);
    const [row, column] = [217, 41];
    expect(elements[row * side + column]).toBe(column * side + row);
    expect([elements[1], elements.at(-1)]).toEqual([side, side * side - 1]);
  });

  test('reads numbers that lie across the words of memory', async () => {
    const bytes = new Uint8Array(17);
    bytes.set(new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer), 1);
    const odd = { dtype: 'float32', byteLength: 16, chunks: () => [bytes.subarray(1)] };
    expect(await elementsOf(new TorchTensor(odd, [2, 2], [1, 2]))).toEqual(Float32Array.of(1, 3, 2, 4));
  });

  test('refuses what repeats itself without end', async () => {
    const endless = new TorchTensor(counted, [1e6, 1e6], [0, 0]);
    await expect(elementsOf(endless)).rejects.toThrow(ModelValidationError);
  });
});

test('the bytes of a storage that is in memory are not copied', async () => {
  const numbers = Float32Array.of(1, 2);
  expect((await bytesOf(storageOf(numbers))).buffer).toBe(numbers.buffer);
});

test('a value is found by its keys, whatever holds it', () => {
  const lr = new PythonFloat(0.5);
  const state = new Map([['groups', [new Map([[0, lr]])]]]);
  expect(valueAt({ a: new PythonTuple([1, 2]) }, ['a', 1])).toBe(2);
  expect(valueAt({}, ['constructor'])).toBeUndefined();
  expect(valueAt(state, ['groups', 0, 0])).toBe(lr);
  expect(valueAt(state, [])).toBe(state);
  for (const keys of [['none'], ['groups', 1], ['groups', 0, 0, 'deeper'], ['groups', 'length']])
    expect(valueAt(state, keys)).toBeUndefined();
});
