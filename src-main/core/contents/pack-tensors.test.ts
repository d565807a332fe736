import { crc32, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Tensor } from '../formats/contents.ts';
import { positionalSource } from '../formats/source.ts';
import { bytesOfPacked } from '../formats/zip/open-member-later.ts';
import { isPlain, packTensors, unpackTensors } from './pack-tensors.ts';

const file = positionalSource('a.pt', 1000, async () => Buffer.alloc(0), {
  place: { descriptor: 1, offset: 0 },
});
const received = { source: file, unpacked: {} };
const member = file.slice(100, 500);

const bare: Tensor = {
  ...{ name: '', dtype: 'float32', shape: [], stride: null, offset: null, bytes: 4, storage: null },
  ...{ part: 'other', data: null },
};
const tensors: Tensor[] = [
  bare,
  { ...bare, name: 'a.wéight\n', shape: [3, 0, 2 ** 52], stride: [1, 2, 3], offset: 7, storage: '' },
  { ...bare, name: '__proto__', dtype: '<U3', storage: 'data/0', device: 'cuda:0', part: 'model' },
  {
    ...bare,
    part: 'optimizer',
    data: { source: file, start: 12, length: 0, byteOrder: 'big' },
  },
];

test('tensors arrive as they were sent', () => {
  const arrived = unpackTensors(structuredClone(packTensors(tensors)), received);
  expect(arrived).toEqual(tensors);
});

test('elements are where they are in the file, and so is what they are held to', () => {
  const recorded = { member: 'data/0', crc32: 2 ** 32 - 1, start: 40, length: 60 };
  const data = { source: member, start: 50, length: 8, byteOrder: 'little' as const, recorded };
  const [arrived] = unpackTensors(packTensors([{ ...bare, data }]), received);
  expect(arrived?.data).toEqual({
    ...{ source: file, start: 150, length: 8, byteOrder: 'little' },
    recorded: { ...recorded, start: 140 },
  });
});

test('what is packed stays so, and is unpacked where it arrives', async () => {
  const bytes = deflateRawSync(Buffer.from('cairn'));
  const whole = positionalSource(
    'a.npz',
    bytes.length,
    async (at, length) => bytes.subarray(at, at + length),
    {
      place: { descriptor: 1, offset: 0 },
    },
  );
  const sizes = { compressedSize: bytes.length, size: 5, crc32: crc32('cairn') };
  const packed = { name: 'a', method: 8, isEncrypted: false, dataOffset: 0, ...sizes };
  const storage = bytesOfPacked({ source: whole, member: packed }, {});
  const tensor: Tensor = { ...bare, data: { ...storage, start: 1, length: 4, byteOrder: 'little' } };
  expect(isPlain(tensor)).toBe(true);
  const [arrived] = unpackTensors(packTensors([tensor]), { source: whole, unpacked: {} });
  expect(arrived?.data).toMatchObject({ start: 1, length: 4, packed: { member: packed } });
  expect((await arrived?.data?.source.read(1, 4))?.toString()).toBe('airn');
});

test('what is plain has nothing that columns have no room for', () => {
  const places = { layout: 'coo' as const, indices: [] };
  expect(tensors.every(isPlain)).toBe(true);
  for (const more of [{ notRead: 'why' }, { places }, { beside: { location: 'a', start: 0, length: 1 } }])
    expect(isPlain({ ...bare, ...more })).toBe(false);
});
