import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ModelManagerError, UsageError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { describeValue } from './describe-value.fixture.ts';
import { readState } from './read-state.ts';

let folder = '';
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = temporaryFolder();
});

test.each([
  ['nothing', () => {}, 'it is not there'],
  ['a folder', (path: string) => mkdirSync(path), 'it is no regular file'],
  ['a link to itself', (path: string) => symlinkSync(path, path), 'it is a symbolic link, or a loop of them'],
] as const)('of %s nothing is read, and that is told in one line', async (_, make, why) => {
  make(at('a.pt'));
  const failed = await readState(at('a.pt')).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(UsageError);
  expect(failed).toMatchObject({
    message: `cannot read ${at('a.pt')} — ${why} — name a checkpoint file`,
    path: at('a.pt'),
  });
});

test('of what is no checkpoint it is told what to do', async () => {
  writeFileSync(at('a.pt'), 'no checkpoint');
  await expect(readState(at('a.pt'))).rejects.toThrow(ModelManagerError);
  await expect(readState(at('a.pt'))).rejects.toThrow(/^cannot load .* — .* — go on from another version$/);
});

test('a link is followed', async () => {
  writeFileSync(at('a.pt'), writeTorchZip());
  symlinkSync('a.pt', at('last.pt'));
  const [led, direct] = await Promise.all(['last.pt', 'a.pt'].map((name) => readState(at(name))));
  expect(await describeValue(led ?? null)).toEqual(await describeValue(direct ?? null));
});
