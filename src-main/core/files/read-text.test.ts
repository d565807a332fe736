import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ModelValidationError } from '../errors.ts';
import { readText } from './read-text.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

test.each([0, 1, 65_535, 65_536, 65_537, 3_000_000])(
  'a file of %i bytes is read to its last letter',
  (size) => {
    const text = `${'é'.repeat(size >> 1)}${'x'.repeat(size & 1)}`;
    const folder = temporaryFolder();
    expect(readText(put(folder, 'a.json', text), 4_000_000)).toBe(text);
    expect(readText(put(folder, 'b.json', 'short'), 10)).toBe('short');
  },
);

test('a file over the limit is refused with both sizes, unread', () => {
  const path = put(temporaryFolder(), 'a.json', '');
  truncateSync(path, 40 * 1024 * 1024);
  expect(() => readText(path, 16 * 1024 * 1024)).toThrow(
    '41,943,040 bytes, more than the 16 MB that are read',
  );
  truncateSync(path, 16 * 1024 * 1024);
  expect(readText(path, 16 * 1024 * 1024)).toHaveLength(16 * 1024 * 1024);
});

test('a pipe that nobody writes to, and a folder, are refused without waiting', () => {
  const folder = temporaryFolder();
  execFileSync('mkfifo', [join(folder, 'pipe.json')]);
  mkdirSync(join(folder, 'folder.json'));
  expect(() => readText(join(folder, 'pipe.json'), 100)).toThrow(ModelValidationError);
  expect(() => readText(join(folder, 'folder.json'), 100)).toThrow('not a regular file');
});

test('a link is not followed, wherever it leads', () => {
  const folder = temporaryFolder();
  symlinkSync(put(folder, 'secret', 'secret'), join(folder, 'link.json'));
  symlinkSync(join(folder, 'loop.json'), join(folder, 'loop.json'));
  for (const name of ['link.json', 'loop.json']) {
    expect(() => readText(join(folder, name), 100)).toThrow(expect.objectContaining({ code: 'ELOOP' }));
  }
});
