import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel, sha256 } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { backUpBefore } from './backed-up-run.fixture.ts';

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** A run of one version. */
async function aRun() {
  const run = temporaryFolder();
  const id = saveModel(run, 1);
  utimesSync(join(run, id), 1000, 1000);
  const sidecar = id.replace('.pt', '.json');
  return { run, id, sidecar, manager: await open(run) };
}

const backUp = async (manager: ModelManager, id: string, to?: string) =>
  (await manager.backups.create(new Set([id]), to === undefined ? {} : { to })).manifest.id;

const idsIn = async (manager: ModelManager) =>
  (await manager.backups.list()).backups.map(({ manifest }) => manifest.id);

/** Changes one byte of what a store holds of these bytes: the length stays, and so does what is on record. */
function rot(store: string, bytes: Buffer): void {
  const path = join(store, 'objects', sha256(bytes));
  const rotten = Buffer.from(bytes);
  rotten[5] = (rotten[5] ?? 0) ^ 1;
  writeFileSync(path, rotten);
}

test('what is on record as verified is read before it is relied on: a copy that rotted since is none', async () => {
  const { run, id, manager } = await aRun();
  const bytes = readFileSync(join(run, id));
  const elsewhere = join(temporaryFolder(), 'disk');
  const other = await backUp(manager, id, elsewhere);
  const own = await backUp(manager, id);
  rmSync(join(run, id));
  rot(elsewhere, bytes);
  await expect(manager.backups.delete(own)).rejects.toThrow('holds the last copy of');
  expect(await idsIn(manager)).toEqual([own, other]);
});

test('a model in the run that rotted is no copy either, though its length is what it was', async () => {
  const { run, id, manager } = await aRun();
  const bytes = readFileSync(join(run, id));
  const backup = await backUp(manager, id);
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  writeFileSync(join(run, id), bytes);
  await expect(manager.backups.delete(backup)).rejects.toThrow(`holds the last copy of ${id}`);
});

test('limits do not rely on a copy that rotted either', async () => {
  const { run, id, manager } = await aRun();
  const bytes = readFileSync(join(run, id));
  const elsewhere = join(temporaryFolder(), 'disk');
  await backUp(manager, id, elsewhere);
  const old = await backUpBefore(40, manager, id);
  rmSync(join(run, id));
  rot(elsewhere, bytes);
  const second = saveModel(run, 2);
  utimesSync(join(run, second), 1000, 1000);
  put(run, '.cairn/settings.yaml', 'backups: {max_age: 7d}');
  await backUp(await open(run), second);
  expect(await idsIn(manager)).toContain(old);
  writeFileSync(join(elsewhere, 'objects', sha256(bytes)), bytes);
  await backUp(await open(run), second);
  expect(await idsIn(manager)).not.toContain(old);
});

test('every file counts: the last copy of a sidecar is not deleted with a model that is there', async () => {
  const { run, id, sidecar, manager } = await aRun();
  const backup = await backUp(manager, id);
  writeFileSync(join(run, sidecar), '{}');
  await expect(manager.backups.delete(backup)).rejects.toThrow(`holds the last copy of ${sidecar}`);
  await manager.backups.restore(backup, null);
  await manager.backups.delete(backup);
  expect(await idsIn(manager)).toEqual([]);
});

test('a backup that is damaged itself holds no copy to keep: a person may delete it, limits do not', async () => {
  const { run, id, sidecar, manager } = await aRun();
  const bytes = readFileSync(join(run, id));
  const old = await backUpBefore(40, manager, id);
  rot(join(run, '.cairn/backups'), bytes);
  rmSync(join(run, id));
  const second = saveModel(run, 2);
  utimesSync(join(run, second), 1000, 1000);
  put(run, '.cairn/settings.yaml', 'backups: {max_age: 7d}');
  await backUp(await open(run), second);
  expect(await idsIn(manager)).toContain(old);
  rmSync(join(run, sidecar));
  expect(await manager.backups.delete(old)).toEqual([id, sidecar]);
  expect(await idsIn(manager)).not.toContain(old);
});

test('the last copy of a sidecar is kept where its model is whole in the run, though the copy of that rotted', async () => {
  const { run, id, sidecar, manager } = await aRun();
  const bytes = readFileSync(join(run, id));
  const backup = await backUp(manager, id);
  rot(join(run, '.cairn/backups'), bytes);
  rmSync(join(run, sidecar));
  await expect(manager.backups.delete(backup)).rejects.toThrow(`holds the last copy of ${sidecar}`);
});

test('a whole model is kept though the sidecar beside it is damaged, and it is said how to get at it', async () => {
  const { run, id, sidecar, manager } = await aRun();
  const store = join(run, '.cairn/backups');
  const [bytes, text] = [readFileSync(join(run, id)), readFileSync(join(run, sidecar))];
  const backup = await backUp(manager, id);
  rot(store, text);
  for (const path of [id, sidecar]) rmSync(join(run, path));
  const object = join(store, 'objects', sha256(bytes));
  await expect(manager.backups.delete(backup)).rejects.toThrow(
    `holds the last copy of ${id}, and what belongs to it is damaged — copy ${object} to ${join(run, id)} first`,
  );
  writeFileSync(join(run, id), bytes);
  expect(await manager.backups.delete(backup)).toEqual([sidecar]);
});

test('a folder of backups that was copied is another copy, though its backups have the same names', async () => {
  const { run, id, manager } = await aRun();
  const [first, second] = [join(temporaryFolder(), 'disk'), join(temporaryFolder(), 'copy')];
  const backup = await backUp(manager, id, first);
  for (const path of readdirSync(first, { recursive: true, encoding: 'utf8' }))
    if (/^(?:objects|manifests)\/./.test(path)) put(second, path, readFileSync(join(first, path)));
  rmSync(join(run, id));
  await expect(manager.backups.delete(backup)).rejects.toThrow('holds the last copy of');
  await manager.backups.delete(backup, second);
  await expect(manager.backups.delete(backup)).rejects.toThrow('holds the last copy of');
});
