import { createHash } from 'node:crypto';
import { appendFileSync, createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { findChangedFiles, ownFilesList } from './find-changed-files.ts';

const find = (resources: string) => findChangedFiles(resources, createReadStream);

test('30: a file of the app that changed or is gone is named; what is not on the list is not its own', async () => {
  const resources = temporaryFolder();
  const own = ['app.asar', 'native/lock.node', 'cli/cairn.js'];
  for (const path of [...own, 'sample-run/a.pt']) put(resources, path, path);
  const hashes = own.map((path) => [path, createHash('sha256').update(path).digest('hex')]);
  put(resources, ownFilesList, JSON.stringify(Object.fromEntries(hashes)));
  appendFileSync(join(resources, 'sample-run/a.pt'), 'x');
  expect(await find(resources)).toEqual([]);
  appendFileSync(join(resources, 'app.asar'), 'x');
  rmSync(join(resources, 'native/lock.node'));
  expect(await find(resources)).toEqual(['app.asar', 'native/lock.node']);
});

test('30: a list that is gone or damaged is named itself', async () => {
  const resources = temporaryFolder();
  expect(await find(resources)).toEqual([ownFilesList]);
  put(resources, ownFilesList, '{"app.asar":"?"}');
  expect(await find(resources)).toEqual([ownFilesList]);
});
