import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing, expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { contents } from '../fixtures/own-contents.ts';

interface Plan {
  applied: boolean;
  operation: string | null;
  bytes_freed: number;
  bytes_freed_now: number;
  versions: { id: string; keep: boolean; reasons: string[] }[];
  refused: { id: string; why: string }[];
  kinds: 'best' | 'all';
}

interface Several {
  applied: boolean;
  runs: (Plan & { run: string })[];
  failed: { run: string; why: string }[];
  bytes_freed: number;
}

const prune = async (run: string, ...rest: string[]) => (await readJson(['prune', run, ...rest])) as Plan;
const keptOf = ({ versions }: Plan) =>
  versions
    .filter(({ keep }) => keep)
    .map(({ id }) => id)
    .sort();

test('the plan is what is done, and undo brings everything back byte for byte', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const plan = await prune(run, '--keep-best', '3', '--keep-latest', '2');
  expect(plan).toMatchObject({ applied: false, operation: null, bytes_freed_now: 0 });
  expect(await contents(run)).toEqual(before);
  expect(plan.bytes_freed).toBeGreaterThan(100_000);
  const done = await prune(run, '--keep-best', '3', '--keep-latest', '2', '--yes');
  expect(done.applied).toBe(true);
  expect(keptOf(done)).toEqual(keptOf(plan));
  const { versions } = asListing(await readJson(['ls', run]));
  expect(
    versions
      .filter(({ integrity }) => integrity.state !== 'missing')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(
    keptOf(done).filter((id) => versions.find((version) => version.id === id)?.integrity.state !== 'missing'),
  );
  const trash = (await readJson(['trash', run])) as { operations: { id: string }[] };
  expect(trash.operations.map(({ id }) => id)).toEqual([done.operation]);
  await readJson(['undo', run, String(done.operation)]);
  expect(await contents(run)).toEqual(before);
});

test('whatever the rules, the newest, the best, the pinned and the linked stay, and it is said why', async () => {
  const run = await copySampleRun();
  await readJson(['pin', run, 'v3']);
  await symlink('best_models/model_v0002_reward0.3404_20260302_095400.pt', join(run, 'good.pt'));
  const plan = await prune(run, '--keep-best', '0', '--keep-latest', '0');
  const whys = plan.refused.map(({ why }) => why);
  for (const why of [
    'the best intact version',
    'the newest intact version',
    'pinned',
    'a link of the run points to it',
  ])
    expect(whys).toContain(why);
  expect(keptOf(plan)).toEqual(expect.arrayContaining(plan.refused.map(({ id }) => id)));
});

test('where the marks are damaged reading goes on and says so, and nothing is pruned until they are moved away', async () => {
  const run = await copySampleRun();
  await readJson(['pin', run, 'v1']);
  const marks = join(run, '.cairn/marks.json');
  await writeFile(marks, '{');
  const { versions, problems } = asListing(await readJson(['ls', run]));
  expect(versions).toHaveLength(26);
  const problem = expect.stringContaining('is damaged');
  expect(problems).toContainEqual({ path: '.cairn/marks.json', problem });
  const shown = await runCli(['show', run, 'v1', '--json']);
  expect([shown.code, shown.stderr]).toEqual([0, expect.stringContaining('what is pinned')]);
  for (const call of [
    ['prune', run, '--keep-best', '1', '--yes'],
    ['pin', run, 'v2'],
  ]) {
    const refused = await runCli(call);
    expectOneLineError(refused.stderr);
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('move it away')]);
  }
  await rm(marks);
  expect(await readJson(['pin', run, 'v2'])).toMatchObject({ pinned: true });
});

test('a wrong rule changes nothing and says what is wrong', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  for (const args of [
    ['--keep-best', '-1'],
    ['--keep-best', 'x'],
    ['--keep-every', '0'],
    ['--metric', 'beauty', '--keep-best', '1'],
  ]) {
    const finished = await runCli(['prune', run, ...args, '--yes']);
    expectOneLineError(finished.stderr);
    expect([args, finished.code]).toEqual([args, 2]);
  }
  expect((await runCli(['prune', run, '--metric', 'beauty', '--keep-best', '1'])).stderr).toContain('sharpe');
  expect(await contents(run)).toEqual(before);
});

test('a run pruned twice at once is pruned once', async () => {
  const run = await copySampleRun();
  const both = await Promise.all([1, 2].map(() => prune(run, '--keep-best', '2', '--yes', '--wait', '30')));
  const operations = both.map(({ operation }) => operation).filter(Boolean);
  expect(operations).toHaveLength(1);
  expect(((await readJson(['trash', run])) as { operations: unknown[] }).operations).toHaveLength(1);
});

test('a version whose sidecar is a link stays, is named with what to do, and keeps none of the others', async () => {
  const run = await copySampleRun();
  const worst = 'best_models/model_v0002_reward0.3404_20260302_095400';
  const elsewhere = join(await tempFolder('elsewhere'), 'sidecar.json');
  await rename(join(run, `${worst}.json`), elsewhere);
  await symlink(elsewhere, join(run, `${worst}.json`));
  const done = await prune(run, '--keep-best', '3', '--kinds', 'all', '--yes');
  expect(done.refused.filter(({ id }) => id === `${worst}.pt`)).toEqual([
    {
      id: `${worst}.pt`,
      why: `${worst}.json is a symbolic link, and cannot be moved: put a copy of what it points to in its place`,
    },
  ]);
  expect(keptOf(done)).toContain(`${worst}.pt`);
  expect(keptOf(done).length).toBeLessThan(8);
  expect(await readdir(join(run, 'best_models'))).toContain(`${worst.slice('best_models/'.length)}.pt`);
});

test('a rule about the best, and --kinds best, leave every checkpoint alone; other rules concern all', async () => {
  const run = await copySampleRun();
  const isCheckpoint = (id: string) => id.startsWith('checkpoints/');
  for (const asked of [
    ['--keep-best', '1', '--kinds', 'all'],
    ['--keep-latest', '1'],
    ['--keep-best', '1', '--keep-every', '100000'],
  ]) {
    const all = await prune(run, ...asked);
    expect(all.kinds).toBe('all');
    expect(all.versions.some(({ id, keep }) => isCheckpoint(id) && !keep)).toBe(true);
  }
  for (const asked of [
    ['--keep-best', '1', '--kinds', 'best'],
    ['--keep-best', '1'],
    ['--keep-latest', '1', '--kinds', 'best'],
  ]) {
    const best = await prune(run, ...asked);
    expect(best.kinds).toBe('best');
    expect(best.versions.filter(({ id, keep }) => isCheckpoint(id) && !keep)).toEqual([]);
    expect(best.versions.some(({ keep }) => !keep)).toBe(true);
  }
});

test('the number that the run keeps anyway changes no plan, and the plan says which kinds it concerns', async () => {
  const run = await copySampleRun();
  const { stdout } = await runCli(['prune', run]);
  expect(stdout).toContain(
    '\nOnly best models are concerned; checkpoints stay. --kinds all concerns both.\n',
  );
  expect((await runCli(['prune', run, '--keep-best', '8'])).stdout).toBe(stdout);
  expect((await runCli(['prune', run, '--keep-latest', '20'])).stdout).toContain(
    '\nBest models and checkpoints are concerned. --kinds best leaves checkpoints alone.\n',
  );
  expect((await runCli(['prune', '--help'])).stdout).toMatch(/default:\s+best;\s+all\s+with\s+--keep-latest/);
});

test('without a limit in the config nothing is pruned by it', async () => {
  const run = await copySampleRun();
  const config = join(run, '.hydra/config.yaml');
  const text = await readFile(config, 'utf8');
  await writeFile(config, text.replace(/max_best_models: \d+/, 'max_best_models: 0'));
  expect((await prune(run)).versions.filter(({ keep }) => !keep)).toEqual([]);
});

test('what was pruned is told with the command that brings it back, one version as one', async () => {
  const run = await copySampleRun();
  await readJson(['pin', run, 'v1']);
  const { stdout } = await runCli(['prune', run, '--keep-best', '12', '--yes']);
  const [, moved, command = ''] =
    /\n(\d+ versions? (?:is|are)) in the trash, .*To bring back: (cairn undo \S+ \S+)\n$/.exec(stdout) ?? [];
  expect(moved).toBeDefined();
  expect((await runCli(command.split(' ').slice(1))).code).toBe(0);
});

test('several runs are planned and pruned by the same rules, each as an operation of its own that undo takes back', async () => {
  const runs = [await copySampleRun(), await copySampleRun()];
  const before = await Promise.all(runs.map(contents));
  const rules = ['--keep-best', '2'];
  const alone = await prune(runs[0] ?? '', ...rules);
  // A run that is named twice is pruned once.
  const several = async (...rest: string[]) =>
    (await readJson(['prune', ...runs, `${runs[0]}/`, ...rules, ...rest])) as Several;
  const plan = await several();
  expect(plan).toMatchObject({ applied: false, failed: [], bytes_freed: 2 * alone.bytes_freed });
  expect(plan.runs).toEqual(runs.map((run) => ({ ...alone, run })));
  expect(await Promise.all(runs.map(contents))).toEqual(before);
  const { stdout } = await runCli(['prune', ...runs, ...rules]);
  expect(stdout).toMatch(/versions? of 2 runs would go to the trash; .* Do it with --yes\.\n$/);
  const done = await several('--yes');
  expect(done.runs.map((run) => keptOf(run))).toEqual(plan.runs.map((run) => keptOf(run)));
  for (const { run, operation } of done.runs) await readJson(['undo', run, String(operation)]);
  expect(await Promise.all(runs.map(contents))).toEqual(before);
});

test('of several runs one that cannot be pruned is told, and keeps no other from it; a folder that is not there stops all', async () => {
  const [damaged, whole] = [await copySampleRun(), await copySampleRun()];
  await mkdir(join(damaged, '.cairn'), { recursive: true });
  await writeFile(join(damaged, '.cairn/choices.json'), '{');
  const before = await contents(damaged);
  const rules = ['--keep-best', '1', '--yes'];
  const { code, stdout, stderr } = await runCli(['prune', damaged, whole, ...rules, '--json']);
  expect(code).toBe(3);
  expect(stderr).toContain(`not pruned: ${damaged}: `);
  const done = JSON.parse(stdout) as Several;
  expect(done.failed).toEqual([{ run: damaged, why: expect.stringContaining('choices.json') }]);
  expect(done.runs).toMatchObject([{ run: whole, applied: true, operation: expect.any(String) }]);
  expect(await contents(damaged)).toEqual(before);
  const after = await contents(whole);
  const missing = await runCli(['prune', whole, join(whole, 'not-there'), ...rules]);
  expectOneLineError(missing.stderr);
  expect(missing.code).toBe(2);
  expect(await contents(whole)).toEqual(after);
});
