import { once } from 'node:events';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { benchmark, counting, first, makeRun, open, second } from './benchmark-run.fixture.ts';
import { BenchmarkRunner } from './benchmark-runner.ts';
import { commandEvaluator } from './command-evaluator.ts';
import { functionEvaluator } from './evaluator.ts';

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
});

test('damaged lines of the record are told, and those runs done again', async () => {
  const root = makeRun();
  const { calls, evaluator } = counting();
  await benchmark(root, { evaluator, seeds: [1] });
  const record = join(root, '.cairn/benchmarks/results.jsonl');
  writeFileSync(record, readFileSync(record, 'utf8').replace('"score":11', '"score":99'));
  const { notices } = await benchmark(root, { evaluator, seeds: [1] });
  expect([notices.length, calls.slice(2)]).toEqual([1, ['b1']]);
});

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
});

test('two benchmarks of the same versions at once both put what they found into the sidecars', async () => {
  const root = makeRun();
  const done = new AbortController();
  const isDone = once(done.signal, 'abort');
  const one = functionEvaluator('one', () => ({ one: 1 }));
  const later = functionEvaluator('later', async () => {
    await isDone;
    return { later: 2 };
  });
  const waiting = benchmark(root, { evaluator: later, seeds: [1] });
  const before = await benchmark(root, { evaluator: one, seeds: [1] });
  done.abort();
  for (const { versions } of [before, await waiting])
    expect(versions.map(({ unrecorded }) => unrecorded)).toEqual([null, null]);
  const manager = await open(root);
  await manager.verify(null, () => undefined);
  for (const id of [first, second])
    expect(manager.version(id)).toMatchObject({ metrics: { bench_one: 1, bench_later: 2 }, problems: [] });
});

test('more jobs than there are runs are as many as there are', async () => {
  const { calls, evaluator } = counting();
  await benchmark(makeRun(), { evaluator, jobs: 2 ** 40 });
  expect(calls).toHaveLength(6);
});

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
  expect(versions).toMatchObject([
    { id, unrecorded: expect.stringContaining('a folder that Cairn did not save') },
  ]);
  expect(readFileSync(join(root, 'checkpoint-5/config.json'), 'utf8')).toBe('{"reward": 1}');
});
