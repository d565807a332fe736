import { spawnSync } from 'node:child_process';
import { basename } from 'node:path/posix';
import { expect, test } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { stageFile } from '../files/stage-file.ts';
import { perform, plant, recover, seen } from './history.fixture.ts';
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

test('what another machine may still be writing is left alone', async () => {
  const disk = new MemoryDisk();
  const name = (await abandonedName()).replace(/\.[A-Za-z0-9-]+(?=(\.\w+){3}\.tmp$)/, '.another-host');
  disk.plant(`/run/best_models/${name}`, 'half');
  await recoverRun(disk, '/run', ['best_models']);
  expect([...disk.files().keys()]).toEqual([`/run/best_models/${name}`]);
});

test('an intent that went, but not for good, does not come back once a recovery has looked', async () => {
  const disk = new MemoryDisk();
  plant(disk, 'notes.txt', 'a file of someone else');
  const saving = { do: 'save', text: 'a model', reward: 1 } as const;
  const faults = new FaultDisk(disk);
  faults.before = (call) => {
    if (call.startsWith('unlink') && call.endsWith('/intents/save-1.json')) faults.failFromNow('EIO');
  };
  await perform(faults, disk, saving, 1);
  expect(faults.failed).toBeGreaterThan(0);
  await recover(disk);
  for (const state of disk.crashStates())
    expect([...state.files().keys()].filter((path) => path.includes('/intents/'))).toEqual([]);
});

test('where a training wrote meanwhile, what was interrupted is taken back, and the run goes on', async () => {
  const disk = new MemoryDisk();
  plant(disk, 'checkpoints/checkpoint.pt', 'the first model');
  const cut = new FaultDisk(disk);
  cut.before = (call) => {
    if (call.startsWith('link')) cut.failFromNow('EPOWER');
  };
  await perform(cut, disk, { do: 'save', text: 'a model', reward: 1 }, 1).catch(() => undefined);
  await disk.unlink('/data/run/checkpoints/checkpoint.pt');
  plant(disk, 'checkpoints/checkpoint.pt', 'of a training');
  expect(await recover(disk)).toMatchObject({ finished: [], undone: ['save-1'] });
  expect(seen(disk).get('checkpoints/checkpoint.pt')).toBe('of a training');
  await perform(disk, disk, { do: 'save', text: 'a later model', reward: 1 }, 2);
  expect(seen(disk).get('checkpoints/checkpoint.pt')).toBe('a later model');
});

test('folders that the trash needs no more are removed', async () => {
  const disk = new MemoryDisk();
  plant(disk, '.cairn/trash/notes', '');
  await disk.mkdir('/data/run/.cairn/trash/prune-1');
  await disk.mkdir('/data/run/.cairn/trash/prune-1/files');
  await recover(disk);
  expect(await disk.readdir('/data/run/.cairn/trash')).toEqual(['notes']);
});
