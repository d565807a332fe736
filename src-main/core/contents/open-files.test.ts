import {
  appendFileSync,
  linkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { ModelManagerError } from '../errors.ts';
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

test('a file whose folder is gone, or is a file now, is told as moved', async () => {
  const inner = put(folder, 'inner/a.pt', 'as it was');
  const files = await openOne(inner);
  rmSync(join(folder, 'inner'), { recursive: true });
  await told(/moved or removed/)(files);
  put(folder, 'inner', 'a file');
  await told(/moved or removed/)(files);
});

test('a path that the system cannot follow any more is told in one line, with what to do', async () => {
  const link = join(folder, 'last.pt');
  symlinkSync(path, link);
  const files = await openOne(link);
  unlinkSync(link);
  symlinkSync(link, link);
  const thrown = await files.assertUnchanged().catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ModelManagerError);
  expect(String(thrown)).toContain(
    'cannot look into LINK — it is a symbolic link, or a loop of them — fix that and try again'.replace(
      'LINK',
      link,
    ),
  );
});

test('what is not there any more when it is opened, or is no file, is told in one line', async () => {
  const files = new OpenFiles();
  const openIt = (file: string) => files.open('a.pt', file).catch((error: unknown) => error);
  const absent = await openIt(join(folder, 'gone.pt'));
  expect(absent).toBeInstanceOf(FileChangedError);
  expect(String(absent)).toMatch(
    /^FileChangedError: cannot look into a\.pt — it was moved or removed .* — .+$/,
  );
  const other = await openIt(folder);
  expect(other).toBeInstanceOf(ModelManagerError);
  expect(String(other)).toMatch(/cannot look into a\.pt — .*not a regular file.* — fix that and try again$/);
});
