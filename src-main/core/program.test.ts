import { expect, test, vi } from 'vitest';
import { functionEvaluator } from './benchmark/evaluator.ts';
import { configFile } from './config/read-config.ts';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import type { ManagerOptions } from './model-manager.ts';
import { tensorOf } from './packing/torch-value.ts';
import { Program } from './program.ts';

const byError = { best_model_selection_metric: 'error', best_model_selection_mode: 'min' } as const;
const asYaml = Object.entries(byError).map(([key, value]) => `  ${key}: ${value}\n`);

function open(run: string, options: ManagerOptions = {}): Program {
  return new Program(run, { appData: temporaryFolder(), ...options });
}

/** Three updates of which the last one is the worst. */
async function train(program: Program): Promise<string[]> {
  const saved: string[] = [];
  const weight = Float32Array.of(0);
  const training = program.train({
    state: () => ({ model: { weight: tensorOf(weight) } }),
    onSaved: ({ id }) => void saved.push(id),
  });
  for (const [index, error] of [3, 1, 2].entries()) {
    weight[0] = error;
    await training.onUpdate({ reward: error, error, step: index });
    if (error !== 2) await vi.waitFor(() => expect(saved).toHaveLength(index + 1), { timeout: 20_000 });
  }
  return saved;
}

test.each(['its own', 'a given one'])(
  'a run by one config, %s: training saves by it, and the benchmark measures what that saved',
  async (whose) => {
    const run = temporaryFolder();
    if (whose === 'its own') put(run, configFile, `model_storage:\n${asYaml.join('')}`);
    const program = open(run, whose === 'its own' ? {} : { config: byError });
    const saved = await train(program);
    expect(program.manager.getBestModelInfo()?.id).toBe(saved[1]);
    const evaluator = functionEvaluator('score', ({ id }) => ({ score: saved.indexOf(id) }));
    const orders = { seeds: [1], episodes: null, jobs: 1, timeout: 20_000, retries: 0, again: false };
    const { versions } = await program.benchmark.run({ ...orders, evaluator, ids: saved });
    expect(versions.map(({ unrecorded }) => unrecorded)).toEqual([null, null]);
    expect(saved.map((id) => program.manager.version(id)?.metrics)).toMatchObject([
      { error: 3, bench_score: 0 },
      { error: 1, bench_score: 1 },
    ]);
    await program.close();
  },
);

test('closing it lets its training save what is due, and closes the run with it', async () => {
  const run = temporaryFolder();
  const program = open(run);
  const closed = vi.spyOn(program.manager, 'close');
  const saved: string[] = [];
  const training = program.train({
    state: () => ({ model: { weight: tensorOf(Float32Array.of(1)) } }),
    rules: { saveBest: false },
    onSaved: ({ id }) => void saved.push(id),
  });
  await training.onUpdate({ reward: 1, step: 1 });
  expect(saved).toEqual([]);
  await program.close({ lastCheckpoint: true });
  expect(saved).toEqual(['checkpoints/checkpoint.pt']);
  expect(closed).toHaveBeenCalledOnce();
});

test('a hook that throws is told as it closes, and the run is closed all the same', async () => {
  const program = open(temporaryFolder());
  const closed = vi.spyOn(program.manager, 'close');
  const training = program.train({
    state: () => ({ model: {} }),
    onSaved: () => {
      throw new Error('of a hook');
    },
  });
  await training.onUpdate({ reward: 1 }).catch(() => undefined);
  await expect(program.close({ lastCheckpoint: true })).rejects.toThrow('of a hook');
  expect(closed).toHaveBeenCalledOnce();
});

test('a hook that throws keeps no other training from saving what is due', async () => {
  const program = open(temporaryFolder());
  const state = () => ({ model: { weight: tensorOf(Float32Array.of(1)) } });
  const saved: string[] = [];
  const failing = program.train({
    state,
    rules: { saveBest: false },
    onSaved: () => {
      throw new Error('of a hook');
    },
  });
  const other = program.train({
    state,
    rules: { saveBest: false },
    onSaved: ({ id }) => void saved.push(id),
  });
  await failing.onUpdate({ reward: 1 });
  await other.onUpdate({ reward: 2 });
  await expect(program.close({ lastCheckpoint: true })).rejects.toThrow('of a hook');
  expect(saved).toEqual(['checkpoints/checkpoint.pt']);
});
