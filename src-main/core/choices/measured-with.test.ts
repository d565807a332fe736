import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchmark, first, makeRun, open, second } from '../benchmark/benchmark-run.fixture.ts';
import { commandEvaluator } from '../benchmark/command-evaluator.ts';
import { functionEvaluator } from '../benchmark/evaluator.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { judgeRun } from './judge-run.ts';
import { warningsOfRanking } from './measured-with.ts';

const evaluatorOf = (name: string) =>
  functionEvaluator(name, ({ id, seed }) => ({ score: seed + (id === second ? 10 : 0) }));

async function warningsOf(root: string): Promise<string[]> {
  const manager = await open(root);
  const metric = { name: 'bench_score', mode: 'max', source: 'asked' } as const;
  return (await judgeRun(manager, { metric, best: second })).warnings;
}

const otherwise = expect.stringContaining('not all measured alike');

test('the best by a benchmark says which evaluators its values come from, where that is more than one', async () => {
  const root = makeRun();
  await benchmark(root, { evaluator: evaluatorOf('eval.py') });
  expect(await warningsOf(root)).not.toContainEqual(otherwise);
  await benchmark(root, { evaluator: evaluatorOf('other\u001b.py'), ids: [first] });
  expect(await warningsOf(root)).toContainEqual(
    expect.stringMatching(
      /1 by “other\\u001b\.py” \(seeds 1, 2, 3\), 1 by “eval\.py”|1 by “eval\.py” \(seeds 1, 2, 3\), 1 by “other\\u001b\.py”/,
    ),
  );
  await benchmark(root, { evaluator: evaluatorOf('eval.py'), ids: [first], seeds: [1, 2] });
  expect(await warningsOf(root)).toContainEqual(expect.stringContaining('(the same words, seeds 1, 2'));
  await benchmark(root, { evaluator: evaluatorOf('eval.py'), ids: [first] });
  expect(await warningsOf(root)).not.toContainEqual(otherwise);
});

test('an evaluator whose file was edited between two benchmarks is not taken for the same', async () => {
  const [root, here] = [makeRun(), temporaryFolder()];
  const run = (ids: string[], text: string) => {
    put(here, 'eval.sh', text);
    const evaluator = commandEvaluator(`sh ${join(here, 'eval.sh')} {model}`, here);
    return benchmark(root, { evaluator, ids, seeds: [1] });
  };
  await run([first, second], 'echo \'{"score": 1}\'');
  expect(await warningsOf(root)).not.toContainEqual(otherwise);
  await run([first], 'echo \'{"score": 0.5}\'');
  expect(await warningsOf(root)).toContainEqual(otherwise);
});

test('versions that are put into an order by a benchmark are told of where not all of them were measured alike, of several runs too', async () => {
  const [root, other] = [makeRun(), makeRun()];
  await benchmark(root, { evaluator: evaluatorOf('eval.py') });
  await benchmark(other, { evaluator: evaluatorOf('other.py') });
  const [run, another] = [await open(root), await open(other)];
  const metric = { name: 'bench_score', mode: 'max' } as const;
  expect(await warningsOfRanking([{ run }], metric)).toEqual([]);
  const [warning] = await warningsOfRanking([{ run }, { run: another }], metric);
  expect(warning).toMatch(
    /^Ranked by bench_score\. Its values were not all measured alike: 2 by “eval\.py” \(.*\), 2 by “other\.py” /,
  );
  expect(await warningsOfRanking([{ run }, { run: another }], { name: 'reward', mode: 'max' })).toEqual([]);
});
