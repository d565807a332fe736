import { expect, test } from 'vitest';
import { loadsOfOne, packedArrays, packedWeights } from './fixtures/hostile-work.ts';
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

test('what is loaded many times is read once', async () => {
  const contents = await readContents(bufferSource('a.pkl', loadsOfOne(2000, 20_000)));
  expect(contents).toMatchObject({ problems: [], trust: 'tensors-only' });
  expect(contents.tensors).toHaveLength(2000);
});
