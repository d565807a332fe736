import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { asListing, asVersion } from '../driver/json-shapes.ts';
import { inPairs, readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun, makeEdgeRun, makeGenerations, sampleVerdicts } from '../fixtures/copy-runs.ts';

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const latest = 'best_models/model_v0017_reward0.4308_20260302_125400.pt';
const rotten = 'best_models/model_v0015_reward0.4347_20260302_123000.pt';
const nan = 'best_models/model_v0007_rewardnan_20260302_105400.pt';

async function readSchema(name: string): Promise<z.ZodType> {
  return z.fromJSONSchema(JSON.parse((await runCli(['schema', name])).stdout));
}

let run: string;
test.beforeAll(async () => {
  run = await copySampleRun();
});

test('ls lists every version of the sample run, each as the contract says', async () => {
  const listing = asListing(await readJson(['ls', run]));
  const models = Object.keys(await sampleVerdicts()).filter((id) =>
    /^(best_models|checkpoints).*\.pt$/.test(id),
  );
  expect(listing.versions.map(({ id }) => id).sort()).toEqual(models.sort());
  expect(listing.run).toBe(run);
  expect(listing.config).toMatchObject({
    best_model_selection_metric: 'sharpe',
    best_model_selection_mode: 'max',
    max_best_models: 8,
    checkpoint_dir: 'checkpoints',
  });
  expect(listing.versions.filter(({ is_best }) => is_best).map(({ id }) => id)).toEqual([best]);
  expect(listing.versions.filter(({ is_latest }) => is_latest).map(({ id }) => id)).toEqual([latest]);
  expect(listing.problems.map(({ path }) => path).sort()).toEqual([
    'best_models/model_v0005_reward0.3498_20260302_103000.pt',
    'temp/model_v0018_reward0.4321_20260302_130600.pt.tmp',
  ]);
});

test('numbers that JSON lacks are the strings NaN, Infinity and -Infinity', async () => {
  const versions = asListing(await readJson(['ls', run])).versions;
  const unmeasured = versions.find(({ id }) => id === nan);
  expect(unmeasured?.reward).toBe('NaN');
  expect(unmeasured?.metrics).toMatchObject({ sharpe: 'NaN', mean_reward: 'NaN' });
  const { simple, typed } = await makeGenerations();
  const endless = asListing(await readJson(['ls', simple])).versions.find(({ version }) => version === 3);
  expect(JSON.stringify(endless?.metrics)).toContain('"Infinity"');
  expect((await runCli(['ls', typed, '--json'])).stdout).not.toMatch(/[:[,]\s*-?(NaN|Infinity)/);
});

test('the order is natural, and NaN and missing come last in both directions', async () => {
  const ids = async (sort: string) =>
    asListing(await readJson(['ls', run, '--sort', sort])).versions.map(
      (version) => version.metrics['sharpe'] ?? null,
    );
  for (const direction of ['asc', 'desc']) {
    const values = await ids(`sharpe:${direction}`);
    const finite = values.filter((value): value is number => typeof value === 'number');
    const sorted = finite.toSorted((a, b) => (direction === 'asc' ? a - b : b - a));
    expect(values.slice(0, finite.length)).toEqual(sorted);
    expect(values.slice(finite.length).every((value) => typeof value !== 'number')).toBe(true);
  }
  const { oldest } = await makeGenerations();
  const versions = asListing(await readJson(['ls', oldest])).versions.map(({ version }) => version);
  expect(versions.filter((version) => version !== null)).toEqual([10_000, 10, 4, 2, 1]);
});

test('times with and without a zone are told apart by the clock of this machine: which is latest, and the order', async () => {
  const mixed = await tempFolder('mixed-times');
  const stamps = ['2026-03-02T12:00:00', '2026-03-02T10:00:00Z', '2026-03-02T11:00:00'];
  await mkdir(join(mixed, 'best_models'));
  for (const [index, timestamp] of stamps.entries()) {
    const stem = join(mixed, 'best_models', `model_v000${9 - index}_reward0.5000`);
    await copyFile(join(run, best), `${stem}.pt`);
    await writeFile(`${stem}.json`, JSON.stringify({ version: 9 - index, reward: 0.5, timestamp }));
  }
  const told = async (zone: string, ...args: string[]) => {
    const { stdout } = await runCli(['ls', mixed, '--json', ...args], { under: ['env', `TZ=${zone}`] });
    return asListing(JSON.parse(stdout)).versions;
  };
  const latestIn = async (zone: string) =>
    (await told(zone)).filter(({ is_latest }) => is_latest).map(({ version }) => version);
  const byTime = async (zone: string) =>
    (await told(zone, '--sort', 'time:asc')).map(({ version }) => version);
  expect(await latestIn('UTC')).toEqual([9]);
  expect(await byTime('UTC')).toEqual([8, 7, 9]);
  expect(await latestIn('Asia/Kolkata')).toEqual([8]);
  expect(await byTime('Asia/Kolkata')).toEqual([7, 9, 8]);
  expect((await told('Asia/Kolkata', '--sort', 'time')).map(({ version }) => version)).toEqual([8, 9, 7]);
});

test('ls narrows by kind and by count, and writes CSV', async () => {
  const ofKind = async (kind: string) =>
    asListing(await readJson(['ls', run, '--kind', kind])).versions.map((version) => version.kind);
  expect(new Set(await ofKind('best'))).toEqual(new Set(['best']));
  expect(await ofKind('checkpoint')).toHaveLength(9);
  expect(await ofKind('all')).toHaveLength(26);
  expect(asListing(await readJson(['ls', run, '--limit', '3'])).versions).toHaveLength(3);
  expect((await runCli(['ls', run, '--limit', '0'])).stdout).toContain(
    'No version is listed, as --limit 0 asks.',
  );
  const { stdout, code } = await runCli(['ls', run, '--csv']);
  expect(code).toBe(0);
  expect(stdout.trimEnd().split(/\r?\n/)).toHaveLength(27);
  expect(stdout).toContain(best);
});

test('ls --check tells a torn file from a whole one', async () => {
  const versions = asListing(await readJson(['ls', run, '--check'])).versions;
  const torn = versions.filter(({ integrity }) => integrity.state === 'torn');
  expect(torn.map(({ id }) => id)).toEqual(['checkpoints/checkpoint_step_000516096.pt']);
  expect(torn[0]?.integrity.detail).toBe('15,445 of 25,743 bytes: the end of the archive is missing');
});

test('show tells everything of a version, by whatever name it goes', async () => {
  await inPairs(
    ['11', 'v11', best, best.slice('best_models/'.length), 'best', 'best:sharpe'],
    async (word) => {
      const shown = asVersion(await readJson(['show', run, word]));
      expect([word, shown.id]).toEqual([word, best]);
      expect(shown).toMatchObject({ path: join(run, best), sidecar: { version: 11, reward: shown.reward } });
    },
  );
  expect(asVersion(await readJson(['show', run, 'latest'])).id).toBe(latest);
});

test('best and latest give the path of one that is intact, and say who was passed over', async () => {
  const chosen = await runCli(['best', run]);
  expect(chosen).toMatchObject({ code: 0, stdout: `${join(run, best)}\n` });
  expect(chosen.stderr).not.toContain('passed over best');
  expect(await runCli(['latest', run])).toMatchObject({ code: 0, stdout: `${join(run, latest)}\n` });
  const byReward = await runCli(['best', run, '--metric', 'reward']);
  expect(byReward.code).toBe(0);
  expect(byReward.stderr).toContain(`passed over ${rotten}: mismatch`);
  expect(byReward.stdout).not.toContain('v0015');
  expect(asVersion(JSON.parse((await runCli(['best', run, '--json'])).stdout)).id).toBe(best);
  const worst = await runCli(['best', run, '--metric', 'sharpe', '--mode', 'min']);
  expect(worst.stdout).toContain('model_v0001_');
});

test('on a tie a best model comes before a checkpoint', async () => {
  const versions = asListing(await readJson(['ls', run, '--sort', 'sharpe'])).versions;
  const tied = versions.filter(({ metrics }) => metrics['sharpe'] === versions[0]?.metrics['sharpe']);
  expect(tied.map(({ kind }) => kind).sort()).toEqual(['best', 'checkpoint']);
  expect((await runCli(['best', run, '--metric', 'sharpe'])).stdout).toBe(`${join(run, best)}\n`);
});

test('every generation opens: typed, simple, oldest, and a folder of strange files', async () => {
  const { typed, simple, oldest } = await makeGenerations();
  const count = async (folder: string) => asListing(await readJson(['ls', folder])).versions.length;
  expect([await count(typed), await count(simple), await count(oldest)]).toEqual([7, 5, 5]);
  const edge = asListing(await readJson(['ls', await makeEdgeRun()]));
  const problemOf = (id: string) => edge.problems.find(({ path }) => path === `checkpoints/${id}`)?.problem;
  expect(problemOf('list_sidecar.pt')).toBe('its sidecar is a list, not an object');
  expect(problemOf('broken_sidecar.pt')).toMatch(/^its sidecar is not valid JSON/);
  expect(problemOf('latest.pt')).toBeUndefined();
  expect(edge.versions.map(({ id }) => id)).not.toContain('checkpoints/latest.pt');
});

test('best says on stderr how sure the choice is, and in JSON', async () => {
  const { stderr } = await runCli(['best', run]);
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(
      /^best by sharpe, max: 1\.6467, chosen among 16 \(passed over: .*2 without a finite value.*\), 0\.\d+ ahead of /,
    ),
    'probabilistic and deflated Sharpe ratio not computable: needs the number of returns, whether the ratio is per year, their skewness, their kurtosis (the window asks for it)',
  ]);
  const byReward = await runCli(['best', run, '--metric', 'reward']);
  expect(byReward.stderr).toMatch(/95% interval 0\.2984 to 0\.5710\nnote: The best is within noise: /);
  const { selection } = (await readJson(['best', run])) as { selection: Record<string, unknown> };
  expect(selection).toMatchObject({
    metric: 'sharpe',
    source: 'config',
    best,
    candidates: 16,
    deflated_sharpe: { value: null },
    missing: ['periods', 'annualised_by', 'skewness', 'kurtosis'],
  });
});

test('what a person chose for a run ranks it for every command; what a command says goes before', async () => {
  const own = await copySampleRun();
  const choices = {
    format: 1,
    metric: 'max_drawdown',
    directions: [{ metric: 'policy_loss', mode: 'max' }],
    returns: { periods: 1008, annualised_by: 252, skewness: -0.5, kurtosis: 4, trials: null },
  };
  await mkdir(join(own, '.cairn'));
  await writeFile(join(own, '.cairn/choices.json'), JSON.stringify(choices));
  const { stdout, stderr } = await runCli(['best', own]);
  expect(stdout).toContain('model_v0012_');
  expect(stderr).toMatch(/^best by max_drawdown, min: 0\.1697/);
  const listing = asListing(await readJson(['ls', own]));
  expect(listing.versions.find(({ is_best }) => is_best)?.version).toBe(12);
  expect((await runCli(['ls', own])).stdout).toContain('best by max_drawdown, min (chosen for this run)');
  const plan = (await readJson(['prune', own, '--keep-best', '1'])) as {
    versions: { id: string; reasons: string[] }[];
  };
  const reasonsOf = (id: string) => plan.versions.find((each) => each.id === id)?.reasons;
  expect(reasonsOf('best_models/model_v0012_reward0.4263_20260302_115400.pt')).toContain(
    'best #1 by max_drawdown',
  );
  const asked = await runCli(['best', own, '--metric', 'sharpe']);
  expect(asked.stdout).toContain('model_v0011_');
  expect(asked.stderr).toMatch(
    /probabilistic Sharpe ratio 0\.\d{4}; deflated Sharpe ratio 0\.\d{4} of 16 trials/,
  );
  const loss = await runCli(['best', own, '--metric', 'policy_loss']);
  expect(loss.stderr).toMatch(/^best by policy_loss, max: /);
  await writeFile(join(own, '.cairn/choices.json'), '{');
  const damaged = await runCli(['best', own]);
  expect(damaged.stdout).toContain('model_v0011_');
  expect(damaged.stderr).toMatch(/^not seen: \.cairn\/choices\.json: .*is damaged/);
  expect(await runCli(['prune', own, '--keep-best', '1'])).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/^cairn: cannot tell by which metric a person chose the best — /),
  });
});

test('best by another metric says on stderr which end it took for the better one', async () => {
  const { stderr, stdout } = await runCli(['best', run, '--metric', 'max_drawdown']);
  expect(stdout).toMatch(/\.pt\n$/);
  expect(stderr.split('\n').filter((line) => line.startsWith('ranked by'))).toEqual([
    expect.stringMatching(/^ranked by max_drawdown, min, as its name says; --mode max/),
  ]);
  for (const asked of [
    ['--metric', 'max_drawdown', '--mode', 'max'],
    ['--metric', 'sharpe'],
    ['--mode', 'min'],
  ])
    expect((await runCli(['best', run, ...asked])).stderr).not.toContain('ranked by');
});

test('reward and mean_reward sort alike, the better end first', async () => {
  const least = await copySampleRun();
  await writeFile(
    join(least, '.hydra/config.yaml'),
    'model_storage:\n  best_model_selection_metric: mean_reward\n  best_model_selection_mode: min\n',
  );
  const rewards = async (sort: string) =>
    asListing(await readJson(['ls', least, '--sort', sort])).versions.map(({ reward }) => reward);
  const byReward = await rewards('reward');
  expect(byReward).toEqual(await rewards('mean_reward'));
  expect(byReward).toEqual(await rewards('reward:asc'));
});

test('every JSON output is what its schema says', async () => {
  const broken = (await runCli(['verify', run, '--json'])).stdout;
  const outputs = new Map<string, unknown>([
    ['ls', await readJson(['ls', run])],
    ['show', await readJson(['show', run, nan])],
    ['best', await readJson(['best', run])],
    ['latest', await readJson(['latest', run])],
    ['verify', JSON.parse(broken)],
  ]);
  for (const [name, output] of outputs) {
    const schema = await readSchema(name);
    expect([name, schema.safeParse(output).error?.issues]).toEqual([name, undefined]);
    expect([name, schema.safeParse({ ...(output as object), surplus: 1 }).success]).toEqual([name, false]);
    expect([name, schema.safeParse({}).success]).toEqual([name, false]);
  }
});

test('every document has a schema', async () => {
  const names = 'model-metadata training-state storage-config ls show best latest verify watch'.split(' ');
  await inPairs(names, async (name) => {
    const { stdout, code } = await runCli(['schema', name]);
    expect([name, code]).toEqual([name, 0]);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'object', properties: expect.any(Object) });
  });
});

test('open and every other command explain themselves', async () => {
  await inPairs(['open', 'ls', 'show', 'best', 'latest', 'verify', 'watch', 'schema'], async (command) => {
    const { stdout, stderr, code } = await runCli([command, '--help']);
    expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
    expect(stdout).toContain(`cairn ${command}`);
  });
  expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
