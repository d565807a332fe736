import {
  cpSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { VersionKind } from '../../../shared/model/version.ts';
import { sha256 } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { watchFolder } from './watched-folder.fixture.ts';

const soon = { timeout: 15_000, interval: 50 };
const layouts = join(import.meta.dirname, '../../../e2e/fixtures/layouts');

/** What is beside each other in one folder: the sets that are whole, by the file that stands for each, and what a save calls the folder of one. */
const written = [
  {
    layout: 'tensorflow',
    whole: [
      { main: 'ckpt-1.index', others: ['ckpt-1.data-00000-of-00001'], folder: 'ckpt-1' },
      {
        main: 'ckpt-2.index',
        others: ['ckpt-2.data-00000-of-00002', 'ckpt-2.data-00001-of-00002'],
        folder: 'ckpt-2',
      },
      {
        main: 'model.ckpt-1000.index',
        others: ['model.ckpt-1000.data-00000-of-00001'],
        folder: 'model_ckpt-1000',
      },
    ],
    single: [],
  },
  {
    layout: 'sharded',
    whole: [
      {
        main: 'model.safetensors.index.json',
        others: ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'],
        folder: 'model_safetensors',
      },
    ],
    single: ['model.safetensors'],
  },
];

const kinds: readonly VersionKind[] = ['best', 'checkpoint'];
const folderOf = (id: string) => id.slice(0, id.lastIndexOf('/'));
const hashesOf = (folder: string, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, sha256(readFileSync(join(folder, name)))]));
/** The files of a folder, but for the record that a save adds. */
const namesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => !name.endsWith('.cairn.json'))
    .sort();

/** In the order of their names, as copying does: the file that says where everything is comes last. */
function copy(layout: string, folder: string, names: readonly string[]): void {
  for (const name of names) cpSync(join(layouts, layout, name), join(folder, name));
}

test.each(written.flatMap((each) => kinds.map((kind) => ({ ...each, kind }))))(
  'files that are one checkpoint are adopted together, byte for byte, as one version, and no others: $layout as $kind',
  async ({ layout, whole, single, kind }) => {
    const { run, folder, manager, told, begin } = watchFolder(kind);
    copy(layout, folder, readdirSync(join(layouts, layout)).sort());
    begin();
    await vi.waitFor(() => expect(told.saved).toHaveLength(whole.length + single.length), soon);
    expect(told.failed).toEqual([]);
    expect(told.saved.map(({ from }) => from).sort()).toEqual(
      [...whole.map(({ main }) => main), ...single].sort(),
    );
    for (const { main, others, folder: name } of whole) {
      const saved = told.saved.find(({ from }) => from === main);
      const own = folderOf(saved?.id ?? '');
      expect(saved?.id).toBe(`${own}/${main}`);
      if (kind === 'checkpoint') expect(own).toBe(`checkpoints/${name}`);
      else expect(own).toMatch(/^best_models\/model_v\d{4}_reward[^/]*_\d{8}_\d{6}$/);
      const names = [main, ...others].sort();
      expect(hashesOf(join(run, own), namesIn(join(run, own)))).toEqual(
        hashesOf(join(layouts, layout), names),
      );
      const list = readFileSync(join(run, 'SHA256SUMS'), 'utf8');
      for (const [file, hash] of Object.entries(hashesOf(join(layouts, layout), names)))
        expect(list).toContain(`${hash}  ${own}/${file}\n`);
      expect(manager.version(saved?.id ?? '')?.integrity.state).toBe('verified');
    }
    const fresh = new ModelManager(run, { appData: temporaryFolder() });
    await fresh.look();
    expect([...fresh.list()].map(({ id }) => id).sort()).toEqual(told.saved.map(({ id }) => id).sort());
    await fresh.verify(null, ({ integrity }) => expect(integrity.state).toBe('verified'));
    expect(fresh.problems).toEqual([]);
    fresh.close();
  },
  40_000,
);

test('files that are one version are told of as one: what its name says is kept, what is lost is named, and it moves as one', async () => {
  const { run, folder, manager, told, begin } = watchFolder('checkpoint');
  copy('tensorflow', folder, ['model.ckpt-1000.data-00000-of-00001', 'model.ckpt-1000.index']);
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  const [{ id } = { id: '' }] = told.saved;
  expect(manager.version(id)).toMatchObject({ version: 1000, step: 1000, metadata_source: 'sidecar' });
  const before = hashesOf(join(run, folderOf(id)), readdirSync(join(run, folderOf(id))));
  const operation = await manager.moveToTrash([id]);
  expect(readdirSync(join(run, 'checkpoints'))).toEqual([]);
  await manager.undo(operation);
  expect(hashesOf(join(run, folderOf(id)), readdirSync(join(run, folderOf(id))))).toEqual(before);
  unlinkSync(join(run, folderOf(id), 'model.ckpt-1000.data-00000-of-00001'));
  await manager.look();
  expect(manager.version(id)?.integrity).toMatchObject({
    state: 'torn',
    detail: expect.stringContaining('no model.ckpt-1000.data-00000-of-00001'),
  });
});

test('files that come one by one are waited for until the last of them is there', async () => {
  const { folder, told, begin } = watchFolder('checkpoint');
  begin();
  copy('sharded', folder, ['model-00001-of-00002.safetensors', 'model.safetensors.index.json']);
  copy('tensorflow', folder, ['ckpt-2.data-00000-of-00002', 'ckpt-2.index']);
  copy('tensorflow', folder, ['ckpt-1.data-00000-of-00001', 'ckpt-1.index']);
  await vi.waitFor(() => expect(told.saved.map(({ from }) => from)).toEqual(['ckpt-1.index']), soon);
  copy('tensorflow', folder, ['ckpt-2.data-00001-of-00002', 'ckpt-2.index']);
  await vi.waitFor(
    () => expect(told.saved.map(({ from }) => from)).toEqual(['ckpt-1.index', 'ckpt-2.index']),
    soon,
  );
  expect(told.failed).toEqual([]);
});

test('values that are newer than their index may be of the next save: they are waited for', async () => {
  const { folder, told, begin } = watchFolder('checkpoint');
  copy('sharded', folder, ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors']);
  const earlier = new Date(Date.now() - 60_000);
  copy('sharded', folder, ['model.safetensors.index.json']);
  utimesSync(join(folder, 'model.safetensors.index.json'), earlier, earlier);
  copy('tensorflow', folder, ['ckpt-1.data-00000-of-00001', 'ckpt-1.index']);
  begin();
  await vi.waitFor(() => expect(told.saved.map(({ from }) => from)).toEqual(['ckpt-1.index']), soon);
  copy('tensorflow', folder, ['ckpt-2.data-00000-of-00002', 'ckpt-2.data-00001-of-00002', 'ckpt-2.index']);
  await vi.waitFor(() => expect(told.saved).toHaveLength(2), soon);
  expect(told.saved.map(({ from }) => from)).toEqual(['ckpt-1.index', 'ckpt-2.index']);
  copy('sharded', folder, ['model.safetensors.index.json']);
  await vi.waitFor(() => expect(told.saved).toHaveLength(3), soon);
});

test('files that are written anew are another version: nothing of the first is replaced, and what was adopted before is passed over', async () => {
  const { run, folder, told, begin } = watchFolder('checkpoint');
  const [shard, other, index] = [
    'model-00001-of-00002.safetensors',
    'model-00002-of-00002.safetensors',
    'model.safetensors.index.json',
  ];
  copy('sharded', folder, [shard, other, index]);
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  const first = readFileSync(join(folder, shard));
  const second = Buffer.from(first);
  second[second.length - 1] = (second.at(-1) ?? 0) ^ 1;
  writeFileSync(join(folder, shard), second);
  copy('sharded', folder, [other, index]);
  await vi.waitFor(() => expect(told.saved).toHaveLength(2), soon);
  const [a = '', b = ''] = told.saved.map(({ id }) => folderOf(id));
  expect(a).toBe('checkpoints/model_safetensors');
  expect(b).toMatch(/^checkpoints\/model_safetensors_\d{8}_\d{6}$/);
  expect([readFileSync(join(run, a, shard)), readFileSync(join(run, b, shard))]).toEqual([first, second]);
  // The first once more, and what tells that it was passed over.
  writeFileSync(join(folder, shard), first);
  copy('sharded', folder, [other, index]);
  copy('tensorflow', folder, ['ckpt-1.data-00000-of-00001', 'ckpt-1.index']);
  await vi.waitFor(() => expect(told.saved).toHaveLength(3), soon);
  expect(told.saved.map(({ from }) => from)).toEqual([index, index, 'ckpt-1.index']);
  expect(told.failed).toEqual([]);
});

test('of files of which one is a link none is adopted: that is told once, in one line', async () => {
  const { folder, manager, told, begin } = watchFolder('checkpoint');
  for (const name of ['ckpt-2.data-00000-of-00002', 'ckpt-2.data-00001-of-00002'])
    symlinkSync(join(layouts, 'tensorflow', name), join(folder, name));
  copy('tensorflow', folder, ['ckpt-1.data-00000-of-00001', 'ckpt-1.index', 'ckpt-2.index']);
  begin();
  await vi.waitFor(() => expect(told.saved.map(({ from }) => from)).toEqual(['ckpt-1.index']), soon);
  await vi.waitFor(() => expect(told.failed).toHaveLength(1), soon);
  expect(told.failed).toEqual([
    expect.stringMatching(/^ckpt-2\.index: .* — it is adopted whole or not at all — copy it into the run/),
  ]);
  expect(manager.versions()).toHaveLength(1);
});
