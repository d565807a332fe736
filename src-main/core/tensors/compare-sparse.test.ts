import { expect, test } from 'vitest';
import type { Tensor } from '../formats/contents.ts';
import { compareSparse } from './compare-sparse.ts';
import { float32, tensorOf } from './naive.fixture.ts';

const entries = 20_000;
const range = (of: (index: number) => number) => Array.from({ length: entries }, (_, index) => of(index));

/** A row of a million, with a value at every so-manieth place from the first on. */
function sparseRow(first: number, value: number): Tensor {
  const places = BigInt64Array.from(
    range((index) => first + 7 * index),
    BigInt,
  );
  const indices = tensorOf('int64', [1, entries], new Uint8Array(places.buffer));
  const values = tensorOf('float32', [entries], float32(range(() => value)));
  return {
    ...tensorOf('float32', [1_000_000], new Uint8Array()),
    stride: null,
    data: null,
    values,
    places: { layout: 'coo', indices: [indices] },
  };
}

test('what is due meanwhile has its turn, and the work can be called off', async () => {
  const [a, b] = [sparseRow(0, 1), sparseRow(3, 1)];
  let [turns, isOver] = [0, false];
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const found = await compareSparse({ a, b }, undefined);
  isOver = true;
  expect(found).toMatchObject({ count: 1_000_000, changed: 2 * entries });
  expect(turns).toBeGreaterThan(100);

  const stop = new AbortController();
  setImmediate(() => setImmediate(() => stop.abort(new Error('called off'))));
  await expect(compareSparse({ a, b }, stop.signal)).rejects.toThrow('called off');
});
