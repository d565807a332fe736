import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleRun } from '../catalog/measurements/evaluations.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { benchmark } from './benchmark-run.fixture.ts';
import { type EvaluationCall, functionEvaluator } from './evaluator.ts';

const model = 'rl_model_10000_steps.zip';
const statisticsOf = (step: number) => `rl_model_vecnormalize_${step}_steps.pkl`;
const statistics = statisticsOf(10_000);

/** A run of one model, with the statistics that go with it, which nothing seals. */
function makeModel(): string {
  const root = temporaryFolder();
  mkdirSync(root, { recursive: true });
  for (const name of [model, statistics]) cpSync(join(sampleRun, name), join(root, name));
  return root;
}

const folder = 'checkpoint-500';
const main = `${folder}/model.safetensors`;

function makeFolder(): string {
  const root = temporaryFolder();
  const layouts = join(import.meta.dirname, '../../../e2e/fixtures/layouts');
  cpSync(join(layouts, 'huggingface', folder), join(root, folder), { recursive: true });
  return root;
}

const once = { seeds: [1], jobs: 1 };

/** Measures one version. @returns whether that was on record, and why it failed */
async function measure(root: string, id: string, evaluate: (call: EvaluationCall) => void = () => undefined) {
  const evaluator = functionEvaluator('measure', (call) => {
    evaluate(call);
    return { score: 1 };
  });
  const { versions } = await benchmark(root, { ...once, evaluator, ids: [id] });
  const [version] = versions;
  return { reused: version?.runs[0]?.reused, failure: version?.runs[0]?.failure };
}

const fresh = { reused: false, failure: null };
const changed = { reused: false, failure: 'its file changed meanwhile' };

test('a model whose statistics are others by now is measured anew, with the same ones it is not', async () => {
  const root = makeModel();
  expect(await measure(root, model)).toEqual(fresh);
  expect(await measure(root, model)).toEqual({ ...fresh, reused: true });
  cpSync(join(sampleRun, statisticsOf(20_000)), join(root, statistics));
  expect(await measure(root, model)).toEqual(fresh);
  cpSync(join(sampleRun, statistics), join(root, statistics));
  expect(await measure(root, model)).toEqual({ ...fresh, reused: true });
});

test('what was measured of a model without statistics is not taken for what it is with them', async () => {
  const root = makeModel();
  cpSync(join(root, model), join(root, 'other.zip'));
  expect(await measure(root, 'other.zip')).toEqual(fresh);
  expect(await measure(root, model)).toEqual(fresh);
});

test('a model whose statistics are written over while it is measured has no result', async () => {
  const root = makeModel();
  expect(await measure(root, model, () => writeFileSync(join(root, statistics), 'others'))).toEqual(changed);
});

test('a folder of which any file is written to while it is measured has no result', async () => {
  const root = makeFolder();
  expect(await measure(root, main)).toEqual(fresh);
  const other = makeFolder();
  const write = () => writeFileSync(join(other, folder, 'config.json'), '{"x": 1}');
  expect(await measure(other, main, write)).toEqual(changed);
});
