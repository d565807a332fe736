import { basename } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { hasTorch, runPython } from '../packing/python.fixture.ts';
import { tensorOf } from '../packing/torch-value.ts';
import { TrainingManager } from './training-manager.ts';

test.skipIf(!hasTorch)(
  'a class with the rules of the reference finds the same versions and the same best, every key of its type',
  {
    timeout: 60_000,
  },
  async () => {
    const config = { best_model_selection_metric: 'sharpe' };
    const manager = new ModelManager(temporaryFolder(), { appData: temporaryFolder(), config });
    onTestFinished(() => manager.close());
    const training = new TrainingManager(manager, {
      state: () => ({ model: { weight: tensorOf(Float32Array.of(1)) } }),
      metadata: { model_class: 'Toy', day_quality: 1, tags: ['a'] },
    });
    for (const [index, sharpe] of [1, 3, 2, 4.5].entries()) {
      await training.onUpdate({ reward: 10 - index, sharpe, step: 100 * index, lr: 1 });
      if (sharpe !== 2)
        await vi.waitFor(() => expect(manager.getBestModelInfo()?.metrics).toMatchObject({ sharpe }), {
          timeout: 10_000,
        });
    }
    await training.close();
    const [told] = runPython('open_run.py', `${manager.root}\nsharpe`);
    const { best, versions } = JSON.parse(told ?? '');
    expect(versions.flatMap(({ faults }: { faults: string[] }) => faults)).toEqual([]);
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([1, 2, 3]);
    expect(best).toBe(basename(manager.getBestModelInfo()?.id ?? ''));
  },
);
