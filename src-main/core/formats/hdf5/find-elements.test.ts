import { expect, test } from 'vitest';
import { writtenHdf5 } from '../fixtures/hostile-hdf5.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

test('a dataset of which more is packed than is unpacked says so, for nothing is wrong with it', async () => {
  const file = writtenHdf5('a chunk of zeros that unpacks to 16 MB');
  const { tensors, problems } = await readContents(bufferSource('a.h5', file));
  expect(problems).toEqual([]);
  expect(tensors).toMatchObject([{ data: null, notRead: expect.stringContaining('are packed') }]);
});
