import { expect, test } from 'vitest';
import type { FileStatus } from '../files/file-identity.ts';
import { identityOfFolder } from './identity-of-folder.ts';

const now = Date.now();

/** The identity of a folder of two files of which the second was changed last at that time. */
function identityWith(main: number, other: number) {
  const status = (ino: number, ctimeMs: number): FileStatus => ({
    ...{ type: 'file', mode: 0o644, dev: 1, ino, size: 10, mtimeMs: now - 9000, ctimeMs },
  });
  const looks = new Map([
    ['a', status(5, main)],
    ['b', status(6, other)],
  ]);
  return identityOfFolder('a', ['a', 'b'], (name) => looks.get(name) ?? null);
}

test('a file that is rewritten at its size tells, also where another bears a time that lies ahead', () => {
  for (const main of [now - 9000, now + 3_600_000])
    expect(identityWith(main, now - 5000)).not.toEqual(identityWith(main, now - 4000));
});

test('where no time lies ahead it is that of the file that stands for all, their sum and their newest times', () => {
  expect(identityWith(now - 9000, now - 5000)).toEqual({
    ...{ dev: 1, ino: 5, size: 20, mtimeMs: now - 9000, ctimeMs: now - 5000 },
  });
});
