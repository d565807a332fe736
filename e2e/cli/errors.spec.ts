import { chmod, cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { type Finished, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { best } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const fixtures = join(import.meta.dirname, '../fixtures');

let run: string;
test.beforeAll(async () => {
  run = await copySampleRun();
});

/** The call fails twice alike: a line for people, and with --json a document for programs. */
async function expectRefused(args: string[], code: number, kind: string, words: RegExp): Promise<void> {
  const [spoken, written] = await Promise.all([runCli(args), runCli([...args, '--json'])]);
  expect({ args, code: spoken.code, stdout: spoken.stdout }).toEqual({ args, code, stdout: '' });
  expectOneLineError(spoken.stderr);
  expect(spoken.stderr).toMatch(words);
  expect(written.code).toBe(code);
  expect(readError(written)).toMatchObject({ code: kind, message: expect.stringMatching(words) });
}

function readError({ stdout }: Finished): object {
  const document = JSON.parse(stdout);
  expect(Object.keys(document)).toEqual(['error']);
  expect(document.error).toHaveProperty('path');
  return document.error;
}

test('an unknown option, value, command or document is refused with exit code 2', async () => {
  await expectRefused(['ls', run, '--bogus'], 2, 'Usage', /unknown option '--bogus'/);
  await expectRefused(['ls', run, '--limit', 'many'], 2, 'Usage', /whole number/);
  await expectRefused(['ls', run, '--kind', 'worst'], 2, 'Usage', /worst/);
  await expectRefused(['best', run, '--mode', 'up'], 2, 'Usage', /max, min/);
  await expectRefused(['frobnicate'], 2, 'Usage', /unknown command/);
  await expectRefused(['ls'], 2, 'Usage', /missing required argument .* — see cairn ls --help$/m);
  await expectRefused(
    ['lss', run],
    2,
    'Usage',
    /unknown command 'lss' .* did you mean ls\? Or see cairn --help$/m,
  );
  await expectRefused(
    ['ls', run, '--sotr', 'reward'],
    2,
    'Usage',
    /did you mean --sort\? Or see cairn ls --help$/m,
  );
  const shell = await runCli(['completion', 'ksh']);
  expect(shell.stderr).toMatch(
    /^cairn: “ksh” is not a value for shell — allowed choices are bash, .* — see cairn completion --help\n$/,
  );
});

test('an option that takes one value is refused where it is given twice, and no version has changed', async () => {
  const twice = /option '--keep-best' is given twice — the call is wrong — see cairn prune --help$/m;
  await expectRefused(['prune', run, '--keep-best', '2', '--keep-best=3'], 2, 'Usage', twice);
  const weights = join(run, best);
  const save = ['save', run, '--weights', weights, '--reward', '1'];
  await expectRefused([...save, '--reward', '2'], 2, 'Usage', /option '--reward' is given twice/);
  await expectRefused([...save, '--tag', 'a', '--tag', ' '], 2, 'Usage', /“ ” is not a value for --tag/);
  const config = join(run, 'nope.yaml');
  await expectRefused(
    [...save, '--config', config],
    2,
    'Usage',
    /nope\.yaml — it is not there — name a config/,
  );
});

test('help of an unknown command says that it is unknown', async () => {
  const said = await runCli(['help', 'frobnicate']);
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(said.stderr).toBe("cairn: unknown command 'frobnicate' — the call is wrong — see cairn --help\n");
  const [help, prune] = await Promise.all([runCli(['help']), runCli(['help', 'prune'])]);
  expect(help).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Usage: cairn \[options\] \[command\]/),
  });
  expect(prune).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Usage: cairn prune \[options\]/) });
});

test('an unknown metric is refused with those there are', async () => {
  await expectRefused(['best', run, '--metric', 'alpha'], 2, 'Usage', /unknown metric “alpha”.*sharpe/);
  await expectRefused(['ls', run, '--sort', 'alpha:asc'], 2, 'Usage', /unknown metric “alpha”/);
  await expectRefused(['show', run, 'best:alpha'], 2, 'Usage', /unknown metric “alpha”/);
});

test('of very many metrics some are named, and the one that was meant', async () => {
  const folder = await tempFolder('many-metrics');
  await mkdir(join(folder, 'best_models'));
  const name = join(folder, 'best_models/model_v0001_reward0.1000_20260302_100000');
  const metrics = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`m${index}`, index]));
  await writeFile(`${name}.pt`, '');
  await writeFile(
    `${name}.json`,
    JSON.stringify({ version: 1, reward: 0.1, metrics: { ...metrics, sharpe: 1 } }),
  );
  const { code, stderr } = await runCli(['best', folder, '--metric', 'sharp']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/ and 19,973 more — did you mean “sharpe”\?$/m);
  expect(stderr.length).toBeLessThan(1000);
});

test('a version that is not there is exit code 1, an ambiguous one 2 with the candidates', async () => {
  await expectRefused(['show', run, '99'], 1, 'ModelNotFound', /no version “99”/);
  const twice = await copySampleRun();
  const name = 'model_v0011_reward0.1000_20260302_114200.pt';
  await writeFile(join(twice, 'checkpoints', name), 'x');
  await expectRefused(
    ['show', twice, '11'],
    2,
    'Usage',
    /ambiguous.*best_models\/model_v0011.*checkpoints\/model_v0011/,
  );
});

test('what is no run folder is refused: a file, nothing at all, an empty folder', async () => {
  const empty = await tempFolder('empty');
  const file = join(await tempFolder('file'), 'notes.txt');
  await writeFile(file, 'x');
  await expectRefused(['ls', file], 2, 'Usage', /not a folder/);
  await expectRefused(['best', join(empty, 'nothing')], 2, 'Usage', /it is not there/);
  for (const command of ['ls', 'latest', 'verify'])
    await expectRefused([command, empty], 2, 'Usage', /not a run folder/);
  await expectRefused(['watch', join(empty, 'nothing')], 2, 'Usage', /it is not there/);
  const opened = await runCli(['open', join(empty, 'nothing')]);
  expect(opened.code).toBe(2);
  expectOneLineError(opened.stderr);
});

test('a folder in which a run keeps its versions is no run to be written to; its run is named to whom it is read', async () => {
  const inner = join(run, 'best_models');
  const before = await readdir(inner);
  for (const args of [
    ['prune', inner, '--yes'],
    ['seal', inner],
    ['pin', inner, 'v1'],
  ])
    await expectRefused(args, 2, 'Usage', /the run \S+sample-run keeps versions in it — name that/);
  expect(await readdir(inner)).toEqual(before);
  const { code, stderr } = await runCli(['ls', inner]);
  expect([code, stderr]).toEqual([
    0,
    `note: the run ${run} keeps versions in this folder — “cairn ls ${run}” goes by its config and pins\n`,
  ]);
});

test('a run without an intact version has no best and no latest: exit code 1', async () => {
  const bare = await tempFolder('bare');
  await mkdir(join(bare, 'checkpoints'));
  expect((await runCli(['ls', bare])).code).toBe(0);
  await expectRefused(['latest', bare], 1, 'ModelNotFound', /no latest version/);
  await writeFile(join(bare, 'checkpoints/checkpoint.pt'), '');
  const { code, stdout, stderr } = await runCli(['latest', bare]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('passed over checkpoints/checkpoint.pt: torn');
});

test('without permission the reason is said, and what can be read still is', async () => {
  test.skip(process.getuid?.() !== 0, 'only root can become another user');
  const closed = await copySampleRun();
  await chmod(join(closed, '..'), 0o755);
  await chmod(join(closed, 'checkpoints'), 0o700);
  const partly = await runCli(['ls', closed, '--json'], { under: nobody });
  expect(partly.code).toBe(0);
  const { versions, problems } = JSON.parse(partly.stdout);
  expect(versions).toHaveLength(17);
  expect(problems).toContainEqual({
    path: 'checkpoints',
    problem: expect.stringMatching(/cannot be listed: .*(permission|allowed)/i),
  });
  await chmod(closed, 0o700);
  const refused = await runCli(['ls', closed], { under: nobody });
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expectOneLineError(refused.stderr);
});

test('where nothing may be written that is said of what was asked for, before anything is read', async () => {
  test.skip(process.getuid?.() !== 0, 'only root can become another user');
  const run = await copySampleRun();
  const place = await tempFolder('closed');
  await Promise.all([chmod(join(run, '..'), 0o755), chmod(place, 0o755)]);
  const calls = [
    ['convert', join(run, best), join(place, 'new.pt')],
    ['report', run, '-o', join(place, 'new.html')],
    ['export', run, 'best', '--to', join(place, 'new')],
  ];
  for (const args of calls) {
    const { code, stdout, stderr } = await runCli(args, { under: nobody });
    expect({ args, code, stdout }).toEqual({ args, code: 3, stdout: '' });
    expect(stderr).toMatch(
      /^cairn: cannot (write|export to) .*\/new\S* — no permission — name another folder\n$/,
    );
  }
});

test('an unreadable checkpoint is said to be so, and verify fails', async () => {
  test.skip(process.getuid?.() !== 0, 'only root can become another user');
  const closed = await copySampleRun();
  await chmod(join(closed, '..'), 0o755);
  await chmod(join(closed, 'checkpoints/checkpoint.pt'), 0o000);
  const { code, stdout } = await runCli(['verify', closed, '--json'], { under: nobody });
  expect(code).toBe(1);
  const file = JSON.parse(stdout).files.find(({ id }: { id: string }) => id === 'checkpoints/checkpoint.pt');
  expect(file).toMatchObject({ state: 'unreadable', detail: expect.stringMatching(/permission|allowed/i) });
});

const unread = 'and it cannot be read: no permission';
for (const [what, path, mode, problem] of [
  [
    'statistics that nobody may read',
    'CartPole-v1/vecnormalize.pkl',
    0o600,
    `models here go with it, ${unread}`,
  ],
  ['a folder that nobody may enter', 'CartPole-v1', 0o744, `models here go with what is in it, ${unread}`],
  ['a folder that nobody may list', 'CartPole-v1', 0o700, 'this folder cannot be listed: no permission'],
] as const)
  test(`of what all models share, ${what} is told once, by ls and verify, and condemns no model`, async () => {
    test.skip(process.getuid?.() !== 0, 'only root can become another user');
    const folder = await tempFolder('zoo');
    const zoo = join(folder, 'CartPole-v1_1');
    await cp(join(fixtures, 'layouts/rl-zoo/CartPole-v1_1'), zoo, { recursive: true });
    const statistics = join(zoo, 'CartPole-v1/vecnormalize.pkl');
    await cp(join(fixtures, 'sb3-run/rl_model_vecnormalize_10000_steps.pkl'), statistics);
    await chmod(folder, 0o755);
    await chmod(join(zoo, path), mode);
    for (const command of ['ls', 'verify']) {
      const { stdout } = await runCli([command, zoo, '--json'], { under: nobody });
      const { problems } = JSON.parse(stdout) as { problems: { path: string; problem: string }[] };
      expect(problems.filter((each) => each.path.startsWith('CartPole-v1'))).toEqual([{ path, problem }]);
    }
    const { code, stdout, stderr } = await runCli(['verify', zoo], { under: nobody });
    expect([code, (stdout + stderr).split(problem).length]).toEqual([1, 2]);
    expect(stdout).toContain('3 unsealed');
  });

test('an empty name, as of a variable that is not set, is not taken for the folder that a command is started in', async () => {
  const [here, run] = [await tempFolder('here'), await copySampleRun()];
  const model = join(run, 'best_models/model_v0010_reward0.4186_20260302_113000.pt');
  for (const args of [
    ['save', '', '--weights', model, '--reward', '1'],
    ['save', '', '--watch', run],
    ['save', run, '--watch', ''],
    ['prune', '', '--keep-best', '1'],
    ['trash', '', 'v1'],
    ['pin', '', 'v1'],
    ['backup', run, 'v10', '--to', ''],
    ['backups', run, '--from', ''],
    ['export', run, 'v10', '--to', ''],
    ['seal', ''],
    ['log', ''],
    ['watch', ''],
    ['verify', ''],
  ]) {
    const { code, stderr } = await runCli(args, { cwd: here });
    expect([args, code, stderr]).toEqual([args, 2, expect.stringMatching(/^cairn: no folder given — /)]);
  }
  expect(await readdir(here)).toEqual([]);
});

test('a folder whose models are a link is told so, and an empty name is no folder', async () => {
  const [folder, elsewhere] = [await tempFolder('linked'), await tempFolder('elsewhere')];
  await symlink(elsewhere, join(folder, 'best_models'));
  await expectRefused(['ls', folder], 2, 'Usage', /best_models: this is a symbolic link/);
  for (const args of [
    ['ls', ''],
    ['runs', ''],
  ])
    await expectRefused(args, 2, 'Usage', /no folder given/);
});
