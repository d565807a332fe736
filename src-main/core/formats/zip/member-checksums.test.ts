import { describe, expect, test } from 'vitest';
import { noise } from '../fixtures/bytes.ts';
import { writeTorchZip } from '../fixtures/write-torch.ts';
import { writeZip } from '../fixtures/write-zip.ts';
import { bufferSource } from '../source.ts';
import { openMemberChecksums } from './member-checksums.ts';

/** One pass over the bytes in chunks of this length. */
async function pass(bytes: Buffer, chunkLength = 100): Promise<string | null> {
  const checksums = await openMemberChecksums(bufferSource('a.pt', bytes));
  if (!checksums) return 'no checksums';
  for (let offset = 0; offset < bytes.length; offset += chunkLength) {
    await checksums.update(bytes.subarray(offset, offset + chunkLength), offset);
  }
  return checksums.finish();
}

const stored = { name: 'archive/data/3', data: noise(40) };
const deflated = {
  name: 'archive/code/m.py',
  data: Buffer.from('import torch\n'.repeat(30)),
  deflated: true,
};
const empty = { name: 'archive/.data/empty', data: Buffer.alloc(0) };

describe('members that are as the directory says', () => {
  const bytes = writeZip([empty, stored, deflated, { ...empty, name: 'last', deflated: true }]);

  test.each([1, 7, 64, 100_000])('match when the file comes in chunks of %i bytes', async (chunkLength) => {
    expect(await pass(bytes, chunkLength)).toBeNull();
    expect(await pass(writeTorchZip([3, 100]), chunkLength)).toBeNull();
  });

  test('match in a zip64 archive', async () => {
    expect(await pass(writeZip([{ ...stored, wide: true }], { zip64: true }))).toBeNull();
  });
});

describe('a damaged member', () => {
  test.each([stored, deflated])('is found by every flipped bit of $name', async (member) => {
    const bytes = writeZip([member, empty]);
    const start = 30 + member.name.length;
    // The bits that fill up the last byte of deflated data stand for nothing.
    const end = bytes.indexOf('PK\x03\x04', start) - (member === deflated ? 1 : 0);
    const unnoticed: number[] = [];
    for (let bit = 8 * start; bit < 8 * end; bit += 1) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      if ((await pass(damaged)) === null) unnoticed.push(bit);
    }
    expect(unnoticed).toEqual([]);
  });

  test('is named, with both checksums', async () => {
    const bytes = writeZip([deflated, { ...stored, crc: 0x5e6f7a8b }]);
    expect(await pass(bytes)).toMatch(
      /^archive\/data\/3: CRC-32 is [0-9a-f]{8}, the directory says 5e6f7a8b$/,
    );
  });

  test('is found when what is deflated ends too early, or is a bomb', async () => {
    const bytes = writeZip([{ ...deflated, data: Buffer.alloc(1e6) }]);
    const entry = bytes.indexOf('PK\x01\x02');
    for (const size of [999_999, 10, 2e6]) {
      bytes.writeUInt32LE(size, entry + 24);
      expect(await pass(bytes)).toBe('archive/code/m.py: its compressed data is damaged');
    }
  });

  test('is found when the file ends before it does', async () => {
    const bytes = writeZip([stored]);
    const checksums = await openMemberChecksums(bufferSource('a.pt', bytes));
    await checksums?.update(bytes.subarray(0, 50), 0);
    expect(await checksums?.finish()).toBe('archive/data/3: the file ended before its last byte');
  });
});

describe('no false alarm', () => {
  test('when torch left the checksums out and wrote 0', async () => {
    expect(await pass(writeZip([{ ...stored, crc: 0 }]))).toBeNull();
  });

  test('when a member is encrypted, or packed in a way that is not known', async () => {
    const bytes = writeZip([{ ...stored, crc: 1 }]);
    const entry = bytes.indexOf('PK\x01\x02');
    expect(await pass(bytes)).toContain('CRC-32');
    const encrypted = Buffer.from(bytes);
    encrypted.writeUInt8(1, entry + 8);
    expect(await pass(encrypted)).toBeNull();
    bytes.writeUInt8(14, entry + 10);
    expect(await pass(bytes)).toBeNull();
  });

  test('when bytes follow the end of deflated data inside its member', async () => {
    const bytes = writeZip([deflated, { name: 'z', data: noise(30) }]);
    const second = bytes.lastIndexOf('PK\x03\x04');
    const entry = bytes.indexOf('PK\x01\x02');
    const gap = Buffer.alloc(200);
    const longer = Buffer.concat([bytes.subarray(0, second), gap, bytes.subarray(second)]);
    const moved = entry + gap.length;
    longer.writeUInt32LE(longer.readUInt32LE(moved + 20) + gap.length, moved + 20);
    const secondEntry = longer.indexOf('PK\x01\x02', moved + 1);
    longer.writeUInt32LE(second + gap.length, secondEntry + 42);
    longer.writeUInt32LE(moved, longer.length - 6);
    for (const chunkLength of [1, 50, 1e6]) expect(await pass(longer, chunkLength)).toBeNull();
  });
});

test('there are none for what is no zip, or a torn one', async () => {
  expect(await openMemberChecksums(bufferSource('a.pt', noise(100)))).toBeNull();
  expect(await openMemberChecksums(bufferSource('a.pt', Buffer.alloc(0)))).toBeNull();
  expect(await openMemberChecksums(bufferSource('a.pt', writeTorchZip().subarray(0, 500)))).toBeNull();
});

test('a chunk out of order is refused', async () => {
  const bytes = writeZip([stored]);
  const checksums = await openMemberChecksums(bufferSource('a.pt', bytes));
  await expect(async () => checksums?.update(bytes.subarray(10), 10)).rejects.toThrow(RangeError);
});
