import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const idsOf = async (manager: ModelManager, from: string | null = null) =>
  (await manager.backups.list(from)).backups.map(({ manifest }) => manifest.id);

/** A run with one model, backed up to a folder that others may share. */
async function backedUp(place: string, name: string) {
  const run = join(place, name);
  const model = saveModel(run, 1);
  writeFileSync(join(run, model), `the model of ${name}`);
  rmSync(join(run, model.replace('.pt', '.json')));
  const to = join(place, 'store');
  const { manifest } = await (await open(run)).backups.create(new Set([model]), { to });
  return { run, model, to, id: manifest.id };
}

test('a run that was moved or renamed still knows its backups in a folder elsewhere', async () => {
  const place = temporaryFolder();
  const { run, model, id } = await backedUp(place, 'a');
  const moved = join(place, 'renamed');
  renameSync(run, moved);
  const manager = await open(moved);
  expect(await idsOf(manager)).toEqual([id]);
  rmSync(join(moved, model));
  await manager.backups.restore(id, null);
  expect(readFileSync(join(moved, model), 'utf8')).toBe('the model of a');
  await manager.backups.delete(id);
  expect(await idsOf(manager)).toEqual([]);
});

test('of a folder that is named all backups are there, with the run of each, and go into any run', async () => {
  const place = temporaryFolder();
  const [a, b] = [await backedUp(place, 'a'), await backedUp(place, 'b')];
  rmSync(a.run, { recursive: true });
  const empty = join(place, 'new');
  mkdirSync(empty);
  const manager = await open(empty);
  expect(await idsOf(manager)).toEqual([]);
  const { backups: all } = await manager.backups.list(a.to);
  expect(all.map(({ manifest }) => [manifest.id, manifest.run])).toEqual(
    expect.arrayContaining([
      [a.id, a.run],
      [b.id, b.run],
    ]),
  );
  await expect(manager.backups.restore(a.id, null)).rejects.toThrow(/no backup “.*--from/);
  const plan = await manager.backups.plan(a.id, null, a.to);
  expect(plan).toMatchObject([{ id: a.model, action: 'create' }]);
  expect(existsSync(join(empty, a.model))).toBe(false);
  const { operation } = await manager.backups.restore(a.id, null, a.to);
  expect(readFileSync(join(empty, a.model), 'utf8')).toBe('the model of a');
  await manager.undo(operation);
  expect(existsSync(join(empty, a.model))).toBe(false);
});

test('where two runs were at one path, as in containers, each lists and restores its own backups alone', async () => {
  const place = temporaryFolder();
  const first = await backedUp(place, 'run');
  renameSync(first.run, join(place, 'aside'));
  const second = await backedUp(place, 'run');
  const manager = await open(second.run);
  expect(await idsOf(manager)).toEqual([second.id]);
  await expect(manager.backups.restore(first.id, null)).rejects.toThrow(/no backup “.*--from/);
  expect(await idsOf(await open(join(place, 'aside')))).toEqual([first.id]);
});

test('the backups that a run keeps with itself are found by the name of that run', async () => {
  const place = temporaryFolder();
  const { run, model } = await backedUp(place, 'a');
  const { manifest } = await (await open(run)).backups.create(new Set([model]));
  const other = join(place, 'other');
  mkdirSync(other);
  expect(await idsOf(await open(other), run)).toEqual([manifest.id]);
  expect(await idsOf(await open(other), join(run, '.cairn/backups'))).toEqual([manifest.id]);
});

test('the last copy of a model of another run is not deleted; once it is restored, it may be', async () => {
  const place = temporaryFolder();
  const { id, to, run } = await backedUp(place, 'a');
  const empty = join(place, 'new');
  mkdirSync(empty);
  const manager = await open(empty);
  await expect(manager.backups.delete(id, to, true)).rejects.toThrow('holds the last copy of');
  await manager.backups.restore(id, null, to);
  await manager.backups.delete(id, to, true);
  expect(await idsOf(await open(run))).toEqual([]);
});

test.each([
  ['is not there', (place: string) => join(place, 'nowhere')],
  ['holds no backups', (place: string) => place],
  ['is a file', (place: string) => put(place, 'a.txt', 'not a folder')],
])('a folder that %s is refused in one line', async (_, folderIn) => {
  const manager = await open(temporaryFolder());
  await expect(manager.backups.list(folderIn(temporaryFolder()))).rejects.toThrow(
    /^no backups are in .* — .* — name the folder that they went to, or the run that keeps them$/,
  );
});

test('a run whose identity is damaged lists no backups of a run by its id', async () => {
  const place = temporaryFolder();
  const { run, id } = await backedUp(place, 'a');
  const moved = join(place, 'moved');
  renameSync(run, moved);
  put(moved, '.cairn/run.json', '{"format": 1, "id": "not one"}');
  expect(await idsOf(await open(moved))).toEqual([]);
  expect(await idsOf(await open(moved), join(place, 'store'))).toEqual([id]);
});

test('the backups of a run are not those of its copy, which deletes none of them unless that is said', async () => {
  const place = temporaryFolder();
  const { run, model, to, id } = await backedUp(place, 'a');
  const copy = join(place, 'copy');
  cpSync(run, copy, { recursive: true });
  rmSync(join(run, model));
  const { backups } = await open(copy);
  expect((await backups.list()).backups).toEqual([]);
  await expect(backups.delete(id)).rejects.toThrow(`no backup “${id}”`);
  await expect(backups.delete(id, to)).rejects.toThrow(/it is one of another run, .*\/a — add --other-run/);
  expect(await backups.otherRun(id, to)).toBe(run);
  const { manifest } = await backups.create(new Set([model]), { to });
  expect(await idsOf(await open(copy))).toEqual([manifest.id]);
  expect(await idsOf(await open(run))).toEqual([id]);
  const moved = join(place, 'moved');
  renameSync(copy, moved);
  expect(await idsOf(await open(moved))).toEqual([manifest.id]);
  renameSync(run, join(place, 'original'));
  expect(await idsOf(await open(join(place, 'original')))).toEqual([id]);
  expect(await idsOf(await open(moved))).toEqual([manifest.id]);
});

test('a copy that nothing was written to owns what was backed up before once the other is gone', async () => {
  const place = temporaryFolder();
  const { run, id } = await backedUp(place, 'a');
  const copy = join(place, 'copy');
  cpSync(run, copy, { recursive: true });
  rmSync(run, { recursive: true });
  expect(await idsOf(await open(copy))).toEqual([id]);
});

const identityIn = (run: string) => JSON.parse(readFileSync(join(run, '.cairn/run.json'), 'utf8'));

test('a copy has an identity of its own from its first write on, a run that was moved keeps its own', async () => {
  const place = temporaryFolder();
  const { run, model } = await backedUp(place, 'a');
  const { id } = identityIn(run);
  const copies = ['b', 'c'].map((name) => join(place, name));
  let from = run;
  const ids = [id];
  for (const copy of copies) {
    cpSync(from, copy, { recursive: true });
    await (await open(copy)).mark([model], 'pin', (mark) => ({ ...mark, pinned: true }));
    expect(identityIn(copy)).toEqual({
      ...{ format: 1, id: expect.not.stringMatching(ids.join('|')), folder: copy },
      former: ids,
    });
    ids.push(identityIn(copy).id);
    from = copy;
  }
  const moved = join(place, 'moved');
  renameSync(run, moved);
  await (await open(moved)).mark([model], 'pin', (mark) => ({ ...mark, pinned: true }));
  expect(identityIn(moved)).toEqual({ format: 1, id, folder: moved });
});

test('an identity from before places were noted stays, and its place is noted', async () => {
  const place = temporaryFolder();
  const { run, model } = await backedUp(place, 'a');
  const { id } = identityIn(run);
  put(run, '.cairn/run.json', JSON.stringify({ format: 1, id }));
  await (await open(run)).mark([model], 'pin', (mark) => ({ ...mark, pinned: true }));
  expect(identityIn(run)).toEqual({ format: 1, id, folder: run });
});

test('a copy of a run owns the backups that were copied with it', async () => {
  const place = temporaryFolder();
  const { run, model, id } = await backedUp(place, 'a');
  const { manifest } = await (await open(run)).backups.create(new Set([model]));
  const copy = join(place, 'copy');
  cpSync(run, copy, { recursive: true });
  const { backups } = await open(copy);
  expect(await backups.otherRun(manifest.id)).toBe(null);
  await backups.verify(manifest.id);
  expect(await backups.otherRun(manifest.id)).toBe(null);
  await backups.delete(manifest.id);
  expect(await idsOf(await open(run))).toEqual([manifest.id, id]);
  rmSync(run, { recursive: true });
  expect(await idsOf(await open(copy))).toEqual([]);
});

test('a run that was moved owns its backups where a link to it, or another run, is in its old place', async () => {
  const place = temporaryFolder();
  const { run, to, id } = await backedUp(place, 'a');
  const moved = join(place, 'moved');
  renameSync(run, moved);
  symlinkSync(moved, run);
  expect(await idsOf(await open(moved))).toEqual([id]);
  unlinkSync(run);
  await backedUp(place, 'a');
  const { backups } = await open(moved);
  expect(await backups.otherRun(id, to)).toBe(null);
});

test('where the old place of a run cannot be told, its backups are listed, and deleted only where that is said', async () => {
  const place = temporaryFolder();
  const { run, to, id } = await backedUp(place, 'a');
  const copy = join(place, 'copy');
  cpSync(run, copy, { recursive: true });
  put(run, '.cairn/run.json', 'damaged');
  const { backups } = await open(copy);
  expect((await backups.list()).backups.map(({ manifest }) => manifest.id)).toEqual([id]);
  await expect(backups.delete(id)).rejects.toThrow('--other-run');
  await backups.delete(id, to, true);
});
