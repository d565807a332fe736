import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BackupStore } from '../backup/backup-store.ts';
import { readIntents } from '../operations/recover-run.ts';
import { readTrashRecords } from '../trash/read-trash-records.ts';
import { realDisk } from './disk.ts';
import { FaultDisk } from './fault-disk.fixture.ts';
import { mostBytes } from './read-record.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

const id = '20260301T000000-abcdef';

test.each([
  ['.cairn/intents/ID.json', (disk: FaultDisk, root: string) => readIntents(disk, root)],
  ['.cairn/trash/ID/manifest.json', readTrashRecords],
  [
    '.cairn/backups/manifests/ID.json',
    (disk: FaultDisk, root: string) => new BackupStore(disk, join(root, '.cairn/backups')).list(),
  ],
])(
  'a record %s that is larger than any Cairn writes is damaged, and none of it is read',
  async (name, read) => {
    const root = temporaryFolder();
    const path = put(root, name.replace('ID', id), '');
    truncateSync(path, mostBytes.files + 1);
    const disk = new FaultDisk(realDisk);
    await Promise.resolve(read(disk, root)).catch((error: unknown) => {
      expect(String(error)).toContain('is damaged');
    });
    expect(disk.calls).toContain(`lookAt ${path}`);
    expect(disk.calls).not.toContain(`open ${path}`);
  },
);
