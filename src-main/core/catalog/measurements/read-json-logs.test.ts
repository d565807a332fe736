import { describe, expect, test } from 'vitest';
import { Damage } from '../../formats/damage.ts';
import { placeIn } from './find-in-series.ts';
import type { MetricLog } from './metric-log.ts';
import { measurementsIn, sourceOf } from './read-log.fixture.ts';
import { readTrainerState } from './read-trainer-state.ts';
import { readTuneResults } from './read-tune-results.ts';

const tune = (...lines: readonly string[]) =>
  readTuneResults(sourceOf(lines.map((line) => `${line}\n`).join('')));
const trainer = (state: unknown) => readTrainerState(sourceOf(JSON.stringify(state)));

describe('trainer_state.json', () => {
  const best = { best_metric: 0.5, best_model_checkpoint: '/home/other/out/checkpoint-500' };

  test('tells what was measured at which step, and of the best checkpoint its metric, by its name alone', async () => {
    const log_history = [
      { epoch: 1, learning_rate: 0.1, loss: 2.5, step: 500 },
      { epoch: 1, eval_loss: 0.5, step: 500 },
      { train_runtime: 9, step: 1000 },
      { loss: 1 },
      'text',
    ];
    const log = await trainer({ ...best, log_history });
    expect(measurementsIn(log)).toEqual({
      ...{ epoch: [[500, 1]], learning_rate: [[500, 0.1]], loss: [[500, 2.5]], eval_loss: [[500, 0.5]] },
      train_runtime: [[1000, 9]],
    });
    expect([...(log.said ?? [])]).toEqual([['checkpoint-500', [['best_metric', 0.5]]]]);
    const windows = await trainer({
      ...best,
      best_model_checkpoint: 'C:\\out\\checkpoint-7\\',
      log_history: [],
    });
    expect([...(windows.said?.keys() ?? [])]).toEqual(['checkpoint-7']);
  });

  test('may hold NaN, as Python writes it', async () => {
    const log = await readTrainerState(
      sourceOf('{"log_history": [{"step": 1, "loss": NaN}], "best_metric": null}'),
    );
    expect(measurementsIn(log)).toEqual({ loss: [[1, Number.NaN]] });
    expect(log.said?.size).toBe(0);
  });

  test('is damage where it is something else', async () => {
    for (const text of ['', '[]', '{}', '{"log_history": 5}', 'version https://git-lfs.github.com/spec/v1'])
      await expect(readTrainerState(sourceOf(text))).rejects.toThrow(Damage);
  });
});

describe('result.json of Tune', () => {
  test('what a name that is too long leads to is left out', async () => {
    const long = 'k'.repeat(1_000_000);
    const inside = JSON.stringify(
      Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`m${at}`, at])),
    );
    const log = await tune(`{"training_iteration": 1, "kept": 0.5, "${long}": ${inside}}`);
    expect(measurementsIn(log)).toEqual({ kept: [[1, 0.5]] });
  });

  const at = (log: MetricLog, id: string) => placeIn(log, { id, step: null });

  test('has a result on each line, NaN among them, named by the way to it', async () => {
    const log = await tune(
      '{"training_iteration": 1, "timesteps_total": 4000, "episode_reward_mean": NaN, "info": {"learner": {"loss": 0.5}}, "config": {"lr": 1}, "done": false}',
      '{"training_iteration": 2, "timesteps_total": 8000, "episode_reward_mean": 20.5, "hist": [1, 2]}',
    );
    expect(log).toMatchObject({ axis: 'step', also: 'iteration', notes: [] });
    expect(measurementsIn(log)).toEqual({
      episode_reward_mean: [
        [4000, Number.NaN],
        [8000, 20.5],
      ],
      'info/learner/loss': [[4000, 0.5]],
    });
    expect(at(log, 'checkpoint_000002/policy.pkl')).toEqual({ axis: 'iteration', at: 2 });
  });

  test('names the folders of its checkpoints, where it does', async () => {
    const log = await tune(
      '{"training_iteration": 5, "loss": 1, "checkpoint_dir_name": "checkpoint_000000"}',
      '{"training_iteration": 6, "loss": 2, "checkpoint_dir_name": null}',
    );
    expect(at(log, 'checkpoint_000000')).toEqual({ axis: 'iteration', at: 5 });
    expect(at(log, 'checkpoint_000005')).toBeNull();
  });

  test('keeps what its good lines say; one that begins with another is damage', async () => {
    const log = await tune(
      '{"training_iteration": 1, "a": 1}',
      '{"training_iter',
      '{"training_iteration": 2, "a": 2}',
    );
    expect(measurementsIn(log)).toEqual({
      a: [
        [1, 1],
        [2, 2],
      ],
    });
    expect(log.notes).toEqual(['1 line of it cannot be read']);
    await expect(tune('{"training_iter')).rejects.toThrow(Damage);
    await expect(tune('{"a": 1}')).rejects.toThrow(/nothing in it counts/);
  });
});
