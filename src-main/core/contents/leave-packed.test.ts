import { expect, test } from 'vitest';
import type { Tensor } from '../formats/contents.ts';
import { bufferSource } from '../formats/source.ts';
import { float32, tensorOf } from '../tensors/naive.fixture.ts';
import { leavePacked } from './leave-packed.ts';

const source = bufferSource('a.npz', Buffer.alloc(0));

function packed(name: string, size: number, compressedSize: number, dataOffset: number): Tensor {
  const member = { name, rawName: name, size, compressedSize, dataOffset, method: 8, crc32: 0 };
  const places = { headerOffset: 0, isEncrypted: false };
  return {
    ...tensorOf('float32', [1], float32([1]), { name }),
    data: {
      source,
      start: 0,
      length: 4,
      byteOrder: 'little',
      packed: { source, member: { ...member, ...places } },
    },
  };
}

test('of elements of which nearly nothing is packed only so many are read, and the rest says why not', () => {
  const zeros = [1, 2, 3].map((place) => packed(`zeros${place}`, 7e8, 7e5, place));
  const tensors = leavePacked([...zeros, packed('weights', 1e12, 9e11, 4), zeros[0] as Tensor]);
  const told = tensors.map(({ data, notRead }) => (data ? 'read' : notRead));
  const left = 'its elements are packed, and there are more of them than are unpacked';
  expect(told).toEqual(['read', left, left, 'read', 'read']);
});
