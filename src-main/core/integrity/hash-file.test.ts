import { createHash, randomFillSync } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { hashFile } from './hash-file.ts';

const chunk = 4 * 1024 * 1024;
const noise = randomFillSync(Buffer.alloc(2 * chunk + 1));
const ignore = () => undefined;

test.each([0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk - 1, 2 * chunk, 2 * chunk + 1])(
  'a file of %i bytes is hashed whole, and each byte is passed on once, in order',
  async (size) => {
    const bytes = noise.subarray(0, size);
    const path = put(temporaryFolder(), 'a.pt', bytes);
    const tapped = createHash('sha256');
    let length = 0;
    const hash = await hashFile(path, async (piece, offset) => {
      expect(offset).toBe(length);
      length += piece.length;
      tapped.update(piece);
      await new Promise(setImmediate);
      expect(noise.compare(piece, 0, piece.length, offset, offset + piece.length)).toBe(0);
    });
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect([hash, tapped.digest('hex'), length]).toEqual([expected, expected, size]);
  },
);

test('it stops when it is told to, with the reason given', async () => {
  const path = put(temporaryFolder(), 'a.pt', noise);
  const stop = new AbortController();
  let pieces = 0;
  const hashing = hashFile(
    path,
    () => {
      pieces += 1;
      stop.abort(new Error('enough'));
    },
    stop.signal,
  );
  await expect(hashing).rejects.toThrow('enough');
  expect(pieces).toBe(1);
});

test('what is wrong with whoever listens, or with the file, is not swallowed', async () => {
  const folder = temporaryFolder();
  const path = put(folder, 'a.pt', noise);
  symlinkSync(path, join(folder, 'link.pt'));
  const fail = () => {
    throw new Error('listener');
  };
  await expect(hashFile(path, fail)).rejects.toThrow('listener');
  await expect(hashFile(join(folder, 'gone.pt'), ignore)).rejects.toThrow('ENOENT');
  await expect(hashFile(join(folder, 'link.pt'), ignore)).rejects.toThrow('ELOOP');
});
