import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { isFolder } from './open-run-folder.ts';

test('a folder is one, also behind a link; a file, nothing, a loop of links and an endless name are none', () => {
  const folder = temporaryFolder();
  const link = join(folder, 'link');
  const loop = join(folder, 'loop');
  symlinkSync(folder, link);
  symlinkSync(loop, loop);
  expect([folder, link].map(isFolder)).toEqual([true, true]);
  const others = [put(folder, 'file', ''), join(folder, 'nothing'), loop, join(folder, 'x'.repeat(300))];
  expect(others.map(isFolder)).toEqual([false, false, false, false]);
});
