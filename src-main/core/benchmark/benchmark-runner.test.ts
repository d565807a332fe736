import { appendFileSync, chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ModelManagerError } from '../errors.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { type BenchmarkOrder, BenchmarkRunner } from './benchmark-runner.ts';
import { commandEvaluator } from './command-evaluator.ts';
import { functionEvaluator } from './evaluator.ts';

const [first, second] = ['best_models/a.pt', 'best_models/b.pt'];

function makeRun(): string {
  const root = temporaryFolder();
  for (const [id, value] of [
    [first, 1],
    [second, 2],
  ] as const) {
    put(root, id, writeTorchZip([value]));
    put(root, id.replace('.pt', '.json'), `{"reward": ${value}, "metrics": {}}`);
  }
  return root;
}

async function open(root: string): Promise<ModelManager> {
  const manager = new ModelManager(root, { appData: join(root, '../app-data'), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  // In this thread: starting others takes longer than all else.
  await manager.latest();
  return manager;
}

async function benchmark(root: string, order: Partial<BenchmarkOrder> & Pick<BenchmarkOrder, 'evaluator'>) {
  const usual = { ids: [first, second], seeds: [1, 2, 3], episodes: null, jobs: 2, timeout: 20_000 };
  return new BenchmarkRunner(await open(root)).run({ ...usual, retries: 0, again: false, ...order });
}

/** What it was called for, as `a1`, and something different for each version and seed. */
function counting() {
  const calls: string[] = [];
  const evaluator = functionEvaluator('counting', ({ id, seed }) => {
    const name = id.slice(-4, -3);
    calls.push(`${name}${seed}`);
    return { score: seed + (name === 'b' ? 10 : 0), episodes: [{ score: seed + (name === 'b' ? 10 : 0) }] };
  });
  return { calls, evaluator };
}

test('what nobody verified yet is verified first: how many bytes that is, and how far it is, is told before anything is measured', async () => {
  const root = makeRun();
  // The other one is the latest, which is read as the run is opened.
  const bytes = readFileSync(join(root, first)).length;
  const told: string[] = [];
  let read = 0;
  const manager = await open(root);
  const order = { ids: [first, second], seeds: [1], episodes: null, jobs: 1, timeout: 20_000, retries: 0 };
  const run = () =>
    new BenchmarkRunner(manager).run({
      ...order,
      again: true,
      evaluator: counting().evaluator,
      onRun: () => told.push('measured'),
      onVerify: {
        expect: (all) => told.push(`verify ${all}`),
        onBytes: (more) => {
          read += more;
        },
        onEnd: () => told.push('verified'),
      },
    });
  await run();
  expect(read).toBe(bytes);
  expect(told).toEqual([`verify ${bytes}`, 'verified', 'measured', 'measured']);
  told.length = 0;
  await run();
  expect(told).toEqual(['measured', 'measured']);
});

test('a function measures each version with each seed; means, intervals and differences come of it', async () => {
  const root = makeRun();
  const { calls, evaluator } = counting();
  const seen: string[] = [];
  const result = await benchmark(root, {
    evaluator,
    onRun: ({ id, seed }, done, all) => seen.push(`${id} ${seed} ${done}/${all}`),
  });
  expect(calls.sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
  expect(seen).toHaveLength(6);
  expect(seen.at(-1)).toMatch(/6\/6$/);
  expect(result.baseline).toBe(first);
  expect(result.versions[0]?.metrics).toEqual({
    score: { mean: 2, std: 1, ci95: [expect.closeTo(-0.484, 3), expect.closeTo(4.484, 3)], n: 3 },
  });
  expect(result.versions[1]?.difference).toEqual({ score: { mean: 10, std: 0, ci95: [10, 10], n: 3 } });
  expect(
    result.versions.map(({ ok, difference, unrecorded }) => [ok, difference === null, unrecorded]),
  ).toEqual([
    [true, true, null],
    [true, false, null],
  ]);
  const manager = await open(root);
  expect(manager.version(second)?.metrics).toEqual({ bench_score: 12 });
  expect(JSON.parse(readFileSync(join(root, 'best_models/b.json'), 'utf8')).evaluation_results).toMatchObject(
    {
      bench: { score: { seeds: [1, 2, 3], values: [11, 12, 13], evaluator: 'counting' } },
      bench_score_per_episode: [11, 12, 13],
    },
  );
});

test('a run that is on record is not done again: not with the same bytes, evaluator, seed and episodes', async () => {
  const root = makeRun();
  const { calls, evaluator } = counting();
  await benchmark(root, { evaluator, seeds: [1, 2] });
  const again = await benchmark(root, { evaluator, seeds: [1, 2, 3] });
  expect(calls.slice(4).sort()).toEqual(['a3', 'b3']);
  expect(again.versions[0]?.runs.map(({ reused }) => reused)).toEqual([true, true, false]);
  put(root, first, writeTorchZip([7]));
  await benchmark(root, { evaluator, seeds: [1] });
  expect(calls.slice(6)).toEqual(['a1']);
  await benchmark(root, { evaluator, seeds: [1], ids: [second], episodes: 5 });
  await benchmark(root, { evaluator, seeds: [1], ids: [second], again: true });
  await benchmark(root, { evaluator: { ...evaluator, identity: 'other' }, seeds: [1], ids: [second] });
  expect(calls.slice(7)).toEqual(['b1', 'b1', 'b1']);
  const { operation } = await benchmark(root, {
    evaluator: { ...evaluator, identity: 'other' },
    seeds: [1],
    ids: [second],
  });
  expect(operation).toBeNull();
}, 20_000);

test('damaged lines of the record are told, and those runs done again', async () => {
  const root = makeRun();
  const { calls, evaluator } = counting();
  await benchmark(root, { evaluator, seeds: [1] });
  const record = join(root, '.cairn/benchmarks/results.jsonl');
  writeFileSync(record, readFileSync(record, 'utf8').replace('"score":11', '"score":99'));
  const { notices } = await benchmark(root, { evaluator, seeds: [1] });
  expect([notices.length, calls.slice(2)]).toEqual([1, ['b1']]);
}, 20_000);

test('a version that is not there is refused; two of the same bytes are measured at once', async () => {
  const root = makeRun();
  put(root, second, writeTorchZip([1]));
  const evaluator = commandEvaluator(`sh -c 'sleep 0.2; echo "{\\"score\\": 1}"' {model}`, '/');
  const { versions } = await benchmark(root, { evaluator, seeds: [1] });
  expect(versions.map(({ runs }) => runs[0]?.failure)).toEqual([null, null]);
  await expect(benchmark(root, { evaluator, seeds: [1], ids: [first, 'none.pt'] })).rejects.toThrow(
    /no version none.pt/,
  );
});

test('a run that fails is tried again so often; one that fails still leaves the sidecar of its version alone', async () => {
  const root = makeRun();
  const calls = new Map<string, number>();
  const evaluator = functionEvaluator('flaky', ({ id, seed }) => {
    const key = `${id} ${seed}`;
    calls.set(key, (calls.get(key) ?? 0) + 1);
    if (calls.get(key) === 1 || (id === second && seed === 2)) throw new Error(`no luck with ${seed}`);
    return { score: 1 };
  });
  const { versions } = await benchmark(root, { evaluator, seeds: [1, 2], retries: 2 });
  expect(
    versions.map(({ ok, runs, unrecorded }) => [ok, runs.map(({ failure }) => failure), unrecorded]),
  ).toEqual([
    [true, [null, null], null],
    [false, [null, 'it failed: no luck with 2'], 'not all of its runs succeeded'],
  ]);
  expect(calls.get(`${second} 2`)).toBe(3);
  expect(readFileSync(join(root, 'best_models/b.json'), 'utf8')).toBe('{"reward": 2, "metrics": {}}');
});

test('what is not intact, or changes meanwhile, is not measured', async () => {
  const root = makeRun();
  put(root, first, writeTorchZip([1]).subarray(0, 200));
  const evaluator = functionEvaluator('writes', () => {
    appendFileSync(join(root, second), 'x');
    return { score: 1 };
  });
  const { versions } = await benchmark(root, { evaluator, seeds: [1] });
  expect(versions.map(({ runs }) => runs[0]?.failure)).toEqual([
    expect.stringMatching(/^it is not intact: torn/),
    'its file changed meanwhile',
  ]);
});

test('a function that takes too long is given up, and told so', async () => {
  let told = false;
  const evaluator = functionEvaluator('slow', ({ signal }) => {
    signal.addEventListener('abort', () => {
      told = true;
    });
    return new Promise(() => undefined);
  });
  const { versions } = await benchmark(makeRun(), { evaluator, seeds: [1], ids: [first], timeout: 50 });
  expect([versions[0]?.runs[0]?.failure, told]).toEqual(['it took longer than 0.05 s', true]);
});

test('once it is cancelled nothing more is started, and what is done stays done', async () => {
  const root = makeRun();
  const stop = new AbortController();
  const reason = new Error('enough');
  const { calls, evaluator } = counting();
  const order = { evaluator, jobs: 1, signal: stop.signal, onRun: () => stop.abort(reason) };
  await expect(benchmark(root, order)).rejects.toBe(reason);
  expect(calls).toEqual(['a1']);
  expect(readFileSync(join(root, 'best_models/a.json'), 'utf8')).toBe('{"reward": 1, "metrics": {}}');
  await benchmark(root, { evaluator, jobs: 1 });
  expect(calls).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
}, 20_000);

test('where whoever is told of the runs fails, nothing more is started, what runs is ended, and only then it is thrown', async () => {
  const root = makeRun();
  const closed = new Error('the window is closed');
  const [started, ended]: string[][] = [[], []];
  const evaluator = functionEvaluator('slow', async ({ id, seed, signal }) => {
    started?.push(`${id} ${seed}`);
    if (id === second) await new Promise((done) => signal.addEventListener('abort', done));
    ended?.push(`${id} ${seed}`);
    return { score: 1 };
  });
  const onRun = () => {
    throw closed;
  };
  const order = { evaluator, ids: [second, first], seeds: [1], onRun, jobs: 2 };
  await expect(benchmark(root, order)).rejects.toBe(closed);
  expect(started).toHaveLength(2);
  expect(ended).toHaveLength(2);
  started?.splice(0);
  await expect(benchmark(root, { ...order, ids: [first], seeds: [2, 3, 4, 5] })).rejects.toBe(closed);
  await new Promise((done) => setTimeout(done, 50));
  expect(started?.length).toBeLessThanOrEqual(2);
});

test('where sidecars cannot be written what was measured is told, and why it is not in them', async () => {
  const root = makeRun();
  const { evaluator } = counting();
  const manager = await open(root);
  manager.recordEvaluations = async () => {
    throw new ModelManagerError('the run is locked — wait');
  };
  const order = { evaluator, ids: [first, second], seeds: [1], episodes: null, jobs: 2, timeout: 20_000 };
  const result = await new BenchmarkRunner(manager).run({ ...order, retries: 0, again: false });
  expect(result.versions.map(({ metrics, unrecorded }) => [metrics['score']?.mean, unrecorded])).toEqual([
    [1, 'the run is locked — wait'],
    [11, 'the run is locked — wait'],
  ]);
  expect(result.operation).toBeNull();
});

test('a run that must not be written to is measured; what was found is in the app’s data alone, and that is told', async () => {
  const root = makeRun();
  const { calls, evaluator } = counting();
  chmodSync(root, 0o555);
  onTestFinished(() => chmodSync(root, 0o755));
  const { versions } = await benchmark(root, { evaluator, seeds: [1] });
  expect(versions.map(({ ok, unrecorded }) => [ok, unrecorded])).toEqual([
    [true, 'the run is read-only'],
    [true, 'the run is read-only'],
  ]);
  expect(existsSync(join(root, '.cairn'))).toBe(false);
  await benchmark(root, { evaluator, seeds: [1] });
  expect(calls).toHaveLength(2);
});

test('a command gets the model and prints its metrics; files it names are those of the folder where it was given', async () => {
  const root = makeRun();
  const here = temporaryFolder();
  put(
    here,
    'eval.mjs',
    'console.log(JSON.stringify({size: (await import("fs")).statSync(process.argv[2]).size, seed: +process.argv[3]}))',
  );
  const evaluator = commandEvaluator('node eval.mjs {model} {seed}', here);
  const { versions } = await benchmark(root, { evaluator, seeds: [7, 8] });
  expect(versions[0]?.runs.map(({ report }) => report?.metrics)).toEqual([
    { size: writeTorchZip([1]).length, seed: 7 },
    { size: writeTorchZip([1]).length, seed: 8 },
  ]);
  const output = join(root, versions[0]?.runs[0]?.output ?? '');
  expect(readFileSync(`${output}.stdout`, 'utf8')).toMatch(/"seed":7/);
  expect(readdirSync(join(root, '.cairn/benchmarks/outputs'))).toHaveLength(8);

  expect(commandEvaluator('node eval.mjs {model} {seed}', here).identity).toBe(evaluator.identity);
  appendFileSync(join(here, 'eval.mjs'), '\n');
  expect(commandEvaluator('node eval.mjs {model} {seed}', here).identity).not.toBe(evaluator.identity);
}, 20_000);

test('an order that makes no sense is refused before anything runs', async () => {
  const root = makeRun();
  const of = (text: string) => ({ evaluator: commandEvaluator(text, '/') });
  await expect(benchmark(root, of('x {model}'))).rejects.toThrow(/takes no seed/);
  await expect(benchmark(root, { ...of('x {model} {episodes}'), seeds: [1] })).rejects.toThrow(
    /nothing says how many/,
  );
  await expect(benchmark(root, { ...of('x {model}'), seeds: [1], episodes: 3 })).rejects.toThrow(
    /takes no episodes/,
  );
  expect(existsSync(join(root, '.cairn/benchmarks'))).toBe(false);
});

test('a folder that is a version is measured by the file that stands for it, and none of its files is written to', async () => {
  const root = temporaryFolder();
  const id = 'checkpoint-5/model.pt';
  put(root, id, writeTorchZip([1]));
  put(root, 'checkpoint-5/config.json', '{"reward": 1}');
  put(root, 'checkpoint-5/trainer_state.json', '{"log_history": []}');
  const { evaluator } = counting();
  const { versions } = await benchmark(root, { evaluator, ids: [id] });
  expect(versions).toMatchObject([{ id, unrecorded: 'it has no sidecar of its own' }]);
  expect(readFileSync(join(root, 'checkpoint-5/config.json'), 'utf8')).toBe('{"reward": 1}');
});
