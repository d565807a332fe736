import { expect, test } from 'vitest';
import { writeTorchLegacy } from '../fixtures/write-torch.ts';
import { bufferSource } from '../source.ts';
import { readTorchLegacyContents } from './read-contents.ts';

const stream = writeTorchLegacy([3, 5, 7]);
/** Each storage is its number of elements, in 8 bytes, and the elements. */
const lengths = { last: 8 + 28, middle: 8 + 20, first: 8 + 12, keys: 40 };
const cut = (bytes: number) => readTorchLegacyContents(bufferSource('a.pth', stream.subarray(0, -bytes)));

test('a torn stream says which tensors are whole, which one is cut, and how many bytes are missing', async () => {
  const { tensors, problems } = await cut(lengths.last + 4);
  expect(tensors.map(({ shape, data }) => [shape[0], data !== null])).toEqual([
    [3, true],
    [5, false],
    [7, false],
  ]);
  expect(problems.slice(1)).toEqual([
    '1 of 3 storages are there: 12 of 60 bytes of tensors',
    '1: the file ends inside its storage: 16 of 20 bytes are there',
    '2: its storage is not in the file',
  ]);
});

test('one that ends with a whole storage misses those after it alone', async () => {
  const { tensors, problems } = await cut(lengths.last);
  expect(tensors.map(({ data }) => data !== null)).toEqual([true, true, false]);
  expect(problems.slice(1)).toEqual([
    '2 of 3 storages are there: 32 of 60 bytes of tensors',
    '2: its storage is not in the file',
  ]);
});

test('one that ends before its storages says that all their bytes are missing', async () => {
  const { tensors, problems } = await cut(lengths.last + lengths.middle + lengths.first + 4);
  expect(tensors).toHaveLength(3);
  expect(problems[1]).toBe('0 of 3 storages are there: 0 of 60 bytes of tensors');
});

test('one that ends inside its object says up to where it was followed, and what is missing at least', async () => {
  const at = stream.indexOf('2', stream.lastIndexOf('_rebuild_tensor_v2'));
  const { tensors, problems } = await readTorchLegacyContents(bufferSource('a.pth', stream.subarray(0, at)));
  expect(tensors).toHaveLength(2);
  expect(problems.slice(0, 2)).toEqual([
    expect.stringMatching(/^its pickle is cut off; stopped at byte [\d,]+, in 2$/),
    '0 of the 2 storages that it names up to there are there: at least 32 bytes of tensors are missing',
  ]);
});

test('no number in a stream is believed that its object contradicts', async () => {
  const bytes = Buffer.from(stream.subarray(0, -4));
  bytes.writeBigUInt64LE(2n ** 40n, stream.length - lengths.last);
  const { problems } = await readTorchLegacyContents(bufferSource('a.pth', bytes));
  expect(problems.at(-1)).toBe('2: its storage is not in the file');
});
