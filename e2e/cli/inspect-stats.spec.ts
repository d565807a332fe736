import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readJson, runCli } from '../driver/run-cli.ts';
import { copySampleRun, makeEdgeRun } from '../fixtures/copy-runs.ts';

const model = 'best_models/model_v0016_reward0.4308_20260302_124200.pt';

interface Measured {
  tensors: { name: string; stats?: Record<string, number> }[];
}

test('inspect --stats measures every tensor of a checkpoint', async () => {
  const path = join(await copySampleRun(), model);
  const { tensors } = (await readJson(['inspect', path, '--stats'])) as Measured;
  expect(tensors.length).toBeGreaterThan(8);
  for (const { stats } of tensors) expect(stats?.['count']).toBeGreaterThan(0);
  const { stats } = tensors.find(({ name }) => name.endsWith('trunk.0.weight')) ?? {};
  expect(stats).toMatchObject({ count: 408, nan: 0, posinf: 0, neginf: 0 });
  const { std = 0, mean = 0, l2 = 0 } = stats ?? {};
  expect(408 * (std * std + mean * mean)).toBeCloseTo(l2 * l2, 6);
});

test('without --stats nothing is measured', async () => {
  const { tensors } = (await readJson(['inspect', join(await copySampleRun(), model)])) as Measured;
  expect(tensors.every((tensor) => !('stats' in tensor))).toBe(true);
});

test('people see the numbers in columns', async () => {
  const { stdout } = await runCli(['inspect', join(await copySampleRun(), model), '--stats']);
  expect(stdout).toMatch(/TENSOR .* MIN +MAX +MEAN +STD +L2 +ZEROS +NAN +INF\n/);
});

test('of a sparse tensor it is said how many zeros are in none of its numbers', async () => {
  const path = join(import.meta.dirname, '../fixtures/oddities/sparse.pt');
  const { stdout } = await runCli(['inspect', path, '--stats']);
  expect(stdout).toMatch(/^csr +sparse: of 2 stored values, not of the 4 zeros that it implies$/m);
});

test('whoever has every byte read is told that they are not those that were saved', async () => {
  const path = join(await makeEdgeRun(), 'checkpoints/bitflip.pt');
  const problem = 'the bytes of bitflip.pt/data/0 do not match the CRC in the archive: damaged';
  const measured = await runCli(['inspect', path, '--stats', '--json']);
  expect([measured.code, JSON.parse(measured.stdout).problems]).toEqual([1, [problem]]);
  const compared = await runCli(['diff', path, path, '--json']);
  expect([compared.code, JSON.parse(compared.stdout).problems]).toEqual([
    1,
    [`a: ${problem}`, `b: ${problem}`],
  ]);
});
