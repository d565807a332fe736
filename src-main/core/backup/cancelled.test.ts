import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

async function aRun(): Promise<{ run: string; ids: Set<string>; manager: ModelManager }> {
  const run = temporaryFolder();
  const ids = new Set([1, 2, 3].map((version) => saveModel(run, version)));
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return { run, ids, manager };
}

/** Stops once so many times bytes were told. */
function stopAfter(times: number) {
  const stop = new AbortController();
  let told = 0;
  let left = times;
  const onBytes = (bytes: number) => {
    told += bytes;
    if (bytes > 0) left -= 1;
    if (left === 0) stop.abort(new Error('enough'));
  };
  return { reading: { signal: stop.signal, onBytes }, told: () => told };
}

test('bytes are told as they are copied; a backup that is stopped is none, and leaves no half file', async () => {
  const { run, ids, manager } = await aRun();
  const { reading } = stopAfter(2);
  await expect(manager.backups.create(ids, { reading })).rejects.toThrow('enough');
  expect((await manager.backups.list()).backups).toEqual([]);
  const objects = readdirSync(join(run, '.cairn/backups/objects'));
  expect(objects.filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
  const whole = stopAfter(Number.POSITIVE_INFINITY);
  const { manifest } = await manager.backups.create(ids, { reading: whole.reading });
  expect(whole.told()).toBeGreaterThanOrEqual(manifest.versions.length * 100);
});

test('verifying backups that is stopped finds nothing damaged', async () => {
  const { ids, manager } = await aRun();
  await manager.backups.create(ids);
  await expect(manager.backups.verify(null, null, stopAfter(1).reading)).rejects.toThrow('enough');
  expect((await manager.backups.list()).backups.map(({ manifest }) => manifest.state)).toEqual(['verified']);
});

test('a restore that is stopped changes nothing', async () => {
  const { run, ids, manager } = await aRun();
  const { manifest } = await manager.backups.create(ids);
  for (const id of ids) rmSync(join(run, id));
  const before = readdirSync(join(run, 'best_models')).sort();
  await expect(manager.backups.restore(manifest.id, null, null, stopAfter(2).reading)).rejects.toThrow(
    'enough',
  );
  expect(readdirSync(join(run, 'best_models')).sort()).toEqual(before);
});

test('the log says what was moved, how much, and by which operation it can be undone', async () => {
  const { run, ids, manager } = await aRun();
  const operation = await manager.moveToTrash([...ids].slice(0, 1));
  const [line] = manager.log();
  expect(line).toMatchObject({ command: 'trash', operation, result: 'done' });
  expect(line?.bytes).toBeGreaterThan(0);
  const { manifest } = await manager.backups.create(ids);
  expect(manager.log().at(-1)).toMatchObject({
    command: 'backup',
    ids: manifest.versions.map(({ id }) => id),
  });
  // Lines of an earlier Cairn have neither.
  expect(readFileSync(join(run, '.cairn/log.jsonl'), 'utf8').split('\n')).toHaveLength(3);
});
