import { cp, mkdir, readdir, readlink, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing, expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli, startCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun, copyStableBaselinesRun, makeGenerations } from '../fixtures/copy-runs.ts';

interface Found {
  root: string;
  runs: {
    path: string;
    layout: string;
    versions: number;
    bytes: number;
    best: string | null;
    latest: string | null;
    problems: number;
  }[];
  problems: { path: string; problem: string }[];
}

const find = async (folder: string, ...more: string[]) =>
  (await readJson(['runs', folder, ...more])) as Found;

/** A folder of outputs: a run by date, runs of older generations, loose checkpoints beside them. */
async function makeOutputs(): Promise<string> {
  const root = join(await tempFolder('workspace'), 'outputs');
  const { simple, oldest } = await makeGenerations();
  const runs = { '2026-03-02/10-00-00': await copySampleRun(), seed_10: oldest, seed_9: simple };
  for (const [path, run] of Object.entries(runs)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await rename(run, join(root, path));
  }
  await writeFile(join(root, 'final.pt'), 'x');
  await mkdir(join(root, 'plots/deep'), { recursive: true });
  return root;
}

async function everythingIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const entries = names.map(async (name) => {
    const { size, mtimeMs, ctimeMs } = await stat(join(folder, name));
    return `${name} ${size} ${mtimeMs} ${ctimeMs}`;
  });
  return (await Promise.all(entries)).sort();
}

let root: string;
test.beforeAll(async () => {
  root = await makeOutputs();
});

test('runs lists every run below a folder with what ls says of it, and writes nothing', async () => {
  const before = await everythingIn(root);
  const found = await find(root);
  expect(found.root).toBe(root);
  expect(found.problems).toEqual([]);
  expect(found.runs.map(({ path }) => path)).toEqual(['.', '2026-03-02/10-00-00', 'seed_9', 'seed_10']);
  for (const run of found.runs) {
    const told = ['path', 'layout', 'recognised', 'versions', 'bytes', 'best', 'latest', 'problems'];
    const asQueried = ['metric', 'best_value', 'latest_at', 'state', 'overrides'];
    expect(Object.keys(run)).toEqual([...told, ...asQueried]);
    const { versions, problems } = asListing(await readJson(['ls', join(root, run.path)]));
    expect(run.versions).toBe(versions.length);
    expect(run.bytes).toBe(versions.reduce((bytes, { file_size_bytes }) => bytes + file_size_bytes, 0));
    expect(run.problems).toBeGreaterThanOrEqual(problems.length);
    expect([run.best, run.latest]).toEqual([
      versions.find(({ is_best }) => is_best)?.id ?? null,
      versions.find(({ is_latest }) => is_latest)?.id ?? null,
    ]);
  }
  expect(found.runs[1]).toMatchObject({
    layout: 'cairn',
    recognised: null,
    versions: 26,
    metric: { name: 'sharpe', mode: 'max' },
    best_value: expect.any(Number),
    latest_at: expect.stringMatching(/^2026/),
    overrides: expect.arrayContaining([expect.stringContaining('=')]),
  });
  expect(found.runs[0]).toMatchObject({
    layout: 'files',
    recognised: null,
    versions: 1,
    best: null,
    latest: null,
    problems: 1,
  });
  expect(await everythingIn(root)).toEqual(before);
});

test('without --json it is a table with a line of totals', async () => {
  const { code, stdout, stderr } = await runCli(['runs', root]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(
    /^VERSIONS +SIZE +PROBLEMS +BEST +VALUE +BY +LATEST +TIME +WRITTEN BY +LAYOUT +RUN +OVERRIDES$/,
  );
  expect(lines[2]).toMatch(
    /^ +26 .* v\d+ +[\d.]+ +sharpe max +v\d+ +2026-\S+ .* cairn +2026-03-02\/10-00-00 +\S+=/,
  );
  expect(lines.at(-1)).toMatch(/^4 runs below \/.*outputs: \d+ versions, [\d.]+ kB$/);
});

test('--where keeps the runs that a query asks for, and refuses one that cannot be meant', async () => {
  const paths = async (query: string) => (await find(root, '--where', query)).runs.map(({ path }) => path);
  expect(await paths('versions > 20')).toEqual(['2026-03-02/10-00-00']);
  expect(await paths('seed and bytes > 0')).toEqual(['seed_9', 'seed_10']);
  expect(await paths('layout = files or best is missing')).toEqual(['.']);
  expect(await paths('time > 2020 and folder = 2026-03-02 and best_value is not missing')).toEqual([
    '2026-03-02/10-00-00',
  ]);
  expect(await paths('state = saving or written_by = keras or folder ~ nowhere')).toEqual([]);
  const none = await runCli(['runs', root, '--where', 'nothing_like_it']);
  expect([none.code, none.stdout]).toEqual([0, expect.stringMatching(/^No run matches\.\n\n0 of 4 runs /)]);
  const refused = await runCli(['runs', root, '--where', 'versions > 3 and reward > 0.4']);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr.split('\n')).toEqual([
    'cairn: unknown field “reward” — a run has path, folder, override, best, best_value, metric, latest, latest_version, versions, bytes, written_by, layout, state, problems, time, age — name one of them, or put text to look for in quotes',
    '  versions > 3 and reward > 0.4',
    '                   ^^^^^^',
    '',
  ]);
});

test('--differences tells which settings differ between the runs that are asked for, and how these go with the best', async () => {
  const folder = await tempFolder('differences');
  for (const index of [1, 2, 3, 4, 5, 6]) {
    const models = join(folder, `run_${index}`, 'checkpoints');
    await mkdir(models, { recursive: true });
    await writeFile(join(models, '../args.json'), JSON.stringify({ seed: 7, batch_size: 32 * index }));
    await cp(join(await copyStableBaselinesRun(), 'rl_model_10000_steps.zip'), join(models, 'agent.zip'));
    const hyperparameters = { lr: index / 10, optimizer: index > 3 ? 'adam' : 'sgd' };
    const record = { version: 1, reward: -index, metrics: {}, hyperparameters };
    await writeFile(join(models, 'agent.json'), JSON.stringify(record));
  }
  const compared = async (...more: string[]) =>
    (await readJson(['runs', folder, '--differences', ...more])) as Found & { differences: unknown };
  const { differences } = await compared();
  expect(differences).toEqual({
    by: { name: expect.stringMatching(/reward/), mode: 'max' },
    compared: 6,
    unread: 0,
    otherwise: 0,
    numbers: expect.arrayContaining([
      { name: 'batch_size', runs: 6, range: [32, 192], correlation: -1, values: [], peak: null },
      { name: 'learning_rate', runs: 6, range: [0.1, 0.6], correlation: -1, values: [], peak: null },
    ]),
    words: [
      {
        name: 'optimizer',
        runs: 6,
        values: [
          { value: 'sgd', runs: 3, mean: -2 },
          { value: 'adam', runs: 3, mean: -5 },
        ],
      },
    ],
  });
  // One run differs from none.
  expect((await compared('--where', 'path = run_1')).differences).toMatchObject({ compared: 0, numbers: [] });
  expect(await find(folder)).not.toHaveProperty('differences');
  const { code, stdout, stderr } = await runCli(['runs', folder, '--differences']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /\n\nHow settings go with the best \w*reward \(higher is better\) of 6 runs: an association/,
  );
  expect(stdout).toMatch(/\nbatch_size +6 +32 +192 +-1\.00 +higher goes strongly with worse\n/);
  expect(stdout).toMatch(/\noptimizer +sgd +3 +-2\n/);
});

test('a folder without runs is told, with exit code 1; what is no folder is refused', async () => {
  const empty = await tempFolder('empty');
  expect(await runCli(['runs', empty])).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^No runs\.\n/),
  });
  const written = await runCli(['runs', empty, '--json']);
  expect([written.code, JSON.parse(written.stdout)]).toEqual([1, { root: empty, runs: [], problems: [] }]);
  for (const wrong of [join(empty, 'nothing'), join(root, 'final.pt'), '']) {
    const refused = await runCli(['runs', wrong]);
    expect([wrong, refused.code]).toEqual([wrong, 2]);
    expectOneLineError(refused.stderr);
  }
});

test('loops of links, links out of the folder and names like versions end, are not followed, and are said', async () => {
  const [hostile, outside] = [await tempFolder('hostile'), await copySampleRun()];
  let folder = hostile;
  for (let level = 0; level < 10; level += 1) {
    await symlink(hostile, join(folder, 'loop'));
    await symlink(outside, join(folder, 'run'));
    folder = join(folder, 'model_v0001_reward0.5000_20240101_000000.pt');
    await mkdir(folder);
  }
  await mkdir(join(folder, 'checkpoints'));
  await symlink(join(outside, 'checkpoints/checkpoint.pt'), join(folder, 'checkpoints/checkpoint.pt'));
  const { runs, problems } = await find(hostile);
  expect(runs).toMatchObject([{ versions: 0, bytes: 0, problems: 1 }]);
  expect(problems).toEqual([
    { path: 'loop', problem: expect.stringContaining('the first of 20, is not followed') },
  ]);
  expect((await runCli(['runs', hostile])).stderr).toMatch(/^not seen: loop: a symbolic link, [^\n]+\n$/);
});

test('a folder that may not be entered is said, and the rest is found', async () => {
  test.skip(process.getuid?.() !== 0, 'only root can become somebody else');
  const folder = await tempFolder('shared');
  await cp(join(root, 'seed_9'), join(folder, 'open'), { recursive: true });
  await mkdir(join(folder, 'closed'), { mode: 0o700 });
  const others = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const under = ['sh', '-c', 'chmod 755 "$0" && exec "$@"', folder, ...others];
  const { code, stdout, stderr } = await runCli(['runs', folder, '--json'], { under });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'not seen: closed: this folder cannot be listed: no permission\n',
  });
  const { runs, problems } = JSON.parse(stdout) as Found;
  expect(runs.map(({ path }) => path)).toEqual(['open']);
  expect(problems).toEqual([{ path: 'closed', problem: 'this folder cannot be listed: no permission' }]);
});

test('of many folders that may not be entered a few are said, and all are in the document', async () => {
  test.skip(process.getuid?.() !== 0, 'only root can become somebody else');
  const folder = await tempFolder('closed');
  for (let index = 0; index < 30; index += 1) await mkdir(join(folder, `${index}`), { mode: 0o700 });
  const others = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const under = ['sh', '-c', 'chmod 755 "$0" && exec "$@"', folder, ...others];
  const { code, stdout, stderr } = await runCli(['runs', folder, '--json'], { under });
  const lines = stderr.trimEnd().split('\n');
  expect([code, lines.length, lines.at(-1)]).toEqual([1, 21, 'not seen: 10 more, which --json lists']);
  const { problems } = JSON.parse(stdout) as Found;
  expect(problems.map(({ path }) => path)).toEqual(Array.from({ length: 30 }, (_, index) => `${index}`));
});

/** In thousands. The greater number takes 12 s to search on two busy cores, and more to make and to remove. */
const thousands = process.env['CAIRN_TORTURE'] ? 100 : 10;

test(`${thousands},000 empty folders are searched to their end`, async () => {
  test.slow();
  const folder = await tempFolder('many');
  for (let first = 0; first < thousands; first += 1) {
    const inner = Array.from({ length: 1000 }, (_, index) => join(folder, `${first}`, `${index}`));
    for (const each of inner) await mkdir(each, { recursive: true });
  }
  await cp(join(root, 'seed_9'), join(folder, '9/999/run'), { recursive: true });
  const { runs, problems } = await find(folder);
  expect(runs.map(({ path }) => path)).toEqual(['9/999/run']);
  expect(problems).toEqual([]);
});

test('Ctrl+C ends the search with one line', async () => {
  test.skip(process.platform !== 'linux', '/proc is on Linux alone');
  const folder = await tempFolder('long');
  // Each is looked at twice, 200 ms apart, as long as its files are new.
  for (let index = 0; index < 400; index += 1) {
    await mkdir(join(folder, `${index}`));
    await writeFile(join(folder, `${index}`, 'weights.pt'), 'x');
  }
  const child = startCli(['runs', folder, '--json']);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await expect.poll(() => opensFolders(child.pid)).toBe(true);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expectOneLineError(output.stderr);
  expect(output.stderr).toContain('it was interrupted');
  expect(JSON.parse(output.stdout)).toMatchObject({ error: { code: 'ModelManager' } });
});

/** Whether a process holds folders open that are called by a number, which it does once it searches. */
async function opensFolders(pid: number | undefined): Promise<boolean> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return targets.some((target) => /^\d+$/.test(basename(target)) && target.includes('long'));
}

test('the shells complete runs, its help shows queries, and its document has a schema', async () => {
  expect((await runCli(['completion', 'bash'])).stdout).toMatch(
    /runs\) words="--where --differences --json --help"/,
  );
  expect((await runCli(['runs', '--help'])).stdout).toContain('versions > 10 and size > 1.5GB');
  const schema = JSON.parse((await runCli(['schema', 'runs'])).stdout);
  expect(Object.keys(schema.properties)).toEqual(['root', 'runs', 'problems', 'differences']);
  expect(schema.properties.runs.items.properties.layout.enum).toEqual(['cairn', 'files']);
});
