import { expect, test } from 'vitest';
import { noise } from './fixtures/bytes.ts';
import { readAhead } from './read-ahead.ts';
import { bufferSource } from './source.ts';

const bytes = noise(100_000);

test('parts that lie near each other are read together, and are what they are', async () => {
  const source = bufferSource('a', bytes);
  let reads = 0;
  const counted = {
    ...source,
    read: (offset: number, length: number) => {
      reads += 1;
      return source.read(offset, length);
    },
  };
  const ahead = readAhead(counted, 1000);
  for (let at = 0; at < 99_900; at += 100)
    expect((await ahead.read(at, 90)).equals(bytes.subarray(at, at + 90))).toBe(true);
  expect((await ahead.read(5, 50_000)).equals(bytes.subarray(5, 50_005))).toBe(true);
  expect(reads).toBeLessThan(10);
});

test('of few parts, or long ones, nothing more is read than is asked for', () => {
  const source = bufferSource('a', bytes);
  expect(readAhead(source, 999)).toBe(source);
  const long = bufferSource('b', Buffer.alloc(2_000_000));
  expect(readAhead(long, 1000)).toBe(long);
});
