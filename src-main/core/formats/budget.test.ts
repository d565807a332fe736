import { expect, test } from 'vitest';
import { Budget } from './budget.ts';
import { loadsOfOne, packedArrays, packedWeights } from './fixtures/hostile-work.ts';
import { pickle } from './fixtures/write-torch.ts';
import { readContents } from './read-contents.ts';
import { bufferSource } from './source.ts';

test('pickles of one file share what may be done for it, and it is said where that is not enough', async () => {
  const alone = await readContents(bufferSource('a.npz', packedArrays(1, 2e6)));
  expect(alone).toMatchObject({ problems: [], trust: 'tensors-only' });
  const two = await readContents(bufferSource('a.npz', packedArrays(2, 2e6)));
  expect(two.problems.join('\n')).toMatch(/^a1\.npy: its pickle has more parts than are looked at/);
  expect(two.trust).toBe('runs-code');
});

test('no more is unpacked of one file than may be', async () => {
  const { problems, trust } = await readContents(bufferSource('a.zip', packedWeights(40, 2.9e6)));
  expect(problems.join('\n')).toContain('more is packed in the file than is unpacked');
  expect(trust).toBe('runs-code');
});

test('elements are unpacked at any size, but for those of which nearly nothing is packed', () => {
  const budget = new Budget();
  budget.inflate(4e12, 4e11, 'a.npy');
  budget.inflate(1e9, 1e6, 'zeros.npy');
  expect(() => budget.inflate(1e9, 1e6, 'zeros.npy')).toThrow(/^zeros.npy: more is packed [^\n]+ unpacked$/);
});

test('what is loaded many times is read once', async () => {
  const contents = await readContents(bufferSource('a.pkl', loadsOfOne(2000, 20_000)));
  expect(contents).toMatchObject({ problems: [], trust: 'tensors-only' });
  expect(contents.tensors).toHaveLength(2000);
});

/** A list of two million floats. */
function history(rewardAt: (index: number) => number): Buffer {
  const floats = Buffer.alloc(9 * 2e6, 'G');
  for (let index = 0; index < 2e6; index += 1) floats.writeDoubleBE(rewardAt(index), 9 * index + 1);
  const batches = Array.from({ length: 2000 }, (_, batch) => [
    '(',
    floats.subarray(9000 * batch, 9000 * (batch + 1)),
    'e',
  ]);
  return pickle(']', ...batches.flat());
}

test.each([
  ['that are whole', (index: number) => index % 500],
  ['that count up', (index: number) => index * 1000],
  ['that are fractions', (index: number) => index / 3],
])('a history of two million rewards %s is read to its end', async (_, rewardAt) => {
  const { entries, problems } = await readContents(bufferSource('a.pkl', history(rewardAt)));
  expect(problems).toEqual([]);
  expect(entries).toHaveLength(10_001);
});
