import { cpSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { VersionKind } from '../../../shared/model/version.ts';
import { sha256 } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { watchFolder } from './watched-folder.fixture.ts';

const soon = { timeout: 15_000, interval: 50 };
const layouts = join(import.meta.dirname, '../../../e2e/fixtures/layouts');

/** Of each framework, what it wrote as checkpoints: those that are whole, and those that are not. */
const written = [
  {
    layout: 'huggingface',
    whole: ['checkpoint-500', 'checkpoint-1000', 'checkpoint-1500'],
    broken: ['checkpoint-1250', 'checkpoint-2000'],
  },
  {
    layout: 'rllib',
    whole: ['checkpoint_000001', 'checkpoint_000002', 'checkpoint_000003'],
    broken: ['checkpoint_000004'],
  },
  { layout: 'orbax', whole: ['1', '10'], broken: ['11.orbax-checkpoint-tmp-1700000020'] },
  { layout: 'distributed-checkpoint', whole: ['step-100', 'step-200'], broken: ['step-300'] },
  {
    layout: 'lightning-folders/checkpoints',
    whole: ['epoch=0-step=10-val_loss=0.50.ckpt', 'epoch=2-step=30.ckpt'],
    broken: ['epoch=1-step=20-val_loss=0.40.ckpt', 'last.ckpt'],
  },
  { layout: 'saved-model', whole: ['1'], broken: ['2'] },
  {
    layout: 'checkpoint-folders',
    whole: ['checkpoint_1000', 'checkpoint_10000', 'checkpoint_2000'],
    broken: ['checkpoint_20000'],
  },
];

const kinds: readonly VersionKind[] = ['best', 'checkpoint'];

/** The bytes of every file below a folder, by path, but for the record that a save adds. */
function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  const own = files.filter((name) => !name.endsWith('.cairn.json'));
  return Object.fromEntries(own.map((name) => [name, sha256(readFileSync(join(folder, name)))]));
}

/** The folder of the run that a version is. @param id of the file that stands for it */
const folderOf = (id: string) => id.split('/').slice(0, 2).join('/');

/** All that a framework wrote is there when it begins. @returns once it is adopted */
async function adoptWritten({ layout, whole, broken }: (typeof written)[number], kind: VersionKind) {
  const watched = watchFolder(kind);
  const { folder, told, begin } = watched;
  for (const name of [...whole, ...broken])
    cpSync(join(layouts, layout, name), join(folder, name), { recursive: true });
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(whole.length), soon);
  expect(told.failed).toEqual([]);
  expect(told.saved.map(({ from }) => from).sort()).toEqual([...whole].sort());
  return watched;
}

function expectSealed(run: string, folder: string): void {
  const list = readFileSync(join(run, 'SHA256SUMS'), 'utf8').split('\n');
  for (const name of readdirSync(join(run, folder), { recursive: true, encoding: 'utf8' })) {
    const path = join(run, folder, name);
    if (statSync(path).isFile()) expect(list).toContain(`${sha256(readFileSync(path))}  ${folder}/${name}`);
  }
}

async function expectAdopted(
  { run, folder, manager, told }: ReturnType<typeof watchFolder>,
  kind: VersionKind,
) {
  const fresh = new ModelManager(run, { appData: temporaryFolder() });
  await fresh.look();
  for (const { id, from, version } of told.saved) {
    const own = folderOf(id);
    expect(filesBelow(join(run, own))).toEqual(filesBelow(join(folder, from)));
    if (kind === 'checkpoint') expect(own).toBe(`checkpoints/${from}`);
    else expect(own).toMatch(/^best_models\/model_v\d{4}_reward[^/]*_\d{8}_\d{6}$/);
    expectSealed(run, own);
    // Hashed on the way: nobody need read it once more.
    expect(manager.version(id)?.integrity.state).toBe('verified');
    expect(fresh.version(id)).toMatchObject({ kind, version, metadata_source: 'sidecar' });
  }
  await fresh.verify(null, ({ integrity }) => expect(integrity.state).toBe('verified'));
  expect([...fresh.list()].map(({ id }) => id).sort()).toEqual(told.saved.map(({ id }) => id).sort());
  expect(fresh.problems).toEqual([]);
  expect(manager.log().map(({ command }) => command)).toEqual(told.saved.map(() => 'save'));
  fresh.close();
}

test.each(kinds)(
  'what any framework keeps in a folder is adopted whole, in one operation, and sealed: as %s',
  async (kind) => {
    const all = await Promise.all(written.map((each) => adoptWritten(each, kind)));
    for (const watched of all) await expectAdopted(watched, kind);
    // It is one version: what moves it moves all of it, and brings all of it back.
    for (const { run, folder, manager, told } of all) {
      const [{ id, from } = { id: '', from: '' }] = told.saved;
      const operation = await manager.moveToTrash([id]);
      expect(readdirSync(join(run, folderOf(id), '..'))).not.toContain(basename(folderOf(id)));
      await manager.undo(operation);
      expect(filesBelow(join(run, folderOf(id)))).toEqual(filesBelow(join(folder, from)));
    }
  },
  60_000,
);

const byLoss = { best_model_selection_metric: 'eval_loss', best_model_selection_mode: 'min' } as const;

/** Their mean rewards are in training_state.json, what was lost at evaluation in trainer_state.json. */
test.each([
  {
    layout: 'checkpoint-folders',
    config: {},
    names: ['checkpoint_10000', 'checkpoint_2000', 'checkpoint_1000'],
  },
  { layout: 'huggingface', config: byLoss, names: ['checkpoint-500', 'checkpoint-1000', 'checkpoint-1500'] },
])(
  'a folder is ranked by what its framework wrote in it, and pruned by the config of the run: $layout',
  async ({ layout, config, names }) => {
    const { folder, run, manager, told, begin } = watchFolder('best', { ...config, max_best_models: 1 });
    const source = new ModelManager(join(layouts, layout), { appData: temporaryFolder(), config });
    await source.look();
    begin();
    for (const [index, name] of names.entries()) {
      cpSync(join(layouts, layout, name), join(folder, name), { recursive: true });
      await vi.waitFor(() => expect(told.saved).toHaveLength(index + 1), soon);
    }
    const best = source.badges.best?.split('/')[0];
    await manager.look();
    expect(told.saved.find(({ id }) => id === manager.badges.best)?.from).toBe(best);
    const pruning = told.saved.find((each) => each.pruning !== null);
    expect(pruning?.pruned).toHaveLength(1);
    await manager.undo(pruning?.pruning ?? '');
    const back = pruning?.pruned[0] ?? '';
    const from = told.saved.find(({ id }) => id === back)?.from ?? '';
    expect(filesBelow(join(run, folderOf(back)))).toEqual(filesBelow(join(folder, from)));
    source.close();
  },
  40_000,
);

test('a folder that comes file by file is waited for until its framework is done with it', async () => {
  const { folder, manager, told, begin } = watchFolder('checkpoint');
  begin();
  const from = join(layouts, 'huggingface/checkpoint-500');
  const names = readdirSync(from).filter((name) => name !== 'trainer_state.json');
  for (const name of names) put(folder, `checkpoint-500/${name}`, readFileSync(join(from, name)));
  // Another one that came later is a version by now, and that is not.
  cpSync(join(layouts, 'huggingface/checkpoint-1500'), join(folder, 'checkpoint-1500'), { recursive: true });
  await vi.waitFor(() => expect(told.saved.map((each) => each.from)).toEqual(['checkpoint-1500']), soon);
  put(folder, 'checkpoint-500/trainer_state.json', readFileSync(join(from, 'trainer_state.json')));
  await vi.waitFor(() => expect(told.saved).toHaveLength(2), soon);
  expect(filesBelow(join(manager.root, 'checkpoints/checkpoint-500'))).toEqual(filesBelow(from));
});

test('a folder that is written anew is another version: nothing of the first is replaced or mixed', async () => {
  const { folder, manager, told, begin } = watchFolder('checkpoint');
  const from = join(layouts, 'huggingface');
  cpSync(join(from, 'checkpoint-1000'), join(folder, 'checkpoint-1000'), { recursive: true });
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  rmSync(join(folder, 'checkpoint-1000'), { recursive: true });
  cpSync(join(from, 'checkpoint-500'), join(folder, '.next'), { recursive: true });
  renameSync(join(folder, '.next'), join(folder, 'checkpoint-1000'));
  await vi.waitFor(() => expect(told.saved).toHaveLength(2), soon);
  const [first, second] = told.saved.map(({ id }) => folderOf(id));
  expect(first).toBe('checkpoints/checkpoint-1000');
  expect(second).toMatch(/^checkpoints\/checkpoint-1000_\d{8}_\d{6}$/);
  expect(filesBelow(join(manager.root, first ?? ''))).toEqual(filesBelow(join(from, 'checkpoint-1000')));
  expect(filesBelow(join(manager.root, second ?? ''))).toEqual(filesBelow(join(from, 'checkpoint-500')));
  await manager.verify(null, ({ integrity }) => expect(integrity.state).toBe('verified'));
});

test('a folder with an ending that is written anew is another version too: the time goes before the ending', async () => {
  const { folder, told, begin } = watchFolder('checkpoint');
  const from = join(layouts, 'lightning-folders/checkpoints');
  const write = (name: string) => {
    rmSync(join(folder, 'last.ckpt'), { recursive: true, force: true });
    cpSync(join(from, name), join(folder, '.next'), { recursive: true });
    renameSync(join(folder, '.next'), join(folder, 'last.ckpt'));
  };
  write('epoch=0-step=10-val_loss=0.50.ckpt');
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  write('epoch=2-step=30.ckpt');
  await vi.waitFor(() => expect(told.saved).toHaveLength(2), soon);
  // It may be looked at while it goes file by file.
  expect(told.failed.filter((why) => !why.endsWith('— that may pass — it is tried again'))).toEqual([]);
  const [first, second] = told.saved.map(({ id }) => folderOf(id));
  expect(first).toBe('checkpoints/last.ckpt');
  expect(second).toMatch(/^checkpoints\/last_\d{8}_\d{6}\.ckpt$/);
});

test('a folder with a link in it is not adopted in part: that is told once, in one line', async () => {
  const { folder, manager, told, begin } = watchFolder('checkpoint');
  cpSync(join(layouts, 'huggingface/checkpoint-500'), join(folder, 'checkpoint-500'), { recursive: true });
  rmSync(join(folder, 'checkpoint-500/optimizer.pt'));
  symlinkSync(
    join(layouts, 'huggingface/checkpoint-500/optimizer.pt'),
    join(folder, 'checkpoint-500/optimizer.pt'),
  );
  begin();
  await vi.waitFor(() => expect(told.failed).toHaveLength(1), soon);
  put(folder, 'checkpoint-500/notes.txt', 'x');
  cpSync(join(layouts, 'huggingface/checkpoint-1500'), join(folder, 'checkpoint-1500'), { recursive: true });
  await vi.waitFor(() => expect(told.saved.map(({ from }) => from)).toEqual(['checkpoint-1500']), soon);
  expect(told.failed).toEqual([
    expect.stringMatching(/^checkpoint-500: it cannot be read: .* — it is adopted whole or not at all/),
  ]);
  expect(manager.versions()).toHaveLength(1);
});

test('a number is not given twice, also where the folder that has it is in the trash', async () => {
  const { manager } = watchFolder('best');
  const from = join(layouts, 'huggingface/checkpoint-500');
  const files = readdirSync(from).map((name) => ({ name, bytes: { path: join(from, name) } }));
  const save = () => manager.saveBestModel({ source: { folder: 'checkpoint-500', files }, reward: 1 });
  const first = await save();
  await manager.moveToTrash([first.id]);
  expect([first.version, (await save()).version]).toEqual([1, 2]);
});

test.each([
  {
    what: 'a name that is none',
    folder: '../checkpoint-1',
    name: 'model.safetensors',
    why: /cannot be the name/,
  },
  {
    what: 'a file outside',
    folder: 'checkpoint-1',
    name: '../../model.safetensors',
    why: /is not saved|cannot be/,
  },
  { what: 'what no framework writes', folder: 'checkpoint-1', name: 'notes.txt', why: /no framework/ },
])('a folder with $what is refused, and nothing is left of it', async ({ folder, name, why }) => {
  const { manager, run } = watchFolder('checkpoint');
  const bytes = { chunks: [Buffer.from('x')], size: 1 };
  const saving = manager.saveCheckpoint({ source: { folder, files: [{ name, bytes }] }, reward: 1 });
  await expect(saving).rejects.toThrow(why);
  expect(readdirSync(run).filter((each) => each !== '.cairn')).toEqual([]);
});

test('a folder of which a file is another than when it was read is refused: files of two saves are neither', async () => {
  const { manager, run } = watchFolder('checkpoint');
  const from = join(layouts, 'huggingface/checkpoint-500');
  const files = readdirSync(from).map((name) => ({
    name,
    bytes: {
      path: join(from, name),
      checksum: name === 'optimizer.pt' ? 'a'.repeat(64) : sha256(readFileSync(join(from, name))),
    },
  }));
  const saving = manager.saveCheckpoint({ source: { folder: 'checkpoint-500', files }, reward: 1 });
  await expect(saving).rejects.toThrow(/\/optimizer\.pt changed since it was verified/);
  expect(readdirSync(join(run, 'checkpoints'))).toEqual([]);
});
