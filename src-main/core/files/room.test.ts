import { expect, test } from 'vitest';
import { realDisk } from './disk.ts';
import { assertRoom } from './room.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

const full = { ...realDisk, freeSpace: async () => 0 };

test('emptying the trash is only advised where it holds something', async () => {
  const run = temporaryFolder();
  const room = { disk: full, folder: run, use: 'save' } as const;
  await expect(assertRoom(room, 1)).rejects.toThrow(/ — free some there$/);
  put(run, '.cairn/trash/.half/x', 'x');
  await expect(assertRoom(room, 1)).rejects.toThrow(/ — free some there$/);
  put(run, '.cairn/trash/20260102T030405-a/operation.json', '{}');
  await expect(assertRoom(room, 1)).rejects.toThrow(/ — empty the trash, or free some$/);
  await expect(assertRoom({ ...room, folder: `${run}/.cairn` }, 1)).rejects.toThrow(/empty the trash/);
});
