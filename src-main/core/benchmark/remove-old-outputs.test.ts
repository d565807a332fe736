import { readdirSync, utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { removeOldOutputs } from './remove-old-outputs.ts';

test('what evaluators printed more than 30 days ago goes, and nothing else', async () => {
  const folder = temporaryFolder();
  const day = 24 * 3600;
  const now = Date.now() / 1000;
  for (const [name, age] of [
    ['0123456789abcdef.stdout', 31],
    ['0123456789abcdef.stderr', 29],
    ['notes.stdout', 99],
    ['0123456789abcdef.txt', 99],
  ] as const)
    utimesSync(put(folder, name, 'x'), now, now - age * day);
  await removeOldOutputs(realDisk, folder);
  expect(readdirSync(folder).sort()).toEqual([
    '0123456789abcdef.stderr',
    '0123456789abcdef.txt',
    'notes.stdout',
  ]);
});
