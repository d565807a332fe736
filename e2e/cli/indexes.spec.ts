import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asInspection } from '../driver/json-shapes.ts';
import { runCli } from '../driver/run-cli.ts';

const files = join(import.meta.dirname, '../fixtures/indexes');

/** What each says, by the word that the contract has for it. */
const expected: Record<string, { format: string; tensor: unknown[]; problem?: string }> = {
  checkpoint_12000: { format: 'flax-msgpack', tensor: ['params.Dense_0.kernel', 'float32', [3, 4]] },
  'cp-0005.ckpt.index': { format: 'tf-index', tensor: ['model.layer-0.kernel', 'float32', [3, 4]] },
  'dcp-2/.metadata': {
    format: 'dcp',
    tensor: ['model.fc.bias', 'bfloat16', [4]],
    problem: 'outside its own folder',
  },
  'dcp-4/.metadata': {
    format: 'dcp',
    tensor: ['model.fc.bias', 'bfloat16', [4]],
    problem: 'outside its own folder',
  },
  'orbax/_METADATA': { format: 'orbax', tensor: ['params.Dense_0.bias', 'unknown', [4]] },
};

test.describe.configure({ mode: 'parallel' });

for (const [path, { format, tensor, problem }] of Object.entries(expected))
  test(`inspect finds the tensors that ${path} names`, async () => {
    const { stdout, code } = await runCli(['inspect', join(files, path), '--json']);
    const inspection = asInspection(JSON.parse(stdout));
    expect([code, inspection.format]).toEqual([problem ? 1 : 0, format]);
    expect(inspection.problems.length > 0).toBe(problem !== undefined);
    for (const told of inspection.problems) expect(told).toContain(problem);
    const found = inspection.tensors.map(({ name, dtype, shape }) => [name, dtype, shape]);
    expect(found).toContainEqual(tensor);
  });

test('inspect measures the arrays of flax, which are in the file', async () => {
  const { stdout } = await runCli(['inspect', join(files, 'checkpoint_12000'), '--json', '--stats']);
  const { tensors } = JSON.parse(stdout);
  expect(tensors[0].stats).toMatchObject({ count: 12, min: 0, max: 11, mean: 5.5 });
});

test('inspect says by which flavors a model of MLflow can be loaded, and schema names every format', async () => {
  const { stdout, code } = await runCli(['inspect', join(files, 'MLmodel'), '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).entries).toContainEqual({
    key: 'flavors',
    type: 'list',
    summary: 'python_function, pytorch',
  });
  const schema = (await runCli(['schema', 'inspect'])).stdout;
  for (const word of ['tf-index', 'dcp', 'orbax', 'flax-msgpack', 'keras', 'hdf5'])
    expect(schema).toContain(word);
});
