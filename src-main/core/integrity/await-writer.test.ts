import { beforeEach, expect, test, vi } from 'vitest';
import { awaitWriter } from './await-writer.ts';

let waits = 0;
vi.mock('node:timers/promises', () => ({
  setTimeout: async () => {
    waits += 1;
  },
}));
beforeEach(() => {
  waits = 0;
});

function touched(ago: { mtime: number; ctime: number }) {
  const now = Date.now();
  return { dev: 1, ino: 1, size: 1, mtimeMs: now - ago.mtime, ctimeMs: now - ago.ctime };
}

test.each([
  ['a moment ago', [touched({ mtime: 100, ctime: 100 })], 1],
  ['under an old time', [touched({ mtime: 1e9, ctime: 100 })], 1],
  ['in the future', [touched({ mtime: -1e9, ctime: 1e9 })], 1],
  ['beside an old one', [touched({ mtime: 1e9, ctime: 1e9 }), null, touched({ mtime: 0, ctime: 0 })], 1],
  ['long ago', [touched({ mtime: 10_000, ctime: 10_000 }), null], 0],
])('whoever wrote %s is waited for: %#', async (_when, files, expected) => {
  await awaitWriter(files, undefined);
  expect(waits).toBe(expected);
});
