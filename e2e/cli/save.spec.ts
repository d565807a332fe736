import { createHash } from 'node:crypto';
import { access, chmod, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing, expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const model = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';

/** A checkpoint that real PyTorch wrote, and an empty place for a run. */
async function prepare(): Promise<{ weights: string; run: string; checksum: string }> {
  const folder = await tempFolder('writing');
  const weights = join(await copySampleRun(), model);
  const checksum = createHash('sha256')
    .update(await readFile(weights))
    .digest('hex');
  return { weights, run: join(folder, 'new/run'), checksum };
}

function save(run: string, weights: string, ...rest: string[]) {
  return readJson(['save', run, '--weights', weights, ...rest]);
}

test('a file becomes the next version of a run that was not there, whole, with its sidecar', async () => {
  const { weights, run, checksum } = await prepare();
  const words = [
    '--reward',
    '-0.25',
    '--metric',
    'sharpe=1.5',
    '--metric',
    'loss=nan',
    '--metric',
    'edge=-inf',
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

test('versions count on, and the best of them stay: retention keeps as many as the config says, and undo brings one back', async () => {
  const { weights, run } = await prepare();
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
  const { weights, run } = await prepare();
  await mkdir(join(run, '.hydra'), { recursive: true });
  await writeFile(join(run, '.hydra/config.yaml'), 'storage:\n  max_best_models: 1\n');
  const saved = async (reward: string) => runCli(['save', run, '--weights', weights, '--reward', reward]);
  await saved('0.1');
  const { stdout } = await saved('0.9');
  expect(stdout).toMatch(
    /\n1 version moved to the trash, for this run keeps its 1 best model by mean_reward:\n {2}best_models\/model_v0001\S+\n/,
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
  const { weights, run } = await prepare();
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
  const { weights } = await prepare();
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
  const { weights, run } = await prepare();
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

test('a metric or reward that is no number is refused in our words', async () => {
  const { weights, run } = await prepare();
  const refused = async (...words: string[]) =>
    (await runCli(['save', run, '--weights', weights, '--reward', '1', ...words])).stderr;
  expect(await refused('--metric', 'sharpe=x')).toBe(
    'cairn: “x” is not a value of sharpe — --metric takes a number, nan, inf or -inf — such as sharpe=1.5\n',
  );
  expect(await refused('--reward', 'x')).toBe(
    'cairn: “x” is not a value for --reward — it must be a number, nan, inf or -inf — see cairn --help\n',
  );
  await expect(access(run)).rejects.toThrow();
});

test('a checkpoint that is saved again is backed up first, and undo brings the old one back byte for byte', async () => {
  const { weights, run } = await prepare();
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

test('what cannot be saved is refused in one line, and nothing is left behind', async () => {
  const { weights, run } = await prepare();
  await save(run, weights, '--reward', '1');
  const before = await readdir(run, { recursive: true });
  const calls: [string[], number][] = [
    [['save', run, '--weights', '/nowhere.pt', '--reward', '1'], 2],
    [['save', run, '--weights', run, '--reward', '1'], 2],
    [['save', run, '--weights', weights, '--reward', 'much'], 2],
    [['save', run, '--weights', weights], 2],
    [['save', run, '--weights', weights, '--reward', '1', '--metric', 'sharpe'], 2],
    [['save', run, '--weights', weights, '--reward', '1', '--name', '../x.pt'], 2],
    [['save', run, '--weights', weights, '--reward', '1', '--name', 'x.exe'], 2],
    [['save', weights, '--weights', weights, '--reward', '1'], 2],
  ];
  for (const [args, code] of calls) {
    const finished = await runCli(args);
    expectOneLineError(finished.stderr);
    expect([args.slice(4), finished.code]).toEqual([args.slice(4), code]);
  }
  expect(await readdir(run, { recursive: true })).toEqual(before);
});

test('a run that is read-only is not written to', async () => {
  const { weights, run } = await prepare();
  await save(run, weights, '--reward', '1');
  await chmod(run, 0o555);
  const finished = await runCli(['save', run, '--weights', weights, '--reward', '1']);
  await chmod(run, 0o755);
  expectOneLineError(finished.stderr);
  expect([finished.code, finished.stderr]).toEqual([3, expect.stringContaining('read-only')]);
});

test('gzip, as the config asks for it, is written, listed and verified', async () => {
  const { weights, run } = await prepare();
  await mkdir(join(run, '.hydra'), { recursive: true });
  await writeFile(join(run, '.hydra/config.yaml'), 'storage:\n  compression: gzip\n  max_best_models: 3\n');
  const { id } = (await save(run, weights, '--reward', '1')) as { id: string };
  expect(id).toMatch(/\.pt\.gz$/);
  await access(join(run, id.replace('.pt.gz', '.json')));
  expect(await readJson(['verify', run])).toMatchObject({ ok: true, counts: { verified: 1 } });
});

test('eight processes that save at once take eight numbers', async () => {
  const { weights, run } = await prepare();
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
  const run = await copySampleRun();
  const weights = join(run, 'best_models/model_v0011_reward0.4346_20260302_114200.pt');
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
  const args = [
    'save',
    run,
    '--weights',
    weights,
    '--reward',
    '1',
    ...given.flatMap((each) => ['--state', each]),
  ];
  const { id } = (await readJson(args)) as { id: string };
  expect(await readJson(['show', run, id])).toMatchObject({
    training_state: {
      ...{ list: [1, 2.5, 'NaN'], map: { a: { b: null } }, on: true, none: null, quoted: '7' },
      ...{ half: '[1,', word: 'True', n: 'NaN' },
    },
  });
});

test('a name with a control character is refused in one line', async () => {
  const run = await copySampleRun();
  const weights = join(run, 'best_models/model_v0011_reward0.4346_20260302_114200.pt');
  for (const kind of ['best', 'checkpoint']) {
    const args = [
      'save',
      run,
      '--weights',
      weights,
      '--reward',
      '1',
      '--kind',
      kind,
      '--name',
      'a\u001b[31m\n.pt',
    ];
    const { code, stderr } = await runCli(args);
    expectOneLineError(stderr);
    expect([code, stderr]).toEqual([2, expect.stringContaining('it has an unprintable character')]);
  }
});

test('a save that is refused makes no run', async () => {
  const folder = await tempFolder('writing');
  const [run, weights] = [join(folder, 'new/run'), join(folder, 'w.pt')];
  await writeFile(weights, 'weights');
  const given = ['--weights', weights, '--reward', '1'];
  const strict = join(folder, '.strict.yaml');
  const wrong = join(folder, '.wrong.yaml');
  await writeFile(strict, 'strict_mode: true\n');
  await writeFile(wrong, 'strict_mode: true\nmax_best_models: many\n');
  const calls: [code: number, call: string[]][] = [
    [2, ['--weights', join(folder, 'missing.pt'), '--reward', '1']],
    [2, ['--weights', folder, '--reward', '1']],
    [2, [...given, '--name', '../x.pt']],
    [2, [...given, '--name', 'x.txt']],
    [3, [...given, '--config', join(folder, 'missing.yaml')]],
    [3, [...given, '--config', strict]],
    [3, [...given, '--config', wrong]],
    [2, ['--watch', folder, '--name', 'x.pt']],
    [2, ['--watch', folder]],
    [2, ['--watch', join(folder, 'nowhere')]],
  ];
  for (const [code, call] of calls) {
    const refused = await runCli(['save', run, ...call]);
    expect([call, refused.code, await readdir(folder)]).toEqual([
      call,
      code,
      ['.strict.yaml', '.wrong.yaml', 'w.pt'],
    ]);
    expect(refused.stderr).toMatch(/^cairn: [^\n]+\n$/);
  }
});

test('a text that is saved is named by best and latest, which say on stderr that it is no checkpoint they know', async () => {
  const { weights, run } = await prepare();
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
