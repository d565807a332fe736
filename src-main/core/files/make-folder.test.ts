import { statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

test('a folder is made with all above it, and the uppermost is told', () => {
  const home = temporaryFolder();
  expect(makeFolder(join(home, 'a/b/c'), 0o700)).toBe(join(home, 'a'));
  expect(statSync(join(home, 'a/b/c')).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, 'a')).mode & 0o777).toBe(0o700);
  expect(makeFolder(join(home, 'a/b/d'))).toBe(join(home, 'a/b/d'));
  expect(makeFolder(join(home, 'a/b/c'))).toBeNull();
});

test('a link to a folder is a folder', () => {
  const home = temporaryFolder();
  makeFolder(join(home, 'real'));
  symlinkSync(join(home, 'real'), join(home, 'link'));
  expect(makeFolder(join(home, 'link'))).toBeNull();
  expect(makeFolder(join(home, 'link/below'))).toBe(join(home, 'link/below'));
});

test.each([
  ['is a file', 'file', /EEXIST/],
  ['is below a file', 'file/below', /ENOTDIR/],
  ['is a link to nothing', 'nowhere', /EEXIST/],
  ['is below a link to nothing', 'nowhere/below', /EEXIST/],
])('one that %s is refused', (_what, path, code) => {
  const home = temporaryFolder();
  put(home, 'file', 'x');
  symlinkSync(join(home, 'nothing'), join(home, 'nowhere'));
  expect(() => makeFolder(join(home, path))).toThrow(code);
});

test
  .runIf(process.platform === 'linux')
  .each(['/proc/self/nope', '/proc/self/nope/cairn/runs', '/proc/nope'])(
  'where nothing can be made this is told at once: %s',
  (path) => {
    expect(() => makeFolder(path)).toThrow(/ENOENT/);
  },
);
