import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { makeOutsideFolder, removeMade } from './make-outside-folder.ts';

test('a folder that is made for copies goes again with those that were made above it', async () => {
  const place = temporaryFolder();
  const folder = makeOutsideFolder(join(place, 'a/b/c'), '/run', 'export');
  expect(folder).toEqual({ path: join(place, 'a/b/c'), made: join(place, 'a') });
  await removeMade(realDisk, folder);
  expect(readdirSync(place)).toEqual([]);
  const there = makeOutsideFolder(place, '/run', 'export');
  await removeMade(realDisk, there);
  expect(existsSync(place)).toBe(true);
});

test('a folder within the run is refused, behind a link too, and nothing is made there', () => {
  const run = temporaryFolder();
  const link = join(temporaryFolder(), 'link');
  symlinkSync(run, link);
  for (const folder of [run, join(run, 'best_models/new'), join(link, 'new'), link])
    expect(() => makeOutsideFolder(folder, run, 'export')).toThrow(
      /^cannot export to .* — it is part of the run — /,
    );
  expect(readdirSync(run)).toEqual([]);
});

test('what cannot be a folder is refused in words', () => {
  const file = put(temporaryFolder(), 'file', 'not a folder');
  for (const folder of [file, join(file, 'below')])
    expect(() => makeOutsideFolder(folder, '/run', 'back up')).toThrow(
      /^cannot back up to .* — name another folder$/,
    );
});
