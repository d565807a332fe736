import { expect, test } from 'vitest';
import { inTurns } from './in-turns.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

async function gather(all: readonly number[], signal?: AbortSignal): Promise<number[]> {
  const found: number[] = [];
  for await (const some of inTurns(all, signal)) found.push(...some);
  return found;
}

test('each thing comes once, in its order', async () => {
  for (const count of [0, 1, 499, 500, 501, 1000, 1234])
    expect(await gather(numbers(count))).toEqual(numbers(count));
});

test('others have their turn in between', async () => {
  let [turns, isOver] = [0, false];
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await gather(numbers(5000));
  isOver = true;
  expect(turns).toBeGreaterThan(5);
});

test('it ends between two turns where nobody wants it any more', async () => {
  const stop = new AbortController();
  const found: number[] = [];
  const gone = (async () => {
    for await (const some of inTurns(numbers(5000), stop.signal)) {
      found.push(...some);
      stop.abort(new Error('enough'));
    }
  })();
  await expect(gone).rejects.toThrow('enough');
  expect(found).toHaveLength(500);
});
