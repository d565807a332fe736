import { spawnSync } from 'node:child_process';
import { basename } from 'node:path/posix';
import { expect, test } from 'vitest';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { stageFile } from '../files/stage-file.ts';
import { recoverRun } from './recover-run.ts';

const folders = [
  'best_models',
  '.cairn',
  '.cairn/intents',
  '.cairn/backups/objects',
  '.cairn/backups/manifests',
];

/** A name as this process stages it, of one that has ended. */
async function abandonedName(): Promise<string> {
  const disk = new MemoryDisk();
  const { pid } = spawnSync(process.execPath, ['--version']);
  const { path } = await stageFile(disk, '', 'file', []);
  return basename(path).replace(`.${process.pid}.`, `.${pid}.`);
}

test.each(folders)('what an ended process left half written in %s is removed', async (folder) => {
  const disk = new MemoryDisk();
  const name = await abandonedName();
  disk.plant(`/run/${folder}/${name}`, 'half');
  disk.plant(`/run/${folder}/whole`, 'whole');
  const { removed } = await recoverRun(disk, '/run', ['best_models']);
  expect(removed).toEqual([`${folder}/${name}`]);
  expect([...disk.files().keys()]).toEqual([`/run/${folder}/whole`]);
});

test('what a living process is writing is left alone', async () => {
  const disk = new MemoryDisk();
  disk.plant('/run/best_models/x', '');
  const { path } = await stageFile(disk, '/run/best_models', 'file', []);
  await recoverRun(disk, '/run', ['best_models']);
  expect(await disk.lookAt(path)).not.toBeNull();
});
