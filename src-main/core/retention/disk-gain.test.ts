import { linkSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { diskGain } from './disk-gain.ts';

const data = Buffer.alloc(100_000, 1);
const occupied = (path: string) => statSync(path).blocks * 512;

test('what files occupy comes back, which is not their size', async () => {
  const path = put(temporaryFolder(), 'a.pt', data);
  expect((await diskGain([path])).bytes).toBe(occupied(path));
  expect((await diskGain([path, path])).bytes).toBe(occupied(path));
});

test('a file with several names comes back only when all of them go', async () => {
  const folder = temporaryFolder();
  const path = put(folder, 'a.pt', data);
  const second = join(folder, 'b.pt');
  linkSync(path, second);
  expect((await diskGain([path])).bytes).toBe(0);
  expect((await diskGain([path, second])).bytes).toBe(occupied(path));
});

test('nothing comes back of a link, a folder, or what is gone', async () => {
  const folder = temporaryFolder();
  const path = put(folder, 'a.pt', data);
  symlinkSync(path, join(folder, 'link.pt'));
  expect((await diskGain([join(folder, 'link.pt'), folder, join(folder, 'gone.pt')])).bytes).toBe(0);
});

test('a file that a backup is a clone of gives nothing back, unless it was written again since', async () => {
  const path = put(temporaryFolder(), 'a.pt', data);
  const { ino, mtimeMs } = statSync(path);
  expect(await diskGain([path], [{ ino, mtime_ms: mtimeMs }])).toMatchObject({ bytes: 0, atMost: false });
  expect((await diskGain([path], [{ ino, mtime_ms: mtimeMs - 1 }])).bytes).toBe(occupied(path));
});
