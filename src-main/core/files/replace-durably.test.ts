import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from './disk.ts';
import { FaultDisk } from './fault-disk.fixture.ts';
import { replaceDurably } from './replace-durably.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

const bytes = Buffer.from('new');
const failing = (at: string) => {
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (call.startsWith(at)) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
  };
  return disk;
};

test('a file is replaced, and its name is on the medium when that is done', async () => {
  const folder = temporaryFolder();
  put(folder, 'a.json', 'old');
  const disk = new FaultDisk(realDisk);
  await replaceDurably(disk, folder, 'a.json', bytes);
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('new');
  expect(disk.calls.at(-1)).toBe(`syncFolder ${folder}`);
});

test('where the new one has its name and the disk does not confirm it, that is said: it is not told to have failed', async () => {
  const folder = temporaryFolder();
  put(folder, 'a.json', 'old');
  await expect(replaceDurably(failing('syncFolder'), folder, 'a.json', bytes)).rejects.toThrow(
    /^it is uncertain whether this lasts — a\.json is written, but .* — fix that, and do it again$/,
  );
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('new');
});

test('where it cannot be renamed, the old one stays and nothing is left beside it', async () => {
  const folder = temporaryFolder();
  put(folder, 'a.json', 'old');
  await expect(replaceDurably(failing('rename'), folder, 'a.json', bytes)).rejects.toThrow('EIO');
  expect(readdirSync(folder)).toEqual(['a.json']);
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('old');
});
