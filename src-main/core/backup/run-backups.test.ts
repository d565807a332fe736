import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { saveModel, sha256 } from '../catalog/run.fixture.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { stageFile } from '../files/stage-file.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { copyVersions, putOnRecord } from './back-up-versions.ts';
import { backUp, backUpBefore, open, own, runOf } from './backed-up-run.fixture.ts';
import { BackupStore } from './backup-store.ts';

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

test('training saves while a slow backup is copied, and the backup has the bytes that were there', async () => {
  const run = temporaryFolder();
  const weights = (byte: number) => ({
    source: { chunks: [Buffer.alloc(4096, byte)], size: 4096 },
    reward: byte,
  });
  const training = new ModelManager(run, { appData: temporaryFolder(), config: {}, wait: 0 });
  const { id, checksum } = await training.saveCheckpoint(weights(1));
  const saves: Promise<unknown>[] = [];
  const slow: Disk = {
    ...realDisk,
    // As slow as the training, which saves another checkpoint meanwhile.
    clone: async () => Promise.reject(Object.assign(new Error('ENOTSUP'), { code: 'ENOTSUP' })),
    rename: async (from, to) => {
      await realDisk.rename(from, to);
      if (!to.includes('/objects/') || saves.length > 0) return;
      saves.push(training.saveCheckpoint(weights(2)));
      await saves[0];
    },
  };
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {}, disk: slow });
  await manager.look();
  const backing = manager.backups.create(new Set([id]));
  const { manifest, skipped } = await backing.catch((error: unknown) => ({
    manifest: null,
    skipped: [{ id, why: String(error) }],
  }));
  await saves[0];
  expect(sha256(readFileSync(join(run, id)))).toBe(sha256(Buffer.alloc(4096, 2)));
  if (manifest === null) expect(skipped[0]?.why).toContain('it changed while it was copied');
  else expect(manifest.versions[0]?.files[0]?.checksum).toBe(checksum);
  expect(training.log().map(({ command, result }) => [command, result === 'done'])).toEqual([
    ['save', true],
    ['save', true],
    ['backup', manifest !== null],
  ]);
});

test('bytes that another one deleted from the store before they were on record are copied again', async () => {
  const { run, ids, manager } = await runOf(1);
  put(run, '.cairn/lock', '');
  const store = new BackupStore(realDisk, join(run, '.cairn/backups'));
  const request = { label: null, reason: 'a test', checksumOf: () => null };
  const copied = await copyVersions(store, run, [{ id: ids[0] ?? '', files: [ids[0] ?? ''] }], request);
  for (const name of own(run, 'objects')) rmSync(join(run, '.cairn/backups/objects', name));
  const { manifest } = await putOnRecord(store, run, copied, request);
  expect((await manager.backups.verify(manifest.id)).backups[0]?.manifest.state).toBe('verified');
});

test('A restore gives the bytes of the backup or nothing: a restore says what it changes, restores the sidecar too, and is itself undone', async () => {
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
