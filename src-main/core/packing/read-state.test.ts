import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { ModelManagerError, UsageError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { unpackWhole } from '../formats/gzip/unpack-whole.ts';
import { bufferSource } from '../formats/source.ts';
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

test('what is packed by gzip is read as what it packs; damaged, or cut off, it is told', async () => {
  writeFileSync(at('a.pt'), writeTorchZip());
  const packed = gzipSync(readFileSync(at('a.pt')));
  writeFileSync(at('a.pt.gz'), packed);
  const [read, direct] = await Promise.all(['a.pt.gz', 'a.pt'].map((name) => readState(at(name))));
  expect(await describeValue(read ?? null)).toEqual(await describeValue(direct ?? null));
  const damaged = Buffer.from(packed);
  damaged[packed.length >> 1] = (damaged[packed.length >> 1] ?? 0) ^ 1;
  for (const bytes of [packed.subarray(0, packed.length - 9), damaged]) {
    writeFileSync(at('a.pt.gz'), bytes);
    await expect(readState(at('a.pt.gz'))).rejects.toThrow(
      /^cannot read .* — its compressed data is damaged, or its end is missing — /,
    );
  }
});

test('a gzip file that unpacks to more than is wanted is not unpacked further', async () => {
  const bomb = bufferSource('a.pt.gz', gzipSync(Buffer.alloc(1 << 20)));
  await expect(unpackWhole(bomb, 1000)).rejects.toThrow('more than the 1,000 bytes that are unpacked');
});

test('a link is followed', async () => {
  writeFileSync(at('a.pt'), writeTorchZip());
  symlinkSync('a.pt', at('last.pt'));
  const [led, direct] = await Promise.all(['last.pt', 'a.pt'].map((name) => readState(at(name))));
  expect(await describeValue(led ?? null)).toEqual(await describeValue(direct ?? null));
});
