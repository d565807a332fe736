import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ModelManagerError } from '../errors.ts';
import { put } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { benchmark, counting, first, makeRun, open, second } from './benchmark-run.fixture.ts';
import { BenchmarkRunner } from './benchmark-runner.ts';
import { functionEvaluator } from './evaluator.ts';

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
});

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
  expect([result.operation, result.failure]).toEqual([null, 'the run is locked — wait']);
});

test('a run that must not be written to is measured; what was found is in the app’s data alone, and that is told', async () => {
  const root = makeRun();
  const { calls, evaluator } = counting();
  chmodSync(root, 0o555);
  onTestFinished(() => chmodSync(root, 0o755));
  const { versions, failure } = await benchmark(root, { evaluator, seeds: [1] });
  expect(failure).toBeNull();
  expect(versions.map(({ ok, unrecorded }) => [ok, unrecorded])).toEqual([
    [true, 'the run is read-only'],
    [true, 'the run is read-only'],
  ]);
  expect(existsSync(join(root, '.cairn'))).toBe(false);
  await benchmark(root, { evaluator, seeds: [1] });
  expect(calls).toHaveLength(2);
});
