import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { saveModel, sha256 } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { stageFile } from '../files/stage-file.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { lockFolder } from '../lock/lock-run.ts';
import { ModelManager } from '../model-manager.ts';

async function open(run: string, appData = temporaryFolder(), wait = 10_000): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData, wait });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

async function runOf(versions: number): Promise<{ run: string; ids: string[]; manager: ModelManager }> {
  const run = temporaryFolder();
  const ids = Array.from({ length: versions }, (_, index) => saveModel(run, index + 1));
  for (const id of ids) utimesSync(join(run, id), 1000, 1000);
  return { run, ids, manager: await open(run) };
}

const own = (run: string, folder: string) => readdirSync(join(run, '.cairn/backups', folder));
const backUp = async (manager: ModelManager, ...ids: (string | undefined)[]) =>
  (await manager.backups.create(new Set(ids.map(String)))).manifest.id;

const backUpTo = async (to: string, manager: ModelManager, ids: string[]) =>
  (await manager.backups.create(new Set(ids), { to })).manifest.id;

const day = 24 * 3600 * 1000;

/** Backs up as if it were so many days ago. */
async function backUpBefore(days: number, manager: ModelManager, id: string | undefined): Promise<string> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - days * day });
  try {
    return await backUp(manager, id);
  } finally {
    vi.useRealTimers();
  }
}

test('a backup has a label, a time, a reason and when it was verified, and its objects are named by their bytes', async () => {
  const { run, ids, manager } = await runOf(1);
  const { manifest } = await manager.backups.create(new Set(ids), { label: 'before', reason: 'a test' });
  expect(manifest).toMatchObject({ label: 'before', reason: 'a test', state: 'verified', run });
  expect(Date.parse(manifest.verified_at)).toBeGreaterThan(Date.now() - 60_000);
  for (const name of own(run, 'objects'))
    expect(sha256(readFileSync(join(run, '.cairn/backups/objects', name)))).toBe(name);
  expect(manager.version(ids[0] ?? '')?.backups).toBe(1);
});

test('a backup never shares an inode with the run: a trainer that writes in place does not reach it', async () => {
  const { run, ids, manager } = await runOf(1);
  const path = join(run, ids[0] ?? '');
  const bytes = readFileSync(path);
  const id = await backUp(manager, ids[0]);
  appendFileSync(path, 'trained on');
  expect((await manager.backups.verify(id)).backups[0]?.manifest.state).toBe('verified');
  await manager.backups.restore(id, null);
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('an object that was damaged is mended by the next backup of the same bytes', async () => {
  const { run, ids, manager } = await runOf(1);
  const id = await backUp(manager, ids[0]);
  for (const name of own(run, 'objects')) appendFileSync(join(run, '.cairn/backups/objects', name), 'rot');
  expect((await manager.backups.verify(null)).backups[0]?.manifest.state).toBe('damaged');
  await backUp(manager, ids[0]);
  expect((await manager.backups.verify(id)).backups[0]?.manifest.state).toBe('verified');
});

test('a restore says what it changes, restores the sidecar too, and is itself undone', async () => {
  const { run, ids, manager } = await runOf(2);
  const [kept = '', lost = ''] = ids;
  const id = await backUp(manager, ...ids);
  const sidecar = join(run, lost.replace('.pt', '.json'));
  const text = readFileSync(sidecar, 'utf8');
  rmSync(join(run, lost));
  rmSync(sidecar);
  const plan = await manager.backups.plan(id, null);
  expect(plan.map(({ action }) => action)).toEqual(['same', 'create']);
  expect(existsSync(join(run, lost))).toBe(false);
  const { operation } = await manager.backups.restore(id, null);
  expect(readFileSync(sidecar, 'utf8')).toBe(text);
  await manager.undo(operation);
  expect([existsSync(join(run, lost)), existsSync(join(run, kept))]).toEqual([false, true]);
});

test('restoring one version leaves the others as they are', async () => {
  const { run, ids, manager } = await runOf(2);
  const id = await backUp(manager, ...ids);
  for (const each of ids) writeFileSync(join(run, each), 'mine');
  await manager.backups.restore(id, [ids[0] ?? '']);
  expect(readFileSync(join(run, ids[1] ?? ''), 'utf8')).toBe('mine');
  await expect(manager.backups.restore(id, ['best_models/other.pt'])).rejects.toThrow(
    'holds no “best_models/other.pt”',
  );
});

test('a version whose bytes contradict its record is left out; of none that is left, nothing is made', async () => {
  const { run, ids, manager } = await runOf(2);
  appendFileSync(join(run, ids[0] ?? ''), 'rot');
  const { manifest, skipped } = await manager.backups.create(new Set(ids));
  expect([manifest.versions.map(({ id }) => id), skipped.map(({ id }) => id)]).toEqual([[ids[1]], [ids[0]]]);
  await expect(manager.backups.create(new Set([ids[0] ?? '']))).rejects.toThrow(/^nothing was backed up — /);
  expect(own(run, 'manifests')).toHaveLength(1);
});

test('a version that is known to be torn is left out, though no checksum contradicts it', async () => {
  const run = temporaryFolder();
  const ids = [saveModel(run, 1, { sidecar: null }), saveModel(run, 2)];
  truncateSync(join(run, ids[0] ?? ''), 100);
  for (const id of ids) utimesSync(join(run, id), 1000, 1000);
  const manager = await open(run);
  await manager.verify(ids, () => undefined);
  const { manifest, skipped } = await manager.backups.create(new Set(ids));
  expect([manifest.versions.map(({ id }) => id), skipped.map(({ id }) => id)]).toEqual([[ids[1]], [ids[0]]]);
});

test('a sidecar that a model did not have when it was backed up goes to the trash with the bytes it tells of', async () => {
  const run = temporaryFolder();
  const model = saveModel(run, 1, { sidecar: null });
  const bytes = readFileSync(join(run, model));
  const manager = await open(run);
  const id = await backUp(manager, model);
  saveModel(run, 1, { elements: 9 });
  const sidecar = model.replace('.pt', '.json');
  const { operation } = await manager.backups.restore(id, null);
  expect(readFileSync(join(run, model)).equals(bytes)).toBe(true);
  expect(existsSync(join(run, sidecar))).toBe(false);
  await manager.undo(operation);
  expect(readFileSync(join(run, model)).equals(bytes)).toBe(false);
  expect(existsSync(join(run, sidecar))).toBe(true);
});

test('limits of age and size delete the oldest backups, each with a line in the log, but never the last of a model', async () => {
  const { run, ids } = await runOf(3);
  const unlimited = await open(run);
  const first = await backUpBefore(40, unlimited, ids[0]);
  const second = await backUpBefore(30, unlimited, ids[1]);
  rmSync(join(run, ids[0] ?? ''));
  put(run, '.cairn/settings.yaml', 'backups: {max_age: 7d, max_size: 0}');
  const limited = await open(run);
  const third = await backUp(limited, ids[2]);
  const left = (await limited.backups.list()).backups.map(({ manifest }) => manifest.id);
  expect(left).toEqual([third, first]);
  expect(limited.log().at(-1)).toMatchObject({ command: 'delete backup (their limits)', ids: [second] });
});

test('a damaged record of a backup is told, and limits, verifying and restoring go on without it', async () => {
  const { run, ids } = await runOf(3);
  const unlimited = await open(run);
  const lost = await backUpBefore(50, unlimited, ids[0]);
  const old = await backUpBefore(40, unlimited, ids[1]);
  const path = `.cairn/backups/manifests/${lost}.json`;
  put(run, path, '{');
  put(run, '.cairn/settings.yaml', 'backups: {max_age: 7d}');
  const limited = await open(run);
  const fresh = await backUp(limited, ids[2]);
  const { backups, problems } = await limited.backups.verify(null);
  expect(backups.map(({ manifest }) => manifest.id)).toEqual([fresh]);
  expect(problems.map((problem) => problem.path)).toEqual([path]);
  expect(limited.log().at(-2)).toMatchObject({ command: 'delete backup (their limits)', ids: [old] });
  rmSync(join(run, ids[2] ?? ''));
  await limited.backups.restore(fresh, null);
  expect(existsSync(join(run, ids[2] ?? ''))).toBe(true);
  await expect(limited.backups.restore(lost, null)).rejects.toThrow('its record is damaged');
  await expect(limited.backups.delete(lost)).rejects.toThrow('its record is damaged');
});

test('a copy in a damaged backup is no copy: the last whole one is not deleted', async () => {
  const { run, ids, manager } = await runOf(1);
  const elsewhere = join(temporaryFolder(), 'disk');
  const damaged = (await manager.backups.create(new Set(ids), { to: elsewhere })).manifest.id;
  const id = await backUp(manager, ids[0]);
  for (const name of readdirSync(join(elsewhere, 'objects')))
    writeFileSync(join(elsewhere, 'objects', name), 'rot');
  await manager.backups.verify(damaged);
  rmSync(join(run, ids[0] ?? ''));
  await expect(manager.backups.delete(id)).rejects.toThrow('holds the last copy of');
  await manager.backups.restore(id, null);
  await manager.backups.delete(id);
  expect(own(run, 'objects')).toEqual([]);
});

test('what an ended process left half written in the run’s own store goes with the next command that writes', async () => {
  const { run, ids, manager } = await runOf(1);
  await backUp(manager, ids[0]);
  const { pid } = spawnSync(process.execPath, ['--version']);
  const staged = basename((await stageFile(new MemoryDisk(), '', 'object', [])).path);
  const abandoned = staged.replace(`.${process.pid}.`, `.${pid}.`);
  for (const folder of ['objects', 'manifests']) put(run, `.cairn/backups/${folder}/${abandoned}`, 'half');
  await manager.mark([ids[0] ?? ''], 'pin', (mark) => ({ ...mark, pinned: true }));
  expect([...own(run, 'objects'), ...own(run, 'manifests')]).not.toContain(abandoned);
});

test('a damaged list of stores is told: the run’s own backups are there, and no other store is forgotten for a new one', async () => {
  const { run, ids, manager } = await runOf(1);
  const stores = [0, 1].map(() => join(temporaryFolder(), 'disk'));
  await manager.backups.create(new Set(ids), { to: stores[0] ?? '' });
  const id = await backUp(manager, ids[0]);
  const path = join(run, '.cairn/stores.json');
  const text = readFileSync(path);
  writeFileSync(path, '{');
  const { backups, problems } = await manager.backups.list();
  expect(backups.map(({ manifest }) => manifest.id)).toEqual([id]);
  expect(problems).toEqual([{ path: '.cairn/stores.json', problem: expect.stringContaining('is damaged') }]);
  await expect(manager.backups.create(new Set(ids), { to: stores[1] ?? '' })).rejects.toThrow(
    'cannot tell where backups of this run are',
  );
  expect(readFileSync(path, 'utf8')).toBe('{');
  expect(readdirSync(stores[1] ?? '')).toEqual([]);
  writeFileSync(path, text);
  expect((await manager.backups.list()).backups).toHaveLength(2);
});

test('a store that is not mounted now holds none, and is no fault', async () => {
  const { ids, manager } = await runOf(1);
  const elsewhere = join(temporaryFolder(), 'disk');
  await manager.backups.create(new Set(ids), { to: elsewhere });
  rmSync(elsewhere, { recursive: true });
  expect((await manager.backups.list()).backups).toEqual([]);
});

test('a store that cannot be read is told, and what is in the others is listed and restored', async () => {
  const { run, ids, manager } = await runOf(1);
  const elsewhere = join(temporaryFolder(), 'disk');
  await manager.backups.create(new Set(ids), { to: elsewhere });
  const id = await backUp(manager, ids[0]);
  rmSync(elsewhere, { recursive: true });
  symlinkSync(elsewhere, elsewhere);
  const { backups, problems } = await manager.backups.list();
  expect(backups.map(({ manifest }) => manifest.id)).toEqual([id]);
  expect(problems).toEqual([{ path: elsewhere, problem: expect.stringContaining('cannot be read') }]);
  rmSync(join(run, ids[0] ?? ''));
  await expect(manager.backups.delete(id)).rejects.toThrow('holds the last copy of');
  await manager.backups.restore(id, null);
  expect(existsSync(join(run, ids[0] ?? ''))).toBe(true);
});

test('a damaged identity of the run is told, and never replaced by a new one', async () => {
  const { run, ids, manager } = await runOf(1);
  const id = await backUp(manager, ids[0]);
  const path = put(run, '.cairn/run.json', '{"format": 1, "id": "no');
  const { backups, problems } = await manager.backups.list();
  expect(backups.map(({ manifest }) => manifest.id)).toEqual([id]);
  expect(problems).toEqual([{ path: '.cairn/run.json', problem: expect.stringContaining('is damaged') }]);
  await expect(backUp(manager, ids[0])).rejects.toThrow('would make the run forget its backups');
  expect(readFileSync(path, 'utf8')).toBe('{"format": 1, "id": "no');
});

test('however many backups are verified or compared, few files are open at once', async () => {
  const { run, ids } = await runOf(12);
  const disk = new FaultDisk(realDisk);
  const manager = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => manager.close());
  await manager.look();
  for (const id of ids) await backUp(manager, id);
  const all = await backUp(manager, ...ids);
  let [open, most] = [0, 0];
  disk.before = (call) => {
    if (call.startsWith('open')) open += 1;
    else if (call === 'close') open -= 1;
    most = Math.max(most, open);
  };
  await manager.backups.verify(null);
  await manager.backups.plan(all, null);
  expect(most).toBeLessThanOrEqual(8);
});

test('several runs share one folder of backups, each sees its own, and equal bytes are there once', async () => {
  const [one, other] = [await runOf(1), await runOf(1)];
  const to = join(temporaryFolder(), 'shared');
  for (const { manager, ids } of [one, other]) await manager.backups.create(new Set(ids), { to });
  expect(readdirSync(join(to, 'manifests'))).toHaveLength(2);
  expect((await one.manager.backups.list()).backups).toHaveLength(1);
  // The model is the same file in both; the sidecars are too.
  expect(readdirSync(join(to, 'objects'))).toHaveLength(2);
});

test('while one run backs up to a shared folder, another may too, but not delete from it', async () => {
  const { run, ids, manager } = await runOf(1);
  const to = join(temporaryFolder(), 'shared');
  const { manifest } = await manager.backups.create(new Set(ids), { to });
  const lock = await lockFolder(to, { what: 'it', command: 'backup', wait: 0, shared: true });
  const hasty = await open(run, temporaryFolder(), 0);
  await hasty.backups.create(new Set(ids), { to });
  await expect(hasty.backups.delete(manifest.id)).rejects.toThrow(/the backup folder .* is locked/);
  expect((await hasty.backups.list()).backups).toHaveLength(2);
  await lock.release();
  await hasty.backups.delete(manifest.id);
  expect((await hasty.backups.list()).backups).toHaveLength(1);
});

test('a backup that another run deletes while it is verified is not told to be damaged', async () => {
  const { run, ids, manager } = await runOf(1);
  const to = join(temporaryFolder(), 'shared');
  const id = await backUpTo(to, manager, ids);
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (!call.startsWith(`lookAt ${join(to, 'objects')}/`)) return;
    for (const path of [call.slice(7), join(to, 'manifests', `${id}.json`)]) rmSync(path, { force: true });
  };
  const reader = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => reader.close());
  expect((await reader.backups.verify(null)).backups).toEqual([]);
});

test('that backups are in a folder elsewhere is durable once one is told to be made', async () => {
  const { run, ids } = await runOf(1);
  const disk = new FaultDisk(realDisk);
  const manager = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => manager.close());
  await manager.look();
  await backUpTo(join(temporaryFolder(), 'disk'), manager, ids);
  const own = join(run, '.cairn');
  const named = disk.calls.findIndex(
    (call) => call.startsWith('rename') && call.endsWith(join(own, 'stores.json')),
  );
  expect(named).toBeGreaterThan(0);
  expect(disk.calls.slice(named)).toContain(`syncFolder ${own}`);
});

test.skipIf(process.platform === 'win32')(
  'whoever may write to a folder of backups may lock it, and nobody else may',
  async () => {
    const { ids, manager } = await runOf(1);
    for (const [mode, expected] of [
      [0o777, 0o666],
      [0o770, 0o660],
      [0o755, 0o644],
    ] as const) {
      const to = temporaryFolder();
      chmodSync(to, mode);
      await backUpTo(to, manager, ids);
      expect(statSync(join(to, 'lock')).mode & 0o777).toBe(expected);
    }
  },
);

test('a backup in a folder that may only be read is verified, and what came of it told', async () => {
  const { run, ids, manager } = await runOf(1);
  const to = join(temporaryFolder(), 'disk');
  const id = await backUpTo(to, manager, ids);
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (call.startsWith(`create ${to}`)) throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
  };
  const reader = new ModelManager(run, { appData: temporaryFolder(), disk });
  onTestFinished(() => reader.close());
  expect((await reader.backups.verify(id)).backups[0]?.manifest.state).toBe('verified');
  for (const name of readdirSync(join(to, 'objects'))) appendFileSync(join(to, 'objects', name), 'rot');
  expect((await reader.backups.verify(id)).backups[0]?.manifest.state).toBe('damaged');
});

test('a run that must not be written to is noted, backed up and read, and nothing in it changes', async () => {
  const { run, ids } = await runOf(1);
  const appData = temporaryFolder();
  const before = readdirSync(run, { recursive: true }).sort();
  chmodSync(run, 0o555);
  onTestFinished(() => chmodSync(run, 0o755));
  const manager = await open(run, appData);
  const [model = ''] = ids;
  await manager.mark([model], 'pin', (mark) => ({ ...mark, pinned: true }));
  const id = await backUp(manager, model);
  expect((await open(run, appData)).version(model)).toMatchObject({ pinned: true, backups: 1 });
  expect((await manager.backups.verify(id)).backups[0]?.manifest.state).toBe('verified');
  expect(manager.log().map(({ command }) => command)).toEqual(['pin', 'backup', 'verify backups']);
  await expect(manager.backups.restore(id, null)).rejects.toThrow('read-only or belongs to someone else');
  await expect(manager.moveToTrash([model])).rejects.toThrow('read-only or belongs to someone else');
  expect(readdirSync(run, { recursive: true }).sort()).toEqual(before);
});

test('a store within the run is refused, and nothing is made for it', async () => {
  const { run, ids, manager } = await runOf(1);
  const to = join(run, 'best_models', 'copies');
  await expect(async () => manager.backups.create(new Set(ids), { to })).rejects.toThrow(
    'it is part of the run',
  );
  expect(existsSync(to)).toBe(false);
});
