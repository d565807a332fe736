import { expect, test } from 'vitest';
import { bytesFree } from './bytes-free.ts';

test('a disk that tells no size counts as one with room, one without a free block as full', () => {
  expect(bytesFree({ bavail: 0, blocks: 0, bsize: 4096 })).toBe(Number.POSITIVE_INFINITY);
  expect(bytesFree({ bavail: 0, blocks: 10, bsize: 4096 })).toBe(0);
  expect(bytesFree({ bavail: 3, blocks: 10, bsize: 4096 })).toBe(3 * 4096);
});
