import { access, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { weightsToSave } from '../fixtures/weights-to-save.ts';

function save(run: string, weights: string, ...rest: string[]) {
  return readJson(['save', run, '--weights', weights, ...rest]);
}

test('a file becomes the next version of a run that was not there, whole, with its sidecar', async () => {
  const { weights, run, checksum } = await weightsToSave();
  const words = [
    '--reward',
    '-0.25',
    '--metric',
    'sharpe=1.5',
    '--metric',
    'loss=nan',
    '--metric',
    'edge=-inf',
    '--metric',
    'whole=2.0',
    '--metric',
    'long=12345678901234567890',
  ];
  const saved = await save(
    run,
    weights,
    ...words,
    '--state',
    'global_step=500',
    '--symbol',
    'ES',
    '--notes',
    'first',
    '--tag',
    'a',
    '--tag',
    'b',
  );
  const { size } = await stat(weights);
  expect(saved).toMatchObject({ version: 1, checksum, file_size_bytes: size, pruned: [] });
  const id = String((saved as { id: string }).id);
  expect(id).toMatch(/^best_models\/model_v0001_rewardn0\.2500_\d{8}_\d{6}\.pt$/);
  expect(await readFile(join(run, id))).toEqual(await readFile(weights));
  const sidecar = await readFile(join(run, id.replace('.pt', '.json')), 'utf8');
  expect(sidecar).toContain('"loss": NaN');
  expect(sidecar).toContain('"edge": -Infinity');
  expect(sidecar).toContain('"whole": 2.0');
  expect(sidecar).toContain('"long": 12345678901234567890');
  expect(sidecar).toMatch(/"timestamp": "\d{4}-\d\d-\d\dT[\d:.]+\+00:00"/);
  const [version] = asListing(await readJson(['ls', run])).versions;
  expect(version).toMatchObject({
    id,
    version: 1,
    reward: -0.25,
    symbol: 'ES',
    notes: 'first',
    tags: ['a', 'b'],
    step: 500,
    checksum,
  });
  expect(version?.integrity.state).toBe('verified');
  expect((await readdir(join(run, 'best_models'))).sort()).toHaveLength(2);
});

test('of two rewards it is said which one ranks the version', async () => {
  const { weights, run } = await weightsToSave();
  const given = ['save', run, '--weights', weights, '--reward', '5'];
  const said = 'two rewards are given: mean_reward -3 ranks it, not --reward 5\n';
  expect((await runCli([...given, '--metric', 'mean_reward=-3'])).stderr).toContain(said);
  expect((await runCli([...given, '--metric', 'mean_reward=5.0'])).stderr).not.toContain('two rewards');
});

test('versions count on, and the best of them stay: retention keeps as many as the config says, and undo brings one back', async () => {
  const { weights, run } = await weightsToSave();
  await mkdir(join(run, '.hydra'), { recursive: true });
  await writeFile(
    join(run, '.hydra/config.yaml'),
    'storage:\n  max_best_models: 2\n  best_models_dir: best_models\n',
  );
  await save(run, weights, '--reward', '0.1');
  await save(run, weights, '--reward', '0.9');
  await save(run, weights, '--reward', 'nan', '--no-prune');
  const fourth = await save(run, weights, '--reward', '0.5');
  expect(fourth).toMatchObject({ version: 4 });
  const pruned = (fourth as { pruned: string[] }).pruned;
  expect(pruned.map((id) => id.slice(12, 23))).toEqual(['model_v0001', 'model_v0003']);
  const { versions } = asListing(await readJson(['ls', run]));
  expect(versions.map(({ version }) => version)).toEqual([4, 2]);
  await readJson(['undo', run]);
  expect(asListing(await readJson(['ls', run])).versions.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
});

test('what retention moved is told: how many, which, for how long, and how to bring it back', async () => {
  const { weights, run } = await weightsToSave();
  await mkdir(join(run, '.hydra'), { recursive: true });
  await writeFile(join(run, '.hydra/config.yaml'), 'storage:\n  max_best_models: 1\n');
  const saved = async (reward: string) => runCli(['save', run, '--weights', weights, '--reward', reward]);
  await saved('0.1');
  const { stdout } = await saved('0.9');
  expect(stdout).toMatch(
    /\n1 version moved to the trash, for this run keeps its 1 best model by mean_reward:\n {2}best_models\/model_v0001\S+: same bytes as best_models\/model_v0002\S+\n/,
  );
  const [, command = ''] =
    /Kept there for 7 days, unless the trash holds more than 20 GB or .*To bring it back: (cairn undo \S+ \S+)\n$/.exec(
      stdout,
    ) ?? [];
  expect((await runCli(command.split(' ').slice(1))).code).toBe(0);
  expect(asListing(await readJson(['ls', run])).versions).toHaveLength(2);
  expect((await runCli(['save', '--help'])).stdout).toMatch(/7 days/);
});

test('what the limits of the trash delete for good is told by name, also in JSON', async () => {
  const { weights, run } = await weightsToSave();
  await mkdir(join(run, '.hydra'), { recursive: true });
  await writeFile(join(run, '.hydra/config.yaml'), 'storage:\n  max_best_models: 1\n');
  await mkdir(join(run, '.cairn'));
  await writeFile(join(run, '.cairn/settings.yaml'), 'trash: {max_age: null, max_size: 1 kB}\n');
  const first = (await save(run, weights, '--reward', '0.1')) as { id: string };
  const finished = await runCli(['save', run, '--weights', weights, '--reward', '0.9', '--json']);
  expect(JSON.parse(finished.stdout)).toMatchObject({
    pruned: [first.id],
    operation: null,
    emptied: [first.id],
  });
  expect(finished.stderr).toBe(
    `1 version deleted for good from the trash, by its limits (1 KB, room on the disk): ${first.id}\n`,
  );
});

test('a torn or empty file that is saved is torn, never the best, and drives no other out', async () => {
  const { weights } = await weightsToSave();
  const run = await copySampleRun();
  const before = (await runCli(['best', run])).stdout;
  await writeFile(weights, '');
  for (const reward of ['0.91', '0.92', '0.93']) {
    const finished = await runCli([
      'save',
      run,
      '--weights',
      weights,
      '--reward',
      reward,
      '--metric',
      'sharpe=9',
      '--json',
    ]);
    expect(JSON.parse(finished.stdout)).toMatchObject({ pruned: [] });
    expect(finished.stderr).toMatch(/\nnothing was pruned: what was saved is torn/);
  }
  expect(await runCli(['best', run])).toMatchObject({ code: 0, stdout: before });
  const { versions } = asListing(await readJson(['ls', run]));
  expect(
    versions.filter(({ version }) => Number(version) > 18).map(({ integrity }) => integrity.state),
  ).toEqual(['torn', 'torn', 'torn']);
  const { operations } = (await readJson(['trash', run])) as { operations: unknown[] };
  expect(operations).toEqual([]);
});

test('a run that was not there is made, and a checkpoint that is replaced is kept: both are said', async () => {
  const { weights, run } = await weightsToSave();
  const call = ['save', run, '--weights', weights, '--reward', '1', '--kind', 'checkpoint', '--name', 'a.pt'];
  const first = await runCli(call);
  expect(first.stderr).toBe(`made the run folder ${run}: it was not there\n`);
  expect(first.stdout).not.toContain('kept');
  const second = await runCli(call);
  expect(second.stderr).toBe('');
  expect(second.stdout).toContain(
    '\nThe file that had this name is kept: checkpoints/a.pt.backup and in the trash\n',
  );
  expect(second.stdout).toMatch(/To bring it back: cairn undo \S+ \S+\n$/);

  await writeFile(join(run, '.cairn/settings.yaml'), 'trash: {max_size: 1 B}');
  const third = await runCli(call);
  expect(third.stdout).toMatch(/\nThe file that had this name is kept: checkpoints\/a\.pt\.backup\n$/);
});

test('a checkpoint that is saved again is backed up first, and undo brings the old one back byte for byte', async () => {
  const { weights, run } = await weightsToSave();
  await save(run, weights, '--kind', 'checkpoint', '--reward', '0.1');
  const path = join(run, 'checkpoints/checkpoint.pt');
  const first = await readFile(path);
  await truncate(weights, 20_000);
  await save(run, weights, '--kind', 'checkpoint', '--reward', '0.2');
  const second = await readFile(path);
  expect(second).toHaveLength(20_000);
  expect(await readFile(`${path}.backup`)).toEqual(first);
  await readJson(['undo', run]);
  expect(await readFile(path)).toEqual(first);
  const [version] = asListing(await readJson(['ls', run])).versions;
  expect(version).toMatchObject({ id: 'checkpoints/checkpoint.pt', reward: 0.1 });
});

test('gzip, as the config asks for it, is written, listed and verified', async () => {
  const { weights, run } = await weightsToSave();
  await mkdir(join(run, '.hydra'), { recursive: true });
  await writeFile(join(run, '.hydra/config.yaml'), 'storage:\n  compression: gzip\n  max_best_models: 3\n');
  const { id } = (await save(run, weights, '--reward', '1')) as { id: string };
  expect(id).toMatch(/\.pt\.gz$/);
  await access(join(run, id.replace('.pt.gz', '.json')));
  expect(await readJson(['verify', run])).toMatchObject({ ok: true, counts: { verified: 1 } });
  const { stdout } = await runCli(['show', run, '1']);
  expect(stdout).toMatch(
    /^ {2}loading +packed by gzip: torch.load cannot read it as it is, but through gzip.open/m,
  );
});

test('eight processes that save at once take eight numbers', async () => {
  const { weights, run } = await weightsToSave();
  const saves = Array.from({ length: 8 }, (_, index) =>
    save(run, weights, '--reward', String(index), '--no-prune', '--wait', '60'),
  );
  const versions = (await Promise.all(saves)).map((saved) => (saved as { version: number }).version);
  expect(versions.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(asListing(await readJson(['ls', run])).versions).toHaveLength(8);
});

test('an option that may be given more than once takes one value, and leaves the run to what follows', async () => {
  const run = await copySampleRun();
  const weights = join(run, 'best_models/model_v0011_reward0.4346_20260302_114200.pt');
  const words = '--metric a=1 --metric b=2 --state step=7 --state at=x --tag one --tag two'.split(' ');
  const { id } = (await readJson(['save', ...words, run, '--weights', weights, '--reward', '1'])) as {
    id: string;
  };
  expect(await readJson(['show', run, id])).toMatchObject({
    metrics: { a: 1, b: 2 },
    training_state: { step: 7, at: 'x' },
    tags: ['one', 'two'],
  });
});

test('a state that is JSON is kept as what it is, all else as the text that it is', async () => {
  const { weights, run } = await weightsToSave();
  const given = [
    'list=[1, 2.5, NaN]',
    'map={"a": {"b": null}}',
    'on=true',
    'none=null',
    'quoted="7"',
    'half=[1,',
    'word=True',
    'n=nan',
  ];
  const states = given.flatMap((each) => ['--state', each]);
  const { id } = (await save(run, weights, '--reward', '1', ...states)) as { id: string };
  expect(await readJson(['show', run, id])).toMatchObject({
    training_state: {
      ...{ list: [1, 2.5, 'NaN'], map: { a: { b: null } }, on: true, none: null, quoted: '7' },
      ...{ half: '[1,', word: 'True', n: 'NaN' },
    },
  });
});

test('a text that is saved is named by best and latest, which say on stderr that it is no checkpoint they know', async () => {
  const { weights, run } = await weightsToSave();
  await save(run, weights, '--reward', '1');
  const text = join(await tempFolder('text'), 'notes.pt');
  await writeFile(text, 'these are notes\n');
  const noise = (await save(run, text, '--reward', '9')) as { id: string };
  for (const command of ['best', 'latest']) {
    const { stdout, stderr, code } = await runCli([command, run]);
    expect({ stdout, code }).toEqual({ stdout: `${join(run, noise.id)}\n`, code: 0 });
    expect(stderr).toContain(
      `${noise.id}: of no format that Cairn knows, though its bytes are as saved: text, not a checkpoint: it begins with "these are notes"`,
    );
  }
  const { stdout } = await runCli(['prune', run, '--keep-best', '1', '--kinds', 'all']);
  expect(stdout).toMatch(/keep +best_models\/model_v0001\S+ +best #1/);
  expect(stdout).toMatch(/keep +best_models\/model_v0002\S+ +not a checkpoint that Cairn knows/);
});
