import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { assertRoomForRun } from './check-save.ts';

const withFree = (freeSpace: Disk['freeSpace']): Disk => ({ ...realDisk, freeSpace });

test('a run that is to be made needs room where it is to be, told as every save tells it', async () => {
  const [folder, asked] = [temporaryFolder(), [] as string[]];
  const disk = withFree(async (path) => {
    asked.push(path);
    return 5_000_000;
  });
  await assertRoomForRun(join(folder, 'a/b'), 1000, disk);
  await expect(assertRoomForRun(join(folder, 'a/b'), 5_000_000, disk)).rejects.toThrow(
    'no space for this save — it needs 5,000,000 bytes and 1 MiB beside them, 5,000,000 are free — free some there, or name another folder',
  );
  expect(new Set(asked)).toEqual(new Set([folder]));
});

test('a disk that does not tell what is free refuses no run, and a run that is there is not asked for', async () => {
  const folder = temporaryFolder();
  const silent = withFree(() => Promise.reject(Object.assign(new Error('ENOSYS'), { code: 'ENOSYS' })));
  await assertRoomForRun(join(folder, 'run'), 1000, silent);
  await assertRoomForRun(
    folder,
    1000,
    withFree(async () => 0),
  );
});
