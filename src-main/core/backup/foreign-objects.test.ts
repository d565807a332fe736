import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { sha256 } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { backUp, backUpTo, open, own, runOf } from './backed-up-run.fixture.ts';

const day = 24 * 3600 * 1000;
const objectsIn = (store: string) => readdirSync(join(store, 'objects')).sort();

afterEach(() => void vi.useRealTimers());

/** Bytes of somebody else, under the name that a store gives them. */
function plant(store: string, text: string): string {
  put(store, `objects/${sha256(Buffer.from(text))}`, text);
  return sha256(Buffer.from(text));
}

/** A run of which one version is not what its record says. */
async function damagedRun() {
  const subject = await runOf(2);
  const [id = ''] = subject.ids;
  writeFileSync(join(subject.run, id), readFileSync(join(subject.run, id)).fill(0, 20, 40));
  return { ...subject, damaged: id, manager: await open(subject.run) };
}

test('a backup that came to nothing deletes no object that it did not put there', async () => {
  const { manager, damaged } = await damagedRun();
  const to = temporaryFolder();
  const foreign = ['a', 'b', 'c'].map((text) => plant(to, text)).sort();
  await expect(backUpTo(to, manager, [damaged])).rejects.toThrow('nothing was backed up');
  expect(objectsIn(to)).toEqual(foreign);
  expect(readdirSync(to)).toEqual(['objects']);
});

test('a store whose manifests are still to arrive loses nothing by the failed backup of another run', async () => {
  const { manager, ids } = await runOf(2);
  const to = join(temporaryFolder(), 'store');
  const backup = await backUpTo(to, manager, ids);
  const arriving = temporaryFolder();
  cpSync(join(to, 'objects'), join(arriving, 'objects'), { recursive: true });
  const other = await damagedRun();
  await expect(backUpTo(arriving, other.manager, [other.damaged])).rejects.toThrow('nothing was backed up');
  cpSync(join(to, 'manifests'), join(arriving, 'manifests'), { recursive: true });
  const { backups } = await manager.backups.verify(backup, arriving);
  expect(backups.map(({ manifest }) => manifest.state)).toEqual(['verified']);
});

test('what belongs to no backup stays for a day, and then goes with the next one of the run itself', async () => {
  const { run, ids, manager } = await runOf(1);
  await backUp(manager, ids[0]);
  const left = plant(join(run, '.cairn/backups'), 'of a backup that was killed');
  await backUp(manager, ids[0]);
  expect(own(run, 'objects')).toContain(left);
  expect(await manager.backups.unclaimed()).toBe('of a backup that was killed'.length);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * day });
  await backUp(manager, ids[0]);
  expect(own(run, 'objects')).not.toContain(left);
  expect(await manager.backups.unclaimed()).toBe(0);
});

test('bytes of killed backups are told where there is no backup at all, and not where a damaged record may have them', async () => {
  const { run, manager } = await runOf(1);
  expect(await manager.backups.unclaimed()).toBe(0);
  const store = join(run, '.cairn/backups');
  plant(store, 'whole');
  put(store, 'objects/.object.1.cairn.tmp', 'half');
  expect(await manager.backups.unclaimed()).toBe('wholehalf'.length);
  put(store, 'manifests/a.json', 'damaged');
  expect(await manager.backups.unclaimed()).toBe(0);
});

test('nothing is collected, however old, where there is no manifest', async () => {
  const { run, ids, manager } = await runOf(1);
  const id = await backUp(manager, ids[0]);
  const store = join(run, '.cairn/backups');
  const before = objectsIn(store);
  renameSync(join(store, 'manifests'), join(run, 'away'));
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * day });
  const stopped = AbortSignal.abort(new Error('enough'));
  await expect(manager.backups.create(new Set(ids), { reading: { signal: stopped } })).rejects.toThrow(
    'enough',
  );
  expect(objectsIn(store)).toEqual(before);
  rmSync(join(store, 'manifests'), { recursive: true, force: true });
  renameSync(join(run, 'away'), join(store, 'manifests'));
  expect((await manager.backups.verify(id)).backups[0]?.manifest.state).toBe('verified');
});

test('whoever deletes a backup has its room back, and is told of what stays', async () => {
  const { run, ids } = await runOf(1);
  const notices: string[] = [];
  const manager = new ModelManager(run, {
    appData: temporaryFolder(),
    onNotice: (notice) => void notices.push(notice),
  });
  onTestFinished(() => manager.close());
  await manager.look();
  const to = join(temporaryFolder(), 'store');
  const backup = await backUpTo(to, manager, ids);
  const foreign = plant(to, 'nobody knows whose');
  await manager.backups.delete(backup);
  expect(objectsIn(to)).toEqual([foreign]);
  expect(notices).toEqual([expect.stringMatching(/^18 bytes in that folder belong to no backup /)]);
  expect(existsSync(join(run, ids[0] ?? ''))).toBe(true);
});

test('of a version that was left out no bytes stay in the store', async () => {
  const { run, ids, damaged, manager } = await damagedRun();
  const { skipped } = await manager.backups.create(new Set(ids));
  expect(skipped.map(({ id }) => id)).toEqual([damaged]);
  expect(own(run, 'objects')).not.toContain(sha256(readFileSync(join(run, damaged))));
});
