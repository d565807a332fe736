import { expect, test } from 'vitest';
import { readAhead } from './read-ahead.ts';

const source = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => index % 251));

async function readSource(buffer: Uint8Array, position: number): Promise<number> {
  await Promise.resolve();
  return source.copy(buffer, 0, position, position + 700_001);
}

test('every byte comes once and in order, however short the reads are', async () => {
  const pieces: Buffer[] = [];
  for await (const piece of readAhead(readSource)) pieces.push(Buffer.from(piece));
  expect(Buffer.concat(pieces).equals(source)).toBe(true);
});

test('a piece stays as it is while it is used', async () => {
  let position = 0;
  for await (const piece of readAhead(readSource)) {
    await new Promise(setImmediate);
    expect(Buffer.compare(piece, source.subarray(position, position + piece.length))).toBe(0);
    position += piece.length;
  }
  expect(position).toBe(source.length);
});

test('a read that fails is told when its turn comes, and not at all to one who stopped listening', async () => {
  const failing = async (buffer: Uint8Array, position: number) => {
    if (position > 0) throw new Error('EIO');
    return readSource(buffer, position);
  };
  const read = async () => {
    for await (const _piece of readAhead(failing));
  };
  await expect(read()).rejects.toThrow('EIO');
  for await (const _piece of readAhead(failing)) break;
});
