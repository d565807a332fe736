import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { filesOf } from './backup-manifest.ts';
import { BackupStore } from './backup-store.ts';
import { whileLocked } from './while-locked.ts';

const objectsOf = (run: string) => readdirSync(join(run, '.cairn/backups/objects')).sort();

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

test('bytes are told as they are copied; a backup that is stopped is none, and leaves no bytes', async () => {
  const { run, ids, manager } = await aRun();
  const { reading } = stopAfter(2);
  await expect(manager.backups.create(ids, { reading })).rejects.toThrow('enough');
  expect((await manager.backups.list()).backups).toEqual([]);
  expect(readdirSync(join(run, '.cairn/backups'))).toEqual([]);
  const whole = stopAfter(Number.POSITIVE_INFINITY);
  const { manifest } = await manager.backups.create(ids, { reading: whole.reading });
  expect(whole.told()).toBeGreaterThanOrEqual(manifest.versions.length * 100);
});

test('a backup that is stopped takes no bytes that another has', async () => {
  const { run, ids, manager } = await aRun();
  await manager.backups.create(new Set([...ids].slice(0, 1)));
  const before = objectsOf(run);
  await expect(manager.backups.create(ids, { reading: stopAfter(4).reading })).rejects.toThrow('enough');
  expect(objectsOf(run)).toEqual(before);
  expect((await manager.backups.verify(null)).backups.map(({ manifest }) => manifest.state)).toEqual([
    'verified',
  ]);
});

test('a backup that cannot be put on record leaves no bytes', async () => {
  const { run, ids, manager } = await aRun();
  put(run, '.cairn/run.json', '{');
  await expect(manager.backups.create(ids)).rejects.toThrow('nothing was backed up');
  expect(readdirSync(join(run, '.cairn/backups'))).toEqual([]);
});

test.each([
  { there: [], left: [] },
  { there: ['notes.txt'], left: ['notes.txt'] },
  { there: ['objects/mine.txt'], left: ['objects', 'objects/mine.txt'] },
])(
  'a backup that came to nothing leaves the folder that a person chose as it was: $there',
  async ({ there, left }) => {
    const { ids, manager } = await aRun();
    const to = temporaryFolder();
    for (const name of there) put(to, name, name);
    const stopped = manager.backups.create(ids, { to, reading: stopAfter(2).reading });
    await expect(stopped).rejects.toThrow('enough');
    expect((readdirSync(to, { recursive: true }) as string[]).sort()).toEqual(left);
    const made = join(to, 'a/b');
    await expect(manager.backups.create(ids, { to: made, reading: stopAfter(2).reading })).rejects.toThrow(
      'enough',
    );
    expect((readdirSync(to, { recursive: true }) as string[]).sort()).toEqual(left);
  },
);

test('a file of somebody else that is named as the lock of a folder of backups keeps its bytes, and the folder gets no backups', async () => {
  const { ids, manager } = await aRun();
  const to = temporaryFolder();
  put(to, 'lock', 'the combination is 1234');
  await expect(manager.backups.create(ids, { to })).rejects.toThrow(
    /^nothing is put into .* — the file lock in it is not Cairn’s — name another folder, or move it away$/,
  );
  expect(readdirSync(to)).toEqual(['lock']);
  expect(readFileSync(join(to, 'lock'), 'utf8')).toBe('the combination is 1234');
});

test('no folder is made for a backup of a run that is gone', async () => {
  const { run, ids, manager } = await aRun();
  const to = temporaryFolder();
  renameSync(run, `${run}-away`);
  onTestFinished(() => rmSync(`${run}-away`, { recursive: true }));
  await expect(manager.backups.create(ids, { to: join(to, 'a/b') })).rejects.toThrow('ENOENT');
  expect(readdirSync(to)).toEqual([]);
});

test('a folder for backups that came to nothing stays while others put some there', async () => {
  const [one, other] = [await aRun(), await aRun()];
  const to = temporaryFolder();
  await whileLocked(new BackupStore(realDisk, to), { command: 'backup', wait: 0, shared: true }, async () => {
    const stopped = one.manager.backups.create(one.ids, { to, reading: stopAfter(2).reading });
    await expect(stopped).rejects.toThrow('enough');
    expect(readdirSync(to).sort()).toEqual(['lock', 'manifests', 'objects']);
  });
  await other.manager.backups.create(other.ids, { to });
  expect((await other.manager.backups.verify(null, to)).backups).toHaveLength(1);
});

test('what a stopped backup left while others backed up goes with a backup of another day', async () => {
  const { run, ids, manager } = await aRun();
  const other = new BackupStore(realDisk, join(run, '.cairn/backups'));
  const [first = '', ...rest] = ids;
  await manager.backups.create(new Set([first]));
  await whileLocked(other, { command: 'backup', wait: 0, shared: true }, async () => {
    await expect(manager.backups.create(new Set(rest), { reading: stopAfter(2).reading })).rejects.toThrow(
      'enough',
    );
  });
  expect(objectsOf(run).length).toBeGreaterThan(2);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 24 * 3600 * 1000 });
  onTestFinished(() => void vi.useRealTimers());
  const { manifest } = await manager.backups.create(new Set([first]));
  expect(objectsOf(run)).toHaveLength(filesOf(manifest).length);
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

test('a restore that is stopped as it compares reads no further and changes nothing', async () => {
  const { run, ids, manager } = await aRun();
  const { manifest } = await manager.backups.create(ids);
  const [first = ''] = ids;
  const changed = 'x'.repeat(3 * 1024 * 1024);
  writeFileSync(join(run, first), changed);
  const stop = new AbortController();
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (call === `open ${join(run, first)}`) stop.abort(new Error('enough'));
  };
  const restoring = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => restoring.close());
  const reading = { signal: stop.signal };
  await expect(restoring.backups.restore(manifest.id, null, null, reading)).rejects.toThrow('enough');
  const since = disk.calls.slice(disk.calls.indexOf(`open ${join(run, first)}`));
  expect(since.slice(0, since.indexOf('close'))).not.toContain('read');
  expect(since.filter((call) => /^(?:create|link|rename|unlink) /.test(call))).toEqual([]);
  expect(readFileSync(join(run, first), 'utf8')).toBe(changed);
  expect((await manager.listTrash()).operations).toEqual([]);
});

test('a restore that is stopped once all is copied changes nothing either', async () => {
  const { run, ids, manager } = await aRun();
  const [id = ''] = ids;
  const { manifest } = await manager.backups.create(new Set([id]));
  rmSync(join(run, id));
  const before = readdirSync(join(run, 'best_models')).sort();
  const stop = new AbortController();
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (call === 'sync') stop.abort(new Error('enough'));
  };
  const restoring = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => restoring.close());
  const restored = restoring.backups.restore(manifest.id, null, null, { signal: stop.signal });
  await expect(restored).rejects.toThrow('enough');
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
