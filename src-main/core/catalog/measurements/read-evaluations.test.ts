import { describe, expect, test } from 'vitest';
import { Damage } from '../../formats/damage.ts';
import { noise } from '../../formats/fixtures/bytes.ts';
import { writeNpy } from '../../formats/fixtures/write-others.ts';
import { pickle } from '../../formats/fixtures/write-torch.ts';
import { writeZip } from '../../formats/fixtures/write-zip.ts';
import { bufferSource, openFileSource, positionalSource } from '../../formats/source.ts';
import { evaluationsOf, npyOf, npzOf, numpySays, sampleRun } from './evaluations.fixture.ts';
import { type Measured, sameMeasured } from './measured.ts';
import { MeasuredRun } from './measured-run.ts';
import type { MetricLog } from './metric-log.ts';
import { readEvaluations } from './read-evaluations.ts';

const join = (log: MetricLog) =>
  new MeasuredRun([{ file: 'evaluations.npz', group: 'evaluations.npz', log }]);
const read = async (bytes: Buffer) => join(await readEvaluations(bufferSource('evaluations.npz', bytes)));
const best = { id: 'best_model.zip', step: null };
const metricsOf = (measured: Measured | null) =>
  Object.fromEntries(
    measured?.metrics.names.map((name, index) => [
      name,
      measured.metrics.values[measured.metrics.at + index],
    ]) ?? [],
  );
const at = (step: number) => ({ id: `rl_model_${step}_steps.zip`, step });

test('evaluations are what numpy finds in them, to the last digit', async () => {
  const source = await openFileSource(`${sampleRun}/evaluations.npz`);
  const measurements = join(await readEvaluations(source));
  await source.close();
  for (const { step, mean, std, length } of numpySays.evaluations) {
    const measured = measurements.of(at(step));
    expect(measured).toMatchObject({ reward: mean, problems: [] });
    expect(metricsOf(measured)).toEqual({
      eval_mean_reward: mean,
      eval_std_reward: std,
      eval_mean_ep_length: length,
    });
  }
  expect(measurements.of(at(15_000))).toBeNull();
});

describe('the best model', () => {
  test('is of the first of the highest means, as stable-baselines3 chooses', async () => {
    const measurements = await read(
      evaluationsOf({ 10: [1, 3], 20: [5, 3], 30: [4, 4], 40: [Number.NaN, 9] }),
    );
    expect(sameMeasured(measurements.of(best), measurements.of(at(20)))).toBe(true);
    expect(measurements.of({ ...best, step: 20 })?.problems).toEqual([]);
  });

  test('that was saved at another step is measured by that one, and it is said', async () => {
    const measurements = await read(evaluationsOf({ 10: [1, 3], 2000: [5, 3] }));
    const sentence = 'it was saved at step 10, but evaluations.npz has its best evaluation at step 2,000';
    expect(measurements.of({ ...best, step: 10 })).toMatchObject({
      reward: 2,
      problems: [expect.stringContaining(sentence)],
    });
    expect(measurements.of({ ...best, step: 11 })).toMatchObject({ reward: null, metrics: { names: [] } });
  });

  test('has no metrics where no mean is a number', async () => {
    const measurements = await read(evaluationsOf({ 10: [Number.NaN] }));
    expect(measurements.of(best)).toBeNull();
    expect(measurements.of(at(10))?.reward).toBeNaN();
  });
});

test('of two evaluations at one step the last one counts', async () => {
  const [timesteps, results] = [npyOf([10, 10], '<i8'), npyOf([[1], [2]])];
  expect((await read(npzOf({ timesteps, results }))).of(at(10))).toMatchObject({ reward: 2 });
});

test('evaluations without lengths, or without a single one, are read', async () => {
  const measurements = await read(npzOf({ timesteps: npyOf([10], '<i8'), results: npyOf([[1, 2]]) }));
  expect(measurements.of(at(10))?.metrics.names).toEqual(['eval_mean_reward', 'eval_std_reward']);
  const none = await read(
    npzOf({ timesteps: npyOf([]), results: writeNpy("'<f8'", '(0, 0)', Buffer.alloc(0)) }),
  );
  expect(none.of(best)).toBeNull();
});

describe('of an evaluation whose episodes are on record', () => {
  const steps = npyOf([10, 20], '<i8');
  const rewards = npyOf([
    [1, 3],
    [5, 5],
  ]);

  test('it is told how many there were, how they scatter, and where the true mean lies', async () => {
    const measurements = await read(npzOf({ timesteps: steps, results: rewards }));
    const [reward, mean, deviation] = measurements.sourcesOf(at(10));
    const told = { file: 'evaluations.npz', axis: 'step', at: 10, behind: 0, episodes: 2 };
    expect(reward).toMatchObject({ ...told, metric: 'reward' });
    expect(mean).toMatchObject({ ...told, metric: 'eval_mean_reward', deviation: Math.SQRT2 });
    // 2 ± t·s/√n with the t of one degree of freedom.
    expect(mean?.interval?.map((end) => Number(Number(end).toFixed(3)))).toEqual([-10.706, 14.706]);
    expect(deviation).toMatchObject({ metric: 'eval_std_reward', episodes: null, interval: null });
    expect(measurements.episodesOf(at(10))).toEqual([1, 3]);
    expect(measurements.episodesOf(best)).toEqual([5, 5]);
    expect(measurements.episodesOf(at(11))).toBeNull();
  });

  test('the share of those that met their goal is a metric, where it is there', async () => {
    const successes = writeNpy("'|b1'", '(2, 2)', Buffer.of(1, 0, 1, 1));
    const measured = (await read(npzOf({ timesteps: steps, results: rewards, successes }))).of(at(10));
    expect(metricsOf(measured)).toMatchObject({ eval_success_rate: 0.5 });
  });

  test('successes that cannot be read cost themselves alone, and it is said', async () => {
    const successes = writeNpy("'|O'", '(2, 2)', pickle('N'));
    const log = await readEvaluations(
      bufferSource('evaluations.npz', npzOf({ timesteps: steps, results: rewards, successes })),
    );
    expect(log.notes).toEqual([
      expect.stringMatching(/^its success rates cannot be read: its successes are no numbers/),
    ]);
    expect(join(log).of(at(10))?.reward).toBe(2);
  });
});

const timesteps = npyOf([1, 2], '<i8');
const results = npyOf([[1], [2]]);
const huge = writeNpy("'<f8'", '(2, 1099511627776)', noise(16));

test.each<[string, Buffer, RegExp]>([
  ['is no zip', noise(200), /./],
  ['is empty', Buffer.alloc(0), /./],
  ['has other arrays', npzOf({ weights: results }), /no timesteps and results/],
  [
    'has no row for each step',
    npzOf({ timesteps, results: npyOf([[1]]) }),
    /1 × 1, and not a row for each of 2/,
  ],
  ['has a list for rows', npzOf({ timesteps, results: npyOf([1, 2]) }), /are 2, and not a row/],
  ['claims more than there is', npzOf({ timesteps, results: huge }), /more than are read/],
  [
    'has objects for rewards',
    npzOf({ timesteps, results: writeNpy("'|O'", '(2, 1)', pickle('N')) }),
    /no numbers but \|O/,
  ],
  ['has text for steps', npzOf({ timesteps: writeNpy("'<U2'", '(2,)', noise(16)), results }), /no numbers/],
  ['is cut off', npzOf({ timesteps, results }).subarray(0, -30), /./],
  [
    'lacks rewards',
    npzOf({ timesteps, results: writeNpy("'<f8'", '(2, 1)', noise(8)) }),
    /end of the file is missing/,
  ],
])('a file that %s is damage in one line', async (_what, bytes, message) => {
  const thrown = await read(bytes).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Damage);
  expect((thrown as Damage).message).toMatch(message);
  expect((thrown as Damage).message).not.toMatch(/\n/);
});

test('a file of terabytes, and an array that unpacks without end, are not read', async () => {
  const endless = positionalSource('evaluations.npz', 2 ** 42, () =>
    Promise.reject(new Error('it was read')),
  );
  await expect(readEvaluations(endless)).rejects.toThrow(
    '4,398,046,511,104 bytes are more than are read of it',
  );
  const data = Buffer.alloc(16 * 1024 * 1024);
  const bomb = writeZip([
    { name: 'timesteps.npy', data: timesteps },
    { name: 'results.npy', data, deflated: true },
  ]);
  expect(bomb.length).toBeLessThan(20_000);
  await expect(read(bomb)).rejects.toThrow(/16,777,216 bytes are more than are unpacked/);
});
