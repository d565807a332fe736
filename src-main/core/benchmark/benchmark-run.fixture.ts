import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { type BenchmarkOrder, BenchmarkRunner } from './benchmark-runner.ts';
import { functionEvaluator } from './evaluator.ts';

export const [first, second] = ['best_models/a.pt', 'best_models/b.pt'];

/** A run of two versions. */
export function makeRun(): string {
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

export async function open(root: string): Promise<ModelManager> {
  const manager = new ModelManager(root, { appData: join(root, '../app-data'), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  // In this thread: starting others takes longer than all else.
  await manager.latest();
  return manager;
}

export async function benchmark(
  root: string,
  order: Partial<BenchmarkOrder> & Pick<BenchmarkOrder, 'evaluator'>,
) {
  const usual = { ids: [first, second], seeds: [1, 2, 3], episodes: null, jobs: 2, timeout: 20_000 };
  return new BenchmarkRunner(await open(root)).run({ ...usual, retries: 0, again: false, ...order });
}

/** What it was called for, as `a1`, and something different for each version and seed. */
export function counting() {
  const calls: string[] = [];
  const evaluator = functionEvaluator('counting', ({ id, seed }) => {
    const name = id.slice(-4, -3);
    calls.push(`${name}${seed}`);
    return { score: seed + (name === 'b' ? 10 : 0), episodes: [{ score: seed + (name === 'b' ? 10 : 0) }] };
  });
  return { calls, evaluator };
}
