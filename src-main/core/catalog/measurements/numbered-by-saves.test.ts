import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { MeasurementFiles } from './measurement-files.ts';
import { numbersSaves } from './numbered-by-saves.ts';

function trialOf(files: Readonly<Record<string, unknown>>): string {
  const root = temporaryFolder();
  for (const [path, content] of Object.entries(files)) put(root, path, JSON.stringify(content));
  return root;
}

test('folders are numbered by saves where one is number 0, or Ray 2.7 or later wrote one', () => {
  const is = (names: readonly string[], files: Readonly<Record<string, unknown>> = {}) =>
    numbersSaves(trialOf(files), names);
  const [three, about] = ['checkpoint_000003', 'checkpoint_000003/metadata.json'];
  expect(is(['checkpoint_000000', three])).toBe(true);
  expect(is([three])).toBe(false);
  for (const [ray_version, isLater] of [
    ['2.40.0', true],
    ['2.7.0', true],
    ['3.0.0.dev0', true],
    ['2.6.3', false],
    ['1.13.0', false],
    [27, false],
    ['', false],
  ])
    expect(is([three], { [about]: { ray_version } })).toBe(isLater);
  expect(is([three], { 'checkpoint_000003/rllib_checkpoint.json': { ray_version: '2.9.0' } })).toBe(true);
  expect(is([three], { [about]: ['2.40.0'] })).toBe(false);
});

const results = [1, 2, 3, 4, 5, 6].map(
  (number) =>
    `{"training_iteration": ${number}, "timesteps_total": ${number * 100}, "episode_reward_mean": ${number}}\n`,
);

async function measure(root: string, id: string, iteration?: number) {
  const files = new MeasurementFiles(root);
  await files.refresh();
  const own = iteration === undefined ? [[], []] : [['training_iteration'], [iteration]];
  const metrics = { names: own[0] as string[], values: own[1] as number[], at: 0 };
  const measured = files.measurements?.of({ id, step: null, metrics });
  return [measured?.reward ?? null, measured?.step ?? null];
}

test('a checkpoint is measured by the iteration that it tells, and by its number only where that counts iterations', async () => {
  const root = trialOf({});
  put(root, 'result.json', results.join(''));
  const id = 'checkpoint_000002/state.pkl';
  put(root, id, 'x');
  expect(await measure(root, id)).toEqual([2, 200]);
  expect(await measure(root, id, 4)).toEqual([4, 400]);
  put(root, 'checkpoint_000000/state.pkl', 'x');
  expect(await measure(root, id)).toEqual([null, null]);
  expect(await measure(root, id, 6)).toEqual([6, 600]);
});

test('what was measured is found once a checkpoint tells its iteration', async () => {
  const root = trialOf({ 'checkpoint_000000/state.pkl': 'x' });
  put(root, 'result.json', results.join(''));
  const files = new MeasurementFiles(root);
  await files.refresh();
  const version = { id: 'checkpoint_000000/state.pkl', step: null };
  expect(files.measurements?.of(version)).toBeNull();
  const metrics = { names: ['training_iteration'], values: [3], at: 0 };
  expect(files.measurements?.of({ ...version, metrics })?.reward).toBe(3);
});
