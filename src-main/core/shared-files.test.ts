import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { copyAsWritten, sampleRun } from './catalog/measurements/evaluations.fixture.ts';
import { soon } from './companions.fixture.ts';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ModelManager } from './model-manager.ts';

const others = join(sampleRun, '../sb3-others');
const final = 'CartPole-v1.zip';
const step = 'rl_model_20000_steps.zip';
const statistics = 'CartPole-v1/vecnormalize.pkl';
const configs = ['CartPole-v1/config.yml', 'CartPole-v1/args.yml'];
const shared = [statistics, ...configs];

/** `CartPole-v1_1` as RL Baselines3 Zoo leaves it. */
function zooRun(): string {
  const run = join(temporaryFolder(), 'CartPole-v1_1');
  cpSync(copyAsWritten(), run, { recursive: true, preserveTimestamps: true });
  cpSync(join(run, 'best_model.zip'), join(run, final));
  mkdirSync(join(run, 'CartPole-v1'));
  cpSync(join(run, 'rl_model_vecnormalize_40000_steps.pkl'), join(run, statistics));
  writeFileSync(join(run, 'CartPole-v1/config.yml'), '!!python/object/apply:collections.OrderedDict\n- []\n');
  writeFileSync(join(run, 'CartPole-v1/args.yml'), '- - algo\n  - ppo\n');
  return run;
}

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const companionsOf = (manager: ModelManager, id: string) => manager.describe(id).companions;
const bytesIn = (run: string) =>
  shared.map((path) => existsSync(join(run, path)) && readFileSync(join(run, path), 'utf8'));

test('what the models of a run share goes with each of them, but where a model has its own of a kind', async () => {
  const manager = await open(zooRun());
  expect(companionsOf(manager, final)).toEqual(shared);
  expect(companionsOf(manager, 'best_model.zip')).toEqual(shared);
  expect(companionsOf(manager, step)).toEqual([
    'rl_model_vecnormalize_20000_steps.pkl',
    'rl_model_replay_buffer_20000_steps.pkl',
    ...shared.slice(1),
  ]);
  expect(manager.problems).toEqual([]);
});

test.each([
  ['- - - normalize\n    - true\n', 1],
  ["- - - normalize\n    - '{''norm_obs'': True}'\n", 1],
  ['normalize: true\n', 1],
  ['- - - normalize\n    - false\n', 0],
  ['- - - normalize_advantage\n    - true\n', 0],
])(
  'statistics that are nowhere, though the config %j asked for them, are told once',
  async (config, count) => {
    const run = zooRun();
    for (const name of readdirSync(run)) if (name.endsWith('.pkl')) rmSync(join(run, name));
    rmSync(join(run, statistics));
    writeFileSync(
      join(run, 'CartPole-v1/config.yml'),
      `!!python/object/apply:collections.OrderedDict\n${config}`,
    );
    const problem = `it says that observations were normalised, and ${statistics}, which has the statistics, is missing`;
    const told = Array.from({ length: count }, () => ({ path: 'CartPole-v1/config.yml', problem }));
    const manager = await open(run);
    expect(manager.problems).toEqual(told);
    cpSync(join(sampleRun, 'rl_model_vecnormalize_40000_steps.pkl'), join(run, statistics));
    await manager.look();
    expect(manager.problems).toEqual([]);
  },
);

test('the replay buffer that is left at the end goes with the last model alone', async () => {
  const run = zooRun();
  for (const name of readdirSync(run)) if (/_steps\.pkl$/.test(name)) rmSync(join(run, name));
  cpSync(join(sampleRun, 'rl_model_replay_buffer_40000_steps.pkl'), join(run, 'replay_buffer.pkl'));
  const manager = await open(run);
  expect(companionsOf(manager, final)).toEqual([...shared, 'replay_buffer.pkl']);
  expect(companionsOf(manager, 'best_model.zip')).toEqual(shared);
  const { manifest } = await manager.backups.create(new Set([final]));
  rmSync(join(run, 'replay_buffer.pkl'));
  await manager.moveToTrash([final]);
  await manager.backups.restore(manifest.id, null);
  expect(existsSync(join(run, 'replay_buffer.pkl'))).toBe(true);
});

test('statistics that the guide has kept beside the model go with it, into a backup and back', async () => {
  const run = join(temporaryFolder(), 'PPO');
  mkdirSync(run);
  cpSync(join(copyAsWritten(), 'best_model.zip'), join(run, 'ppo_halfcheetah.zip'));
  const kept = join(run, 'vec_normalize.pkl');
  cpSync(join(sampleRun, 'rl_model_vecnormalize_40000_steps.pkl'), kept);
  const bytes = readFileSync(kept);
  const manager = await open(run);
  expect(companionsOf(manager, 'ppo_halfcheetah.zip')).toEqual(['vec_normalize.pkl']);
  const { manifest } = await manager.backups.create(new Set(['ppo_halfcheetah.zip']));
  rmSync(kept);
  rmSync(join(run, 'ppo_halfcheetah.zip'));
  await manager.look();
  await manager.backups.restore(manifest.id, null);
  expect(readFileSync(kept)).toEqual(bytes);
});

test('a torn shared file prunes nothing and condemns no model', async () => {
  const run = zooRun();
  const sums = [statistics, ...configs].map((path) => `${'0'.repeat(64)}  ${path}\n`);
  for (const list of ['', sums.join('')]) {
    for (const path of shared) writeFileSync(join(run, path), '');
    writeFileSync(join(run, 'SHA256SUMS'), list);
    const manager = await open(run);
    const told: string[] = [];
    await manager.verify(null, ({ id, integrity }) => told.push(`${id} ${integrity.state}`));
    expect(told.sort()).toEqual(manager.versions().map(({ id }) => `${id} unsealed`));
    expect(manager.problems).toEqual([{ path: statistics, problem: expect.stringMatching(/^torn: /) }]);
    const { decisions } = await manager.planPrune({
      keepBest: 1,
      keepLatest: null,
      keepEvery: null,
      kinds: 'all',
    });
    expect(decisions.flatMap(({ reasons }) => reasons)).toContain('the newest intact version');
    expect(decisions.flatMap(({ keep, reasons }) => (keep ? [] : reasons))).not.toContain('mismatch');
  }
});

test('what is wrong with a shared file is told until it is another one, and by whoever opens the run', async () => {
  const run = zooRun();
  const whole = readFileSync(join(run, statistics));
  writeFileSync(join(run, 'SHA256SUMS'), `${'0'.repeat(64)}  ${statistics}\n`);
  await (await open(run)).verify(null, () => undefined);
  const manager = await open(run);
  expect(manager.problems).toEqual([{ path: statistics, problem: expect.stringMatching(/^mismatch: /) }]);
  rmSync(join(run, statistics));
  writeFileSync(join(run, statistics), whole);
  expect(manager.problems).toEqual([]);
});

test('the bytes of a shared file are expected once of all that is verified', async () => {
  const manager = await open(zooRun());
  let read = 0;
  await manager.verify(null, () => undefined, { onBytes: (bytes) => (read += bytes) });
  expect(manager.bytesToVerify([...manager.list()])).toBe(read);
});

test('shared statistics of another shape of observations are told of the models that go with them', async () => {
  const run = zooRun();
  cpSync(join(others, 'vecnormalize_of_3.pkl'), join(run, statistics));
  const manager = await open(run);
  await manager.readOwnRecords();
  const told = manager.versions().filter(({ problems }) => problems.length > 0);
  expect(told.map(({ id }) => id).sort()).toEqual([final, 'best_model.zip']);
  expect(told[0]?.problems).toEqual([
    'its VecNormalize statistics are of observations of shape [3], and it takes [4]',
  ]);
});

test('shared statistics are told of where no model has a companion of its own', async () => {
  const run = zooRun();
  for (const name of readdirSync(run)) if (/^rl_model_/.test(name)) rmSync(join(run, name));
  cpSync(join(others, 'vecnormalize_of_3.pkl'), join(run, statistics));
  const manager = await open(run);
  await manager.readOwnRecords();
  expect(manager.versions().map(({ problems }) => problems.length)).toEqual([1, 1]);
  expect(manager.problems.map(({ path }) => path).sort()).toEqual([final, 'best_model.zip']);
});

test.each([
  [
    'looked at again',
    async (manager: ModelManager) => {
      await manager.look();
      await manager.readOwnRecords();
    },
  ],
  ['followed', async (manager: ModelManager) => manager.reconcile()],
])(
  'what shared statistics contradict is not told any more once they are others, in a run that is %s',
  async (_, again) => {
    const run = zooRun();
    const whole = readFileSync(join(run, statistics));
    cpSync(join(others, 'vecnormalize_of_3.pkl'), join(run, statistics));
    const manager = await open(run);
    manager.follow();
    const told = () => manager.versions().flatMap(({ problems }) => problems).length;
    await vi.waitFor(() => expect(told()).toBe(2), 10_000);
    writeFileSync(join(run, statistics), whole);
    await again(manager);
    await vi.waitFor(() => expect([told(), manager.unaskedIds()]).toEqual([0, []]), 10_000);
    cpSync(join(others, 'vecnormalize_of_3.pkl'), join(run, statistics));
    await again(manager);
    await vi.waitFor(() => expect(told()).toBe(2), 10_000);
  },
);

test('a run that is followed notices what all its models share as it changes, comes and goes', async () => {
  const run = zooRun();
  // Not one that may become a version yet: those are watched in any case.
  utimesSync(join(run, 'CartPole-v1'), 1, 1);
  const manager = await open(run);
  manager.follow();
  const told = () => manager.versions().flatMap(({ problems }) => problems).length;
  const come = (name: string) => cpSync(join(others, 'vecnormalize_of_3.pkl'), join(run, name));
  await vi.waitFor(
    () => expect([told(), manager.unaskedIds(), manager.watch.state]).toEqual([0, [], 'live']),
    soon,
  );
  come(statistics);
  await vi.waitFor(() => expect(told()).toBe(2), soon);
  rmSync(join(run, 'CartPole-v1'), { recursive: true });
  // Others have statistics, and the best model was saved without.
  await vi.waitFor(() => expect(told()).toBe(1), soon);
  mkdirSync(join(run, 'CartPole-v1'));
  come(statistics);
  await vi.waitFor(() => expect(told()).toBe(2), soon);
});

test('what the models of a run share stays whatever is moved to the trash, and undo finds it there in any order', async () => {
  const run = zooRun();
  const before = bytesIn(run);
  const manager = await open(run);
  const one = await manager.moveToTrash([final]);
  const other = await manager.moveToTrash(['best_model.zip']);
  expect(bytesIn(run)).toEqual(before);
  await manager.undo(one);
  await manager.undo(other);
  expect(bytesIn(run)).toEqual(before);
  expect(companionsOf(manager, final)).toEqual(shared);
});

test('a backup of models holds what they share, and a restore of any of them brings it back once', async () => {
  const run = zooRun();
  const before = bytesIn(run);
  const manager = await open(run);
  const { manifest } = await manager.backups.create(new Set([final, 'best_model.zip']));
  const copies = manifest.versions.map(({ files }) => files.map(({ path }) => path));
  expect(copies.sort()).toEqual([
    [final, ...shared],
    ['best_model.zip', ...shared],
  ]);
  for (const path of [final, 'best_model.zip', ...shared]) rmSync(join(run, path));
  await manager.backups.restore(manifest.id, ['best_model.zip']);
  expect(bytesIn(run)).toEqual(before);
  for (const path of ['best_model.zip', ...shared]) rmSync(join(run, path));
  const { operation } = await manager.backups.restore(manifest.id, null);
  expect(bytesIn(run)).toEqual(before);
  expect(existsSync(join(run, final))).toBe(true);
  await manager.undo(operation ?? '');
  expect(bytesIn(run)).toEqual([false, false, false]);
});

test('a restore of one model leaves what others share as it is, and says so', async () => {
  const run = zooRun();
  const manager = await open(run);
  const { manifest } = await manager.backups.create(new Set([final]));
  cpSync(join(run, 'rl_model_vecnormalize_20000_steps.pkl'), join(run, statistics));
  rmSync(join(run, 'CartPole-v1/args.yml'));
  const now = readFileSync(join(run, statistics));
  const others = { id: final, left: [statistics] };
  expect(await manager.backups.plan(manifest.id, null)).toMatchObject([{ ...others, action: 'replace' }]);
  writeFileSync(join(run, final), 'another');
  const { changes } = await manager.backups.restore(manifest.id, null);
  expect(changes).toMatchObject([{ ...others, action: 'replace' }]);
  expect(readFileSync(join(run, statistics)).equals(now)).toBe(true);
  expect(readFileSync(join(run, 'CartPole-v1/args.yml'), 'utf8')).toBe('- - algo\n  - ppo\n');
  expect(await manager.backups.plan(manifest.id, null)).toMatchObject([{ ...others, action: 'same' }]);
});

test('an export gives shared statistics the name of a companion of each model', async () => {
  const manager = await open(zooRun());
  const folder = temporaryFolder();
  await manager.exportVersions([final, 'best_model.zip'], folder);
  expect(readdirSync(folder).sort()).toEqual(
    [final, 'CartPole-v1.vecnormalize.pkl', 'best_model.vecnormalize.pkl', 'best_model.zip'].sort(),
  );
  const exported = await open(folder);
  expect(companionsOf(exported, final)).toEqual(['CartPole-v1.vecnormalize.pkl']);
});

test('a link in the place of the shared folder is not followed', async () => {
  const run = zooRun();
  const elsewhere = temporaryFolder();
  cpSync(join(run, 'CartPole-v1'), elsewhere, { recursive: true });
  rmSync(join(run, 'CartPole-v1'), { recursive: true });
  symlinkSync(elsewhere, join(run, 'CartPole-v1'));
  expect(companionsOf(await open(run), final)).toEqual([]);
});
