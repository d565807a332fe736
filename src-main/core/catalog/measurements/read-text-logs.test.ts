import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Damage } from '../../formats/damage.ts';
import { damageBytes } from '../../formats/fixtures/damage-bytes.ts';
import { positionalSource, type Source } from '../../formats/source.ts';
import { cellNumber, csvCells } from './csv-line.ts';
import { readCsvLog } from './read-csv-log.ts';
import { measurementsIn, sourceOf } from './read-log.fixture.ts';
import { readMlflowMetric } from './read-mlflow-metric.ts';
import { logOfEpisodes, readMonitor } from './read-monitor.ts';
import { readTrainerState } from './read-trainer-state.ts';
import { readTuneResults } from './read-tune-results.ts';
import { csvOf, monitorOf } from './write-logs.fixture.ts';

const readTable = async (source: Source) => (await readCsvLog(source)).log;
const csv = (text: string) => readTable(sourceOf(text));
const monitor = (text: string) => readMonitor(sourceOf(text));

describe('a table of a training', () => {
  test('of stable-baselines3 is counted by its timesteps', async () => {
    const names = ['time/fps', 'rollout/ep_rew_mean', 'time/total_timesteps', 'train/loss'];
    const log = await csv(csvOf(names, [900, 1.5, 2048, ''], [901, 2.5, 4096, 0.25]));
    expect(log).toMatchObject({ axis: 'step', also: null, notes: [] });
    expect(measurementsIn(log)).toEqual({
      'time/fps': [
        [2048, 900],
        [4096, 901],
      ],
      'rollout/ep_rew_mean': [
        [2048, 1.5],
        [4096, 2.5],
      ],
      'train/loss': [[4096, 0.25]],
    });
  });

  test('of Lightning has rows that are mostly empty, and epochs beside steps', async () => {
    const log = await csv(
      csvOf(['epoch', 'step', 'train_loss', 'val_loss'], [0, 49, 0.5, ''], [0, 49, '', 0.75]),
    );
    expect(log).toMatchObject({ axis: 'step', also: 'epoch' });
    expect(measurementsIn(log)).toEqual({ train_loss: [[49, 0.5]], val_loss: [[49, 0.75]] });
    expect([...(log.series[1]?.alsoAt ?? [])]).toEqual([0]);
  });

  test('of Tune is counted by iterations where its steps are empty, and its settings are no metrics', async () => {
    const names = ['episode_reward_mean', 'timesteps_total', 'training_iteration', 'config/lr', 'pid'];
    const log = await csv(csvOf(names, [1, '', 1, 0.1, 7], [2, '', 2, 0.1, 7]));
    expect(log).toMatchObject({ axis: 'iteration', also: null });
    expect(measurementsIn(log)).toEqual({
      episode_reward_mean: [
        [1, 1],
        [2, 2],
      ],
    });
  });

  test('of YOLOv5 has names that are filled up with spaces', async () => {
    const log = await csv(
      '      epoch,   train/box_loss\n          0,             1.5\n          1,            1.25\n',
    );
    expect(log).toMatchObject({ axis: 'epoch', also: null });
    expect(measurementsIn(log)).toEqual({
      'train/box_loss': [
        [0, 1.5],
        [1, 1.25],
      ],
    });
  });

  test('of Spinning Up has tabs, and is read on from where it was', async () => {
    const begun = 'Epoch\tAverageEpRet\tTotalEnvInteracts\n0\t-10.5\t4000\n';
    const read = await readCsvLog(sourceOf(begun));
    expect(read.log).toMatchObject({ axis: 'step', also: 'epoch' });
    const grown = await readCsvLog(sourceOf(`${begun}1\t1.5\t8000\n`), read);
    expect(measurementsIn(grown.log)).toEqual({
      AverageEpRet: [
        [4000, -10.5],
        [8000, 1.5],
      ],
    });
  });

  test('has a line without an end while it is written: that one does not count, and it is said', async () => {
    const log = await csv(`${csvOf(['step', 'a'], [1, 0.5])}2,0.2`);
    expect(measurementsIn(log)).toEqual({ a: [[1, 0.5]] });
    expect(log.notes).toEqual(['its last line has no end and does not count']);
  });

  test('keeps what its good lines say, and counts the others', async () => {
    const log = await csv(
      'step,a,a,__proto__,"b ""c"", d"\r\n1,nan,7,3,x\r\n2,1\r\n3,-inf,8,,5e-3\r\n4,"1\r\n',
    );
    expect(measurementsIn(log)).toEqual({
      a: [
        [1, Number.NaN],
        [3, Number.NEGATIVE_INFINITY],
      ],
      ['__proto__']: [[1, 3]],
      'b "c", d': [[3, 0.005]],
    });
    expect(log.notes).toEqual(['2 lines of it have not as many cells as its first line, and do not count']);
  });

  test('with a head alone, or nothing, says nothing', async () => {
    expect((await csv('step,a\n')).series).toEqual([]);
    expect((await csv('')).series).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    ['counts nothing', 'a,b\n1,2\n', /nothing in it counts steps, iterations or epochs/],
    ['is binary', 'step,\0\n', /it is no text/],
    ['has thousands of columns', `${'a,'.repeat(3000)}step\n`, /3,001 columns are more than are read/],
  ])('that %s is damage', async (_what, text, message) => {
    await expect(csv(text)).rejects.toThrow(Damage);
    await expect(csv(text)).rejects.toThrow(message);
  });

  test('may have lines as long as memory: they are counted, not kept', async () => {
    const log = await csv(`step,a\n1,2\n${'9'.repeat(5_000_000)}\n2,3\n`);
    expect(measurementsIn(log)).toEqual({
      a: [
        [1, 2],
        [2, 3],
      ],
    });
    expect(log.notes).toEqual(['1 of its lines are longer than is read']);
  });
});

test('cells are split, and numbers are read, as Python writes them', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 6 }), (cells) => {
      const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
      expect(csvCells(line)).toEqual(cells);
    }),
  );
  fc.assert(
    fc.property(
      fc.double().filter((value) => !Object.is(value, -0)),
      (value) => {
        const text = Number.isFinite(value)
          ? String(value)
          : String(value).replace('Infinity', 'inf').toLowerCase();
        expect(cellNumber(text)).toBe(value);
      },
    ),
  );
  for (const text of ['', ' ', '0x10', '1_000', 'True', 'tensor(1.0)', '1 2', '9'.repeat(99)])
    expect([text, cellNumber(text)]).toEqual([text, null]);
});

describe('monitors of environments', () => {
  test('give the mean of the last hundred episodes, at the steps of all', async () => {
    const episodes = Array.from({ length: 150 }, (_, index): [number, number] => [index, 10]);
    const log = logOfEpisodes([await monitor(monitorOf(episodes))]);
    const { monitor_mean_reward: rewards, monitor_mean_ep_length: lengths } = measurementsIn(log);
    expect(rewards?.slice(0, 3)).toEqual([
      [10, 0],
      [20, 0.5],
      [30, 1],
    ]);
    expect(rewards?.at(-1)).toEqual([1500, 99.5]);
    expect(lengths?.at(-1)).toEqual([1500, 10]);
  });

  test('that ran side by side are joined in the order of time', async () => {
    const [one, other] = [
      monitorOf([
        [1, 10],
        [3, 10],
      ]),
      monitorOf([[5, 7]], 0.5),
    ];
    const log = logOfEpisodes([await monitor(one), await monitor(other)]);
    expect(measurementsIn(log)['monitor_mean_reward']).toEqual([
      [10, 1],
      [17, 3],
      [27, 3],
    ]);
  });

  test('that were appended to are in the order of the file: a later training begins at 0 again', async () => {
    const row = (reward: number, time: number) => `${reward},10,${time}\n`;
    const all = [row(1, 1), row(3, 2), row(101, 1), row(103, 2)];
    const log = logOfEpisodes([await monitor(`#{"t_start": 0}\nr,l,t\n${all.join('')}`)]);
    expect(measurementsIn(log)['monitor_mean_reward']).toEqual([
      [10, 1],
      [20, 2],
      [30, 35],
      [40, 52],
    ]);
  });

  test('with times that are no numbers count their steps all the same, each after the one before it', async () => {
    const one = '#{"t_start": 0}\nr,l,t\n1,10,1\n3,10,nan\n5,10,inf\n7,10,-1\n9,10,4\n';
    const log = logOfEpisodes([await monitor(one), await monitor(monitorOf([[5, 7]], 1.5))]);
    expect(measurementsIn(log)['monitor_mean_reward']).toEqual([
      [10, 1],
      [20, 2],
      [30, 3],
      [40, 4],
      [47, 4.2],
      [57, 5],
    ]);
  });

  test('are damage where they are something else', async () => {
    for (const text of ['r,l,t\n1,2,3\n', '#{"t_start"\n', '#{}\na,b\n'])
      await expect(monitor(text)).rejects.toThrow(Damage);
    expect((await monitor('#{}\nr,l,t\n1,-5,1\nx,2,2\n1\n1,inf,2\n')).rewards).toHaveLength(0);
  });
});

test('a metric of MLflow has time, value and step on each line', async () => {
  const log = await readMlflowMetric(
    sourceOf('1700000000000 0.5 10\n1700000000001 nan 20\n17 0.1\ntext\n'),
    'val/loss',
  );
  expect(measurementsIn(log)).toEqual({
    'val/loss': [
      [10, 0.5],
      [20, Number.NaN],
    ],
  });
});

const readers: readonly [string, string, (source: Source) => Promise<unknown>][] = [
  ['progress.csv', csvOf(['step', 'a', 'b'], [1, 2, 3], [2, '', 0.5], [3, 4, 5]), readTable],
  [
    'monitor.csv',
    monitorOf([
      [1, 10],
      [2, 20],
    ]),
    readMonitor,
  ],
  [
    'trainer_state.json',
    '{"log_history": [{"step": 1, "loss": NaN, "epoch": 0.5}], "best_metric": 1, "best_model_checkpoint": "a/b"}',
    readTrainerState,
  ],
  [
    'result.json',
    '{"training_iteration": 1, "a": {"b": NaN}}\n{"training_iteration": 2, "checkpoint_dir_name": "c"}\n',
    readTuneResults,
  ],
  ['a metric of MLflow', '1 2 3\n4 5 6\n', (source) => readMlflowMetric(source, 'a')],
];

test.each(readers)('whatever is done to %s, it is read, or is damage', async (_name, text, read) => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const result = await read(sourceOf(damageBytes(Buffer.from(text), seed))).catch(
        (error: unknown) => error,
      );
      if (result instanceof Error) expect(result).toBeInstanceOf(Damage);
    }),
    { seed: 1, numRuns: 400 },
  );
  const endless = positionalSource('endless', 2 ** 42, () => Promise.reject(new Error('it was read')));
  await expect(read(endless)).rejects.toThrow(/4,398,046,511,104 bytes are more than are read of/);
});

test('more metrics than any training has are left out, and it is said', async () => {
  const names = Array.from({ length: 1500 }, (_, index) => `m${index}`);
  const log = await csv(csvOf(['step', ...names], [1, ...names.map(() => 1)]));
  expect(log.series).toHaveLength(1000);
  expect(log.notes).toEqual([expect.stringMatching(/^500 metrics of it are left out: .* more than 1,000$/)]);
});
