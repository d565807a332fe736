import {
  appendFileSync,
  linkSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { FileChangedError, OpenFiles } from './open-files.ts';

let [folder, path] = ['', ''];
beforeEach(() => {
  folder = temporaryFolder();
  path = put(folder, 'a.pt', 'as it was');
  utimesSync(path, 1000, 1000);
});

async function openOne(named = path): Promise<OpenFiles> {
  const files = new OpenFiles();
  onTestFinished(() => files.close());
  await files.open(named, path);
  return files;
}

const told = (why: RegExp) => async (files: OpenFiles) => {
  const thrown = await files.assertUnchanged().catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(FileChangedError);
  expect(String(thrown)).toMatch(why);
};

test('a file that nobody touches stays the same, also under a second name', async () => {
  const files = await openOne();
  linkSync(path, join(folder, 'b.pt'));
  await files.assertUnchanged();
});

test('another file renamed over it is told, though it is as long and as old', async () => {
  const files = await openOne();
  const other = put(folder, 'b.pt', 'not as it');
  utimesSync(other, 1000, 1000);
  renameSync(other, path);
  await told(/another file took its place/)(files);
});

test.each([
  ['longer', () => appendFileSync(path, ' and more')],
  ['anew, as long as before', () => writeFileSync(path, 'not as it')],
  ['to nothing', () => writeFileSync(path, '')],
])('a file that is written %s is told', async (_, write) => {
  const files = await openOne();
  write();
  await told(/written to while it was read/)(files);
});

test('a file that is gone, and a link that leads elsewhere, are told', async () => {
  const link = join(folder, 'last.pt');
  symlinkSync(path, link);
  const files = await openOne(link);
  await files.assertUnchanged();
  unlinkSync(link);
  await told(/moved or removed/)(files);
  symlinkSync(put(folder, 'b.pt', 'as it was'), link);
  await told(/another file took its place/)(files);
});
