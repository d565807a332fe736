import { cpSync, existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ModelManager } from './model-manager.ts';
import { versionsInTrash } from './trash/describe-trashed.ts';

const layouts = join(import.meta.dirname, '../../e2e/fixtures/layouts');
const tensorFlow = {
  name: 'tensorflow',
  id: 'ckpt-2.index',
  own: /^ckpt-2\./,
  files: 3,
  copies: /^ckpt-2\./,
};
const shards = /^model(?:-\d+-of-\d+)?\.safetensors(?:\.index\.json)?$(?<!^model\.safetensors)/;
const safetensors = {
  name: 'sharded',
  id: 'model.safetensors.index.json',
  own: shards,
  files: 3,
  /** With what loads it. */
  copies: new RegExp(`${shards.source}|^config\\.json$`),
};
const sets = [tensorFlow, safetensors];

async function open(name: string): Promise<ModelManager> {
  const run = join(temporaryFolder(), 'run');
  cpSync(join(layouts, name), run, { recursive: true });
  // What was written just now is looked at twice.
  for (const file of readdirSync(run)) utimesSync(join(run, file), 1, 1);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** The files of a run whose names are so, with their bytes. */
function filesOf(run: string, own: RegExp): Record<string, string> {
  const names = readdirSync(run)
    .filter((name) => own.test(name))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(run, name), 'latin1')]));
}

test.each(sets)('the files of $id go to the trash as one, and an undo brings back each', async (set) => {
  const manager = await open(set.name);
  const before = filesOf(manager.root, set.own);
  expect(Object.keys(before)).toHaveLength(set.files);
  const size = manager.version(set.id)?.file_size_bytes;
  const operation = await manager.moveToTrash([set.id]);
  expect(filesOf(manager.root, set.own)).toEqual({});
  const [trashed] = (await manager.listTrash()).operations;
  expect(trashed && versionsInTrash(trashed)).toEqual([{ id: set.id, bytes: size }]);
  expect((await manager.undo(operation)).restored).toEqual([set.id]);
  expect(filesOf(manager.root, set.own)).toEqual(before);
});

test('what loads the model at the top of a folder of Hugging Face goes with its shards into copies, and stays in the run', async () => {
  const manager = await open(safetensors.name);
  for (const name of ['config.json', 'tokenizer.json']) writeFileSync(join(manager.root, name), '{}');
  const { id } = safetensors;
  expect(manager.describe(id).companions).toEqual(expect.arrayContaining(['config.json', 'tokenizer.json']));
  const to = join(temporaryFolder(), 'copies');
  await manager.exportVersions([id], to);
  expect(readdirSync(to)).toEqual(expect.arrayContaining([id, 'config.json', 'tokenizer.json']));
  const { manifest } = await manager.backups.create(new Set([id]));
  await manager.moveToTrash([id]);
  expect(readdirSync(manager.root)).toEqual(expect.arrayContaining(['config.json', 'tokenizer.json']));
  rmSync(join(manager.root, 'config.json'));
  await manager.backups.restore(manifest.id, null);
  expect(readFileSync(join(manager.root, 'config.json'), 'utf8')).toBe('{}');
});

test.each(sets.flatMap((set) => [true, false].map((sealed) => ({ ...set, sealed }))))(
  'a backup holds every file of $id, and restores it to the byte; sealed: $sealed',
  async ({ sealed, ...set }) => {
    const manager = await open(set.name);
    if (sealed) await manager.seal();
    await manager.look();
    const before = filesOf(manager.root, set.own);
    const { manifest, skipped } = await manager.backups.create(new Set([set.id]));
    expect(skipped).toEqual([]);
    expect(manifest.versions[0]?.files.map(({ path }) => path).sort()).toEqual(
      Object.keys(filesOf(manager.root, set.copies)),
    );
    await manager.moveToTrash([set.id]);
    await manager.emptyTrash();
    const { changes } = await manager.backups.restore(manifest.id, null);
    expect(changes).toMatchObject([{ id: set.id, action: 'create' }]);
    expect(filesOf(manager.root, set.own)).toEqual(before);
  },
);

test.each(sets)('an export of $id has every file of it', async (set) => {
  const manager = await open(set.name);
  await manager.seal();
  await manager.look();
  const folder = join(temporaryFolder(), 'out');
  await manager.exportVersions([set.id], folder);
  expect(filesOf(folder, /./)).toEqual(filesOf(manager.root, set.copies));
});

test.each(sets)('$id is verified by every byte of every file, once it is sealed', async (set) => {
  const manager = await open(set.name);
  const seals = await manager.seal();
  expect(seals.map(({ id }) => id)).toEqual(
    expect.arrayContaining(Object.keys(filesOf(manager.root, set.own))),
  );
  await manager.look();
  await manager.verify([set.id], () => undefined);
  expect(manager.version(set.id)?.integrity.state).toBe('verified');
  const shard = Object.keys(filesOf(manager.root, set.own)).find((name) => name.includes('-of-')) ?? '';
  const bytes = readFileSync(join(manager.root, shard));
  const at = bytes.length - 1;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(join(manager.root, shard), bytes);
  await manager.look();
  expect(manager.isRead(set.id)).toBe(false);
  await manager.verify([set.id], () => undefined);
  expect(manager.version(set.id)?.integrity).toMatchObject({
    state: 'mismatch',
    detail: expect.stringContaining(shard),
  });
});

test('a prune keeps the files of what stays together, and takes those of what goes', async () => {
  const manager = await open('tensorflow');
  rmSync(join(manager.root, 'ckpt-3.index'));
  rmSync(join(manager.root, 'ckpt-3.data-00000-of-00002'));
  rmSync(join(manager.root, 'ckpt-4.data-00000-of-00001'));
  // Counted by steps: its number would make it the newest.
  for (const ending of ['index', 'data-00000-of-00001'])
    rmSync(join(manager.root, `model.ckpt-1000.${ending}`));
  await manager.look();
  const rules = { keepBest: null, keepLatest: 1, keepEvery: null, kinds: 'all' } as const;
  const { operation } = await manager.prune(rules);
  const kept = readdirSync(manager.root).filter((name) => name.includes('ckpt-'));
  expect(kept.sort()).toEqual(['ckpt-2.data-00000-of-00002', 'ckpt-2.data-00001-of-00002', 'ckpt-2.index']);
  await manager.undo(operation);
  expect(existsSync(join(manager.root, 'ckpt-1.data-00000-of-00001'))).toBe(true);
});

test('a shard that comes is taken in, and one that goes is told', async () => {
  const manager = await open('tensorflow');
  const state = () => manager.version('ckpt-3.index')?.integrity;
  expect(state()).toMatchObject({ state: 'torn', detail: 'ckpt-3.data-00001-of-00002 is missing' });
  const missing = join(manager.root, 'ckpt-3.data-00001-of-00002');
  writeFileSync(missing, 'the rest of it');
  utimesSync(missing, 1, 1);
  await manager.look();
  expect(state()?.state).toBe('unsealed');
  rmSync(missing);
  await manager.look();
  expect(state()?.state).toBe('torn');
});

test('what goes with a set is told with it, and none of its parts is a version', async () => {
  const manager = await open('sharded');
  expect(manager.describe(safetensors.id).companions).toEqual([
    'model-00001-of-00002.safetensors',
    'model-00002-of-00002.safetensors',
    'config.json',
  ]);
  expect([...manager.list()].map(({ id }) => id).sort()).toEqual([
    'model.safetensors',
    'model.safetensors.index.json',
    'pytorch_model-00001-of-00002.bin',
    'torn.safetensors.index.json',
  ]);
});
