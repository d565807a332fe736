import { expect, test } from 'vitest';
import { nextPiece, parsePieces, SIZES, tellPieces } from './pieces.mjs';

const piece = (seed: number, rest = {}) => ({
  ...{ kind: 'cuts' as const, seed, code: 'abc', count: 100, faults: [] as string[], seconds: 20, at: 'now' },
  ...rest,
});

test('pieces go on where they were left, with seeds of their own, and end at the goal', () => {
  expect(nextPiece([], 'cuts', 'abc')).toEqual({ count: 100, seed: 100_000 });
  const done = [piece(100_000), piece(100_010)];
  expect(nextPiece(done, 'cuts', 'abc')).toEqual({ count: 100, seed: 100_020 });
  expect(nextPiece([...done, piece(1, { count: SIZES.cuts.goal - 230 })], 'cuts', 'abc')?.count).toBe(30);
  expect(nextPiece([piece(1, { count: SIZES.cuts.goal })], 'cuts', 'abc')).toBeNull();
});

test('what was done on other sources counts for nothing', () => {
  const done = [piece(100_000, { code: 'older' }), piece(100_000, { kind: 'kills' })];
  expect(nextPiece(done, 'cuts', 'abc')?.seed).toBe(100_000);
  expect(tellPieces(done, 'cuts', 'abc')).toContain('cuts: 0 of 20000');
});

test('a record that was cut off costs its last line alone', () => {
  const text = `${JSON.stringify(piece(1))}\n{"kind":"cu`;
  expect(parsePieces(text)).toEqual([piece(1)]);
});

test('what was done is told with what it proves', () => {
  expect(tellPieces([piece(100_000), piece(100_010)], 'cuts', 'abc')).toBe(
    'cuts: 200 of 20000 on abc, 0 faults, fewer than 1 in 66 fail (95 %), seeds 100000 to 100010, 40 s',
  );
  expect(tellPieces([piece(1, { faults: ['torn'] })], 'cuts', 'abc')).toContain('1 faults, seeds');
});
