import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError, type Version } from '../driver/json-shapes.ts';
import { readJson, runCli, startCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const tenth = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';
const eleventh = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';

interface Summary {
  mean: number;
  std: number | null;
  ci95: [number, number] | null;
  n: number;
}

interface Benchmark {
  evaluator: string;
  versions: {
    id: string;
    ok: boolean;
    runs: {
      seed: number;
      seconds: number;
      metrics: Record<string, number> | null;
      failure: string | null;
      reused: boolean;
      output: string;
    }[];
    metrics: Record<string, Summary>;
    difference: Record<string, Summary> | null;
    unrecorded: string | null;
  }[];
  baseline: string;
  operation: string | null;
}

/** Scores a version by its number and the seed; fails, hangs or lies where it is told to. */
const script = `
const [model, seed, how] = process.argv.slice(2);
const number = Number(/_v(\\d+)_/.exec(model)[1]);
if (how === 'fail') { console.error('no such environment'); process.exit(3); }
if (how === 'hang') setInterval(() => {}, 1000);
else console.log('evaluating\\n' + JSON.stringify({ score: number + Number(seed) / 10, episodes: [{ score: number }, { score: number + Number(seed) / 5 }] }) + '\\ndone');
`;

async function evaluator(): Promise<string> {
  const path = join(await tempFolder('it’s an evaluator'), 'eval it.mjs');
  await writeFile(path, script);
  return `node "${path}" {model} {seed}`;
}

test('versions are measured over seeds, ranked by it, undone; what is on record is not done again', async () => {
  const run = await copySampleRun();
  const command = await evaluator();
  const args = ['benchmark', run, '10', 'v11', '--evaluator', command, '--seeds', '1,2,3', '--jobs', '2'];
  const before = await readFile(join(run, tenth.replace('.pt', '.json')), 'utf8');
  const found = (await readJson(args)) as Benchmark;
  expect(found.evaluator).toBe(command);
  expect(found.baseline).toBe(tenth);
  expect(found.versions.map(({ id, ok, unrecorded }) => [id, ok, unrecorded])).toEqual([
    [tenth, true, null],
    [eleventh, true, null],
  ]);
  const [first, second] = found.versions;
  expect(first?.metrics['score']?.mean).toBeCloseTo(10.2, 10);
  expect(first?.metrics['score']).toMatchObject({ std: expect.closeTo(0.1, 10), n: 3 });
  expect(second?.difference?.['score']?.mean).toBeCloseTo(1, 10);
  expect(first?.runs.map(({ seed, reused }) => [seed, reused])).toEqual([
    [1, false],
    [2, false],
    [3, false],
  ]);
  expect(readFileSync(join(run, `${first?.runs[0]?.output}.stdout`), 'utf8')).toMatch(
    /^evaluating\n\{.*\}\ndone\n$/,
  );

  const shown = (await readJson(['show', run, '10'])) as Version & { sidecar: Record<string, unknown> };
  expect(shown.metrics['bench_score']).toBeCloseTo(10.2, 10);
  expect(shown.integrity.state).toBe('verified');
  const best = (await readJson(['best', run, '--metric', 'bench_score'])) as {
    id: string;
    selection: { interval: { basis: string } };
  };
  expect([best.id, best.selection.interval.basis]).toEqual([eleventh, '3 seeds on record']);

  const again = await runCli(args);
  expect([again.code, again.stderr]).toEqual([0, '']);
  expect(again.stdout).toContain('seed by seed');
  expect(again.stdout).not.toContain('undo');
  expect(again.stdout).toContain('6 runs were on record and not done again; --again measures anew.');
  const { entries } = (await readJson(['log', run])) as {
    entries: { command: string; operation?: string }[];
  };
  expect(entries.filter(({ command }) => command === 'benchmark')[0]?.operation).toBe(found.operation);
  await readJson(['undo', run, String(found.operation)]);
  expect(await readFile(join(run, tenth.replace('.pt', '.json')), 'utf8')).toBe(before);
  const verified = (await readJson(['show', run, '10'])) as Version & { problems: string[] };
  expect(verified.problems).toEqual([]);
});

test('the best by a benchmark names the evaluators where its values come from more than one', async () => {
  const run = await copySampleRun();
  const command = await evaluator();
  await readJson(['benchmark', run, '10', '11', '--evaluator', command]);
  expect((await runCli(['best', run, '--metric', 'bench_score'])).stderr).not.toContain('measured alike');
  await readJson(['benchmark', run, '10', '--evaluator', `${command} otherwise`]);
  const told = await runCli(['best', run, '--metric', 'bench_score']);
  expect(told.stderr).toMatch(/^note: Its values were not all measured alike: 1 by .*, 1 by .* otherwise” /m);
  const { selection } = (await readJson(['best', run, '--metric', 'bench_score'])) as {
    selection: { warnings: string[] };
  };
  expect(selection.warnings).toContainEqual(expect.stringContaining('not all measured alike'));
});

test('a list in the order of a benchmark, and a prune by it, say so too, in text and in JSON', async () => {
  const run = await copySampleRun();
  const command = await evaluator();
  const sorted = ['ls', run, '--sort', 'bench_score'];
  const pruned = ['prune', run, '--keep-best', '1', '--metric', 'bench_score', '--mode', 'max'];
  const warnings = async (args: string[]) => ((await readJson(args)) as { warnings: string[] }).warnings;
  const said = expect.stringMatching(
    /^Ranked by bench_score\. Its values were not all measured alike: 1 by /,
  );
  // One of the sample's sidecars is torn.
  const doubted = expect.stringContaining('stays, though no rule keeps it: its sidecar is not valid JSON');
  await readJson(['benchmark', run, '10', '11', '--evaluator', command]);
  expect([await warnings(sorted), await warnings(pruned)]).toEqual([[], [doubted]]);
  expect((await runCli(sorted)).stderr).not.toContain('note:');
  const planned = (await readJson(pruned)) as { versions: { keep: boolean; reasons: string[] }[] };
  const gone = planned.versions.filter(({ keep }) => !keep);
  expect(gone[0]?.reasons).toEqual(['no rule keeps it', 'has no bench_score']);
  expect((await runCli(pruned)).stdout).toContain('no rule keeps it, has no bench_score');
  await readJson(['benchmark', run, '10', '--evaluator', `${command} otherwise`]);
  expect([await warnings(sorted), await warnings(pruned)]).toEqual([[said], [said, doubted]]);
  expect(await warnings(['ls', run, '--sort', 'reward'])).toEqual([]);
  expect((await runCli([...sorted, '--csv'])).stderr).toMatch(/^note: Ranked by bench_score\. /m);
  expect((await runCli(pruned)).stdout).toMatch(/^note: Ranked by bench_score\. /m);
  expect((await runCli([...pruned, '--yes'])).stdout).toMatch(/^note: Ranked by bench_score\. /m);
});

test('runs that fail are told one by one, and leave the sidecars alone', async () => {
  const run = await copySampleRun();
  const command = `${await evaluator()} fail`;
  const { code, stdout } = await runCli(['benchmark', run, 'best', '--evaluator', command, '--seeds', '2']);
  expect(code).toBe(1);
  expect(
    stdout.match(/^failed .* seed \d: it ended with code 3: no such environment \(.*\.stderr\)$/gm),
  ).toHaveLength(2);
  const late = await readJson(
    ['benchmark', run, '10', '--evaluator', `${await evaluator()} hang`, '--timeout', '0.5'],
    1,
  );
  // It prints nothing.
  const silent = await runCli(['benchmark', run, '10', '--evaluator', 'sh -c "exit 3" sh {model}']);
  expect(silent.stdout).toMatch(/^failed .* seed 0: it ended with code 3 \(it printed nothing\)$/m);
  expect(silent.stdout).not.toContain('METRIC');
  const unstarted = await runCli(['benchmark', run, '10', '--evaluator', '/no/such/program {model}']);
  expect(unstarted.stdout).toMatch(/^failed .* seed 0: .* cannot be started: it is not there$/m);
  const unfound = await runCli(['benchmark', run, '10', '--evaluator', 'node nope.mjs {model}']);
  expect(unfound.stderr).toMatch(/^no file nope\.mjs is in .+ — the evaluator got the word as it is — /m);
  expect((late as Benchmark).versions[0]).toMatchObject({
    ok: false,
    runs: [{ seed: 0, metrics: null, failure: 'it took longer than 0.5 s' }],
    metrics: {},
  });
  expect((await readJson(['show', run, '10'])) as Version).not.toHaveProperty('metrics.bench_score');
});

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)
  test(`${signal} ends the evaluators too, and says how to go on`, async () => {
    const run = await copySampleRun();
    const child = startCli([
      'benchmark',
      run,
      '10',
      '11',
      '--evaluator',
      `${await evaluator()} hang`,
      '--jobs',
      '2',
    ]);
    let error = '';
    child.stderr?.on('data', (text) => {
      error += text;
    });
    const children = () => processesOf('eval it.mjs').filter((pid) => pid !== child.pid);
    await expect.poll(() => children().length, { timeout: 20_000 }).toBe(2);
    child.kill(signal);
    // A second one must not end it before they are.
    setTimeout(() => child.kill(signal), 20);
    expect(await once(child, 'exit')).toEqual([code, null]);
    expectOneLineError(error);
    expect(error).toContain('run it again to go on');
    expect(children()).toEqual([]);
  });

test('what a Cairn that was killed left running goes with the next benchmark', async () => {
  const run = await copySampleRun();
  const command = await evaluator();
  const child = startCli(['benchmark', run, '10', '--evaluator', `${command} hang`]);
  const children = () => processesOf('eval it.mjs').filter((pid) => pid !== child.pid);
  await expect.poll(() => children().length, { timeout: 20_000 }).toBe(1);
  const workplace = await readlink(`/proc/${children()[0]}/cwd`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect([children().length, existsSync(workplace)]).toEqual([1, true]);
  await readJson(['benchmark', run, '10', '--evaluator', command]);
  expect([children().length, existsSync(workplace)]).toEqual([0, false]);
});

test('a call that cannot be meant is refused in one line, and nothing is run', async () => {
  const run = await copySampleRun();
  for (const [options, word] of [
    [[], '--evaluator'],
    [['--evaluator', 'touch x'], '{model}'],
    [['--evaluator', 'x {model} {sed}'], '{sed}'],
    [['--evaluator', "x '{model}"], 'quote'],
    [['--evaluator', 'x {model}', '--seeds', '2'], '{seed}'],
    [['--evaluator', 'x {model} {episodes}'], '--episodes'],
    [['--evaluator', 'x {model}', '--jobs', '0'], '--jobs'],
    [['--evaluator', 'x {model}', '--seeds', '1,1'], '--seeds'],
    [['--evaluator', 'x {model}', '--timeout', '0'], '--timeout'],
  ] as const) {
    const finished = await runCli(['benchmark', run, '10', ...options]);
    expectOneLineError(finished.stderr);
    expect([options, finished.code]).toEqual([options, 2]);
    expect(finished.stderr).toContain(word);
  }
  expect(existsSync(join(run, '.cairn/benchmarks'))).toBe(false);
});

test('of a run that must not be written to the results are kept, and it is said where they are not', async () => {
  const run = await copySampleRun();
  await chmod(run, 0o555);
  try {
    const { code, stderr, stdout } = await runCli(['benchmark', run, '10', '--evaluator', await evaluator()]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/on record, but not in its sidecar: the run is read-only\n$/);
    expect(stdout).toMatch(/score +10 /);
    expect(existsSync(join(run, '.cairn'))).toBe(false);
  } finally {
    await chmod(run, 0o755);
  }
});

/** The numbers of live processes that have this among their words. */
function processesOf(word: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return (
          pid > 0 &&
          readFileSync(`/proc/${pid}/cmdline`, 'latin1')
            .split('\0')
            .some((each) => each.endsWith(word))
        );
      } catch {
        return false;
      }
    });
}
