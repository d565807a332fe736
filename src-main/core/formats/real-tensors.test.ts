import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Contents, Tensor } from './contents.ts';
import { pickle } from './fixtures/write-torch.ts';
import { readContents } from './read-contents.ts';
import { bufferSource } from './source.ts';

/** What PyTorch says of a file: its tensors, a text each, or null when it cannot load it. */
type Table = Record<string, string> | null;

const project = join(import.meta.dirname, '../../..');
const fixtures = join(project, 'e2e/fixtures');
const sample = join(project, 'build/sample-run');

const cases = [
  { files: join(sample, 'run'), tables: join(sample, 'tensors.json') },
  { files: fixtures, tables: join(fixtures, 'tensors.json') },
].flatMap(({ files, tables }) =>
  Object.entries<Table>(JSON.parse(readFileSync(tables, 'utf8'))).map(([path, table]) => ({
    name: path,
    path: join(files, path),
    table,
  })),
);

const inspect = (path: string): Promise<Contents> =>
  readContents(bufferSource(basename(path), readFileSync(path)));

const fixture = (name: string) => inspect(join(fixtures, 'formats', name));

function describeTensor({ dtype, shape, stride, offset }: Tensor): string {
  const place = stride === null ? '' : ` [${stride.join(', ')}] ${offset}`;
  return `${dtype} [${shape.join(', ')}]${place}`;
}

const readable = cases.filter(
  (one): one is typeof one & { table: Record<string, string> } => one.table !== null,
);
const broken = cases.filter(({ table }) => table === null);

test.each(readable)('$name has the tensors that PyTorch finds in it', async ({ name, path, table }) => {
  const { tensors, problems } = await inspect(path);
  expect(Object.fromEntries(tensors.map((tensor) => [tensor.name, describeTensor(tensor)]))).toEqual(table);
  expect(tensors).toHaveLength(Object.keys(table).length);
  const unread = tensors.filter(
    ({ data, dtype, stride }) => data === null && dtype !== 'qint8' && stride !== null,
  );
  expect(unread.length > 0).toBe(name === 'oddities/meta.pt');
  expect(problems).toEqual([]);
});

test.each(broken)('$name, which PyTorch cannot load, has a problem', async ({ path }) => {
  expect((await inspect(path)).problems[0]).toEqual(expect.any(String));
});

const verdicts = [
  { files: join(sample, 'run'), list: join(sample, 'expected.json') },
  { files: fixtures, list: join(fixtures, 'expected.json') },
].flatMap(({ files, list }) =>
  Object.entries<{ tensors_only: boolean | null }>(JSON.parse(readFileSync(list, 'utf8')))
    .filter(([, { tensors_only }]) => tensors_only !== null)
    .map(([name, { tensors_only }]) => ({ name, path: join(files, name), tensorsOnly: tensors_only })),
);

test.each(verdicts)(
  '$name takes nothing but tensors if and only if weights_only allows all it names',
  async ({ path, tensorsOnly }) => {
    expect((await inspect(path)).trust === 'tensors-only').toBe(tensorsOnly);
  },
);

test('a torn checkpoint still has the names and shapes of the whole one, and its early tensors', async () => {
  const torn = await inspect(join(sample, 'run/checkpoints/checkpoint_step_000516096.pt'));
  const whole = await inspect(join(sample, 'run/checkpoints/checkpoint_step_000451584.pt'));
  expect(torn.tensors.map(describeTensor)).toEqual(whole.tensors.map(describeTensor));
  expect(torn.trainingState).toMatchObject({ global_step: 516096 });
  const held = torn.tensors.filter(({ data }) => data !== null);
  expect(held.length).toBeGreaterThan(5);
  expect(held.length).toBeLessThan(torn.tensors.length);
  expect(torn.problems).toEqual([
    '15,445 bytes: the end of the archive is missing',
    expect.stringMatching(/^\d+ of \d+ storages are there: [\d,]+ of [\d,]+ bytes of tensors$/),
    'model_state_dict.trunk.2.weight: the file ends inside its storage: 85 of 2,304 bytes are there',
    expect.stringMatching(/^model_state_dict\..* and \d+ other tensors: its storage is not in the file$/),
  ]);
});

test('elements are where the tensors say they are, in an archive within an archive too', async () => {
  for (const name of ['views.pt', 'legacy_views.pt']) {
    const { tensors } = await fixture(name);
    const rows = tensors.find((tensor) => tensor.name === 'rows');
    const { source, start } = rows?.data ?? expect.unreachable();
    expect((await source.read(start + 4 * 37, 4)).readFloatLE(0)).toBe(37);
  }
  const { tensors } = await fixture('sb3.zip');
  const step = tensors.find((tensor) => tensor.name === 'policy.optimizer.pth.state.0.step');
  const { source, start } = step?.data ?? expect.unreachable();
  expect((await source.read(start, 4)).readFloatLE(0)).toBe(1);
});

test('tensors that share a storage say so', async () => {
  const { tensors } = await fixture('views.pt');
  const storages = tensors.map(({ storage }) => storage);
  expect(new Set(storages.slice(0, 5)).size).toBe(1);
  expect(storages[5]).not.toBe(storages[0]);
});

describe('plain data beside the tensors', () => {
  test('is told as it is, whatever Python made it of', async () => {
    const { entries, trainingState, trust } = await fixture('plain.pt');
    expect(trainingState).toEqual({ epoch: 3, global_step: 1200 });
    expect(trust).toBe('tensors-only');
    expect(entries).toContainEqual({ key: 'seed', type: 'number', summary: String(2n ** 60n + 1n) });
    expect(entries).toContainEqual({ key: 'args', type: 'argparse.Namespace', summary: '3 items' });
    expect(entries).toContainEqual({
      key: 'state_dict',
      type: 'collections.OrderedDict',
      summary: '2 tensors',
    });
  });

  test('of the reference is version, training state and metadata', async () => {
    const run = join(fixtures, 'generations/typed/best_models');
    const { checkpointVersion, trainingState, metadata } = await inspect(
      join(run, 'model_v0005_reward0.3100_20240101_135500.pt'),
    );
    expect(checkpointVersion).toBe('2.0');
    expect(trainingState).toMatchObject({ global_step: 5000, best_reward: 0.31, lr_schedule_state: null });
    expect(metadata).toMatchObject({
      version: 5,
      metrics: { comment: 'ünïcode' },
      training_config: { gamma: 0.99 },
    });
  });

  test('of stable-baselines3 comes from its JSON and the names in its pickles', async () => {
    const { metadata, trainingState, trust, globals } = await fixture('sb3.zip');
    expect(metadata).toMatchObject({
      policy_class: 'torch.nn.modules.linear.Linear',
      start_time: 1740994200000000000n,
      ep_info_buffer: [{ r: 1.5, l: 600 }],
    });
    expect(trainingState).toEqual({ num_timesteps: 40960, _n_updates: 160 });
    expect(trust).toBe('needs-classes');
    expect(globals).toContainEqual({
      module: 'torch.nn.modules.linear',
      name: 'Linear',
      called: false,
      class: 'code',
      offset: expect.any(Number),
    });
  });
});

test('a pickle that is a single call is told as that', async () => {
  const { entries } = await readContents(bufferSource('a.pkl', pickle('cos\nsystem\nU\x02id\x85R')));
  expect(entries).toEqual([{ key: '', type: 'os.system', summary: '1 item' }]);
});

test.each([
  ['a module', 'legacy_module.pt', 'needs-classes'],
  ['a program', 'script.pt', 'runs-code'],
  ['arrays of numpy', 'arrays_5.pkl', 'tensors-only'],
])('%s is trusted as far as it should be', async (_, name, trust) => {
  expect((await fixture(name)).trust).toBe(trust);
});

test('the source of a module in a legacy stream is shown as text', async () => {
  const { entries } = await fixture('legacy_module.pt');
  const source = entries.find(({ type }) => type === 'Python source');
  expect(source?.key).toBe('source of torch.nn.modules.linear.Linear');
  expect(source?.summary).toMatch(/^class Linear\(Module\)/);
});

test('what is a model, what an optimizer and what neither is told apart', async () => {
  const path = cases.find(({ name }) => basename(name) === 'checkpoint_step_000064512.pt')?.path ?? '';
  const parts = new Map((await inspect(path)).tensors.map(({ name, part }) => [name.split('.')[0], part]));
  expect(parts.get('model_state_dict')).toBe('model');
  expect(parts.get('optimizer_state_dict')).toBe('optimizer');
  const sb3 = new Map((await fixture('sb3.zip')).tensors.map(({ name, part }) => [name, part]));
  expect(sb3.get('policy.pth.weight')).toBe('model');
  expect(sb3.get('policy.optimizer.pth.state.0.exp_avg')).toBe('optimizer');
});
