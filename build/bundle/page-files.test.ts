import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listPageFiles } from './page-files.mjs';

test('every built file of a known type is listed by its path in the page, and no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-page-'));
  await mkdir(join(folder, 'assets'));
  for (const name of ['index.html', 'assets/index-1a.js', 'licenses.md'])
    await writeFile(join(folder, name), '');
  expect(await listPageFiles(folder)).toEqual({
    '/index.html': { file: 'index.html', type: 'text/html; charset=utf-8' },
    '/assets/index-1a.js': { file: 'assets/index-1a.js', type: 'text/javascript; charset=utf-8' },
  });
  await rm(folder, { recursive: true });
});
