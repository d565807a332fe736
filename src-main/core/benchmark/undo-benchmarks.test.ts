import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ModelManager } from '../model-manager.ts';
import { evaluationOf, id, sidecarText, verified } from './evaluated-run.fixture.ts';

async function benchmarked(root: string, manager: ModelManager, values: readonly number[]): Promise<string> {
  const { operation } = await manager.recordEvaluations([evaluationOf(root, values)]);
  return String(operation);
}

const benchOf = (manager: ModelManager) => manager.version(id)?.metrics['bench_sharpe'];

test('of two benchmarks of a version the later is undone first, which is said; then the other', async () => {
  const { root, path, manager } = await verified();
  const first = await benchmarked(root, manager, [1, 2]);
  const second = await benchmarked(root, manager, [5, 6]);
  await expect(manager.undo(first)).rejects.toThrow(
    `cannot undo ${first} — ${second} (benchmark) changed best_models/a.json since — undo ${second} first`,
  );
  await manager.look();
  expect(benchOf(manager)).toBe(5.5);
  await manager.undo(second);
  await manager.undo(first);
  expect(readFileSync(path, 'utf8')).toBe(sidecarText);
});

test('an undo that was built upon by a later benchmark takes nothing of that back', async () => {
  const { root, manager } = await verified();
  const first = await benchmarked(root, manager, [1, 2]);
  await manager.undo(first);
  const [{ id: undone = '' } = {}] = (await manager.listTrash()).operations;
  await manager.look();
  const later = await benchmarked(root, manager, [5, 6]);
  await expect(manager.undo(undone)).rejects.toThrow(`undo ${later} first`);
});

test('Nothing foreign is touched: a sidecar that somebody else wrote to since a benchmark stays, and is named', async () => {
  const { root, path, manager } = await verified();
  const operation = await benchmarked(root, manager, [1, 2]);
  const theirs = readFileSync(path, 'utf8').replace('"odd": NaN', '"odd": NaN, "mine": 42');
  writeFileSync(path, theirs);
  await expect(manager.undo(operation)).rejects.toThrow(
    'cannot bring back best_models/a.json — another program wrote to it since — move that file away first',
  );
  expect(readFileSync(path, 'utf8')).toBe(theirs);
});
