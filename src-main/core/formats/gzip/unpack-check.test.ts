import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { noise } from '../fixtures/bytes.ts';
import { UnpackCheck } from './unpack-check.ts';

/** One pass over the bytes in chunks of 50. */
async function pass(bytes: Buffer, limit?: number) {
  const check = new UnpackCheck(limit);
  for (let offset = 0; offset < bytes.length; offset += 50) {
    await check.update(bytes.subarray(offset, offset + 50));
  }
  return check.finish();
}

const bytes = gzipSync(Buffer.concat([noise(100), Buffer.from('import torch\n'.repeat(30))]));
const whole = { format: 'gzip', state: 'whole', detail: null };

test('what unpacks to its end is whole, in several parts too', async () => {
  expect(await pass(bytes)).toEqual(whole);
  expect(await pass(Buffer.concat([bytes, bytes]))).toEqual(whole);
});

test('cut off anywhere, or with a bit flipped where it counts, it is torn', async () => {
  const broken = { state: 'torn', detail: expect.stringContaining('damaged, or its end is missing') };
  for (let length = 3; length < bytes.length; length += 1)
    expect(await pass(bytes.subarray(0, length))).toMatchObject(broken);
  for (const at of [20, 60, bytes.length - 8, bytes.length - 1]) {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 4, at);
    expect(await pass(damaged)).toMatchObject(broken);
  }
});

test('a bomb is unpacked as far as the limit, and not called torn', async () => {
  const bomb = gzipSync(Buffer.alloc(5e6));
  expect(await pass(bomb, 5e6)).toEqual(whole);
  expect(await pass(bomb, 1e6)).toEqual({
    format: 'gzip',
    state: 'unknown',
    detail: 'a gzip file that unpacks to more than 1,000,000 bytes: only these were looked at',
  });
});
