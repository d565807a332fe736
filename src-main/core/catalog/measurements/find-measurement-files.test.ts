import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { findMeasurementFiles } from './find-measurement-files.ts';

async function find(run: string): Promise<string[]> {
  return (await findMeasurementFiles(run)).files.map(({ path, kind, group }) => `${kind} ${path} ${group}`);
}

test('files are found where each framework puts them, and nowhere else', async () => {
  const run = temporaryFolder();
  const files = [
    ['evaluations.npz', 'evaluations', 'evaluations.npz'],
    ['logs/evaluations.npz', 'evaluations', 'logs/evaluations.npz'],
    ['eval/evaluations.npz', 'evaluations', 'eval/evaluations.npz'],
    ['results/evaluations.npz', 'evaluations', 'results/evaluations.npz'],
    ['progress.csv', 'table', 'progress.csv'],
    ['logs/progress.csv', 'table', 'logs/progress.csv'],
    ['lightning_logs/version_3/metrics.csv', 'table', 'lightning_logs/version_3/metrics.csv'],
    ['monitor.csv', 'monitor', 'monitor.csv'],
    ['0.monitor.csv', 'monitor', 'monitor.csv'],
    ['logs/12.monitor.csv', 'monitor', 'logs/monitor.csv'],
    ['trainer_state.json', 'trainer-state', 'trainer_state.json'],
    ['checkpoint-1000/trainer_state.json', 'trainer-state', 'trainer_state.json'],
    ['result.json', 'tune-results', 'result.json'],
    ['events.out.tfevents.1.host', 'events', 'tfevents'],
    ['PPO_1/events.out.tfevents.1.host', 'events', 'PPO_1'],
    ['tb/PPO_2/events.out.tfevents.1.host', 'events', 'tb/PPO_2'],
    ['runs/Cart__ppo__1__17/events.out.tfevents.1.host', 'events', 'runs/Cart__ppo__1__17'],
    ['logs/fit/validation/events.out.tfevents.1.host', 'events', 'logs/fit/validation'],
    ['mlruns/0/ab12/metrics/val/loss', 'mlflow-metric', 'mlruns/0/ab12'],
  ] as const;
  for (const [path] of files) put(run, path, 'x');
  const others = [
    ...[
      'eval/monitor.csv',
      'evaluation/0.monitor.csv',
      'src/progress.csv',
      '.git/progress.csv',
      'logs/a/b/progress.csv',
      'checkpoint-1000/progress.csv',
    ],
    ...[
      'mlruns/0/ab12/params/lr',
      'mlruns/.trash/ab12/metrics/a',
      'my-progress.csv',
      'runs/.hidden/progress.csv',
    ],
  ];
  for (const path of others) put(run, path, 'x');
  expect((await find(run)).sort()).toEqual(
    files.map(([path, kind, group]) => `${kind} ${path} ${group}`).sort(),
  );
});

test('of checkpoints that each may have all that those before have, the last two are looked into, and of the others what is their own counts after that', async () => {
  const run = temporaryFolder();
  for (const step of [500, 1000, 1500, 10_000]) put(run, `checkpoint-${step}/trainer_state.json`, '{}');
  put(run, 'checkpoint-700/model.safetensors', 'x');
  const { files } = await findMeasurementFiles(run);
  expect(files.map(({ kind, path }) => [kind, path])).toEqual([
    ['trainer-state', 'checkpoint-1500/trainer_state.json'],
    ['trainer-state', 'checkpoint-10000/trainer_state.json'],
    ['own-state', 'checkpoint-500/trainer_state.json'],
    ['own-state', 'checkpoint-1000/trainer_state.json'],
  ]);
});

test('no link is entered, wherever it leads, and there is no end to no loop', async () => {
  const [run, outside] = [temporaryFolder(), temporaryFolder()];
  put(outside, 'progress.csv', 'x');
  symlinkSync(outside, join(run, 'logs'));
  mkdirSync(join(run, 'runs'));
  symlinkSync(outside, join(run, 'runs/a'));
  symlinkSync('..', join(run, 'runs/b'));
  symlinkSync(outside, join(run, 'mlruns'));
  expect(await find(run)).toEqual([]);
});

test('of thousands of folders and files so many are looked at, and it is said', async () => {
  const run = temporaryFolder();
  for (let index = 0; index < 3000; index += 1) mkdirSync(join(run, `runs/${index}`), { recursive: true });
  for (let index = 0; index < 1200; index += 1) put(run, `mlruns/0/a/metrics/m${index}`, '1 2 3\n');
  const { files, folders, problems } = await findMeasurementFiles(run);
  expect(folders).toHaveLength(200);
  expect(files.length).toBeLessThanOrEqual(1000);
  expect(problems.map(({ problem }) => problem)).toContainEqual(
    expect.stringMatching(
      /^here are more logs of measurements than are read: [\d,]+ from here on do not count$/,
    ),
  );
});

test('a folder that is none has no logs', async () => {
  const run = temporaryFolder();
  expect(await find(join(run, 'gone'))).toEqual([]);
});

test('among very many files those of fixed names are found all the same; elsewhere it is told that not all are looked through', async () => {
  const run = temporaryFolder();
  for (let index = 0; index < 5500; index += 1) put(run, `rl_model_${index}_steps.zip`, '');
  put(run, 'progress.csv', 'x');
  put(run, 'monitor.csv', 'x');
  expect(await find(run)).toEqual(['monitor monitor.csv monitor.csv', 'table progress.csv progress.csv']);
  for (let index = 0; index < 5500; index += 1) put(run, `logs/${index}.txt`, '');
  const { problems } = await findMeasurementFiles(run);
  expect(problems).toEqual([
    { path: 'logs', problem: expect.stringContaining('more files than are looked') },
  ]);
});
