import { expect, test } from 'vitest';
import type { SettingSource } from '../../../shared/model/hyperparameters.ts';
import { knownSettings, knownState, nameSettings, settingNamed } from './known-settings.ts';
import { settingColumns } from './setting-columns.ts';

const setting = (source: SettingSource, name: string, value: number | string | null | number[]) => ({
  source,
  part: '',
  name,
  value,
});

test('what is nearest to the version counts, and what is still to be filled in is not known', () => {
  const known = knownSettings([
    setting('hydra', 'train.learning_rate', 0.1),
    setting('file', 'learning_rate', 0.01),
    setting('sidecar', 'lr', 0.001),
    setting('hydra', 'run_dir', `$${'{hydra:runtime.output_dir}'}`),
    setting('hydra', 'train.clip', null),
    setting('hydra', 'net.layers', [64, 64]),
    setting('hydra', 'note', 'x'.repeat(200)),
    setting('hydra', 'workers', '8'),
  ]);
  expect(known.get('learning_rate')).toEqual({ source: 'sidecar', value: 0.001 });
  expect([...known.keys()]).not.toContain('run_dir');
  expect(known.get('train.clip')?.value).toBe('null');
  expect(known.get('net.layers')?.value).toBe('[64,64]');
  expect(known.get('workers')?.value).toBe(8);
  expect(String(known.get('note')?.value)).toHaveLength(81);
});

test('the nearest is the sidecar, then the file, its optimizer, what Lightning noted and the config of the run', () => {
  const sources: SettingSource[] = [
    'sidecar',
    'file',
    'optimizer',
    'hparams',
    'args',
    'zoo_config',
    'zoo_args',
    'mlflow',
    'hydra',
    'overrides',
  ];
  for (const [index, nearest] of sources.entries()) {
    const said = sources.slice(index).map((source, place) => setting(source, 'gamma', place));
    expect(knownSettings(said.toReversed()).get('gamma')).toEqual({ source: nearest, value: 0 });
  }
});

test('versions that say the same at other places share a name; what one has twice is not guessed', () => {
  const one = knownSettings([setting('sidecar', 'gamma', 0.9), setting('sidecar', 'seed', 1)]);
  const other = knownSettings([setting('hydra', 'train.gamma', 0.99), setting('hydra', 'seed', 1)]);
  const both = knownSettings([setting('hydra', 'actor.gamma', 1), setting('hydra', 'critic.gamma', 2)]);
  expect(nameSettings([one, other])).toEqual([
    { name: 'gamma', source: 'sidecar', varies: true },
    { name: 'seed', source: 'sidecar', varies: false },
  ]);
  expect(settingNamed(other, 'gamma')?.value).toBe(0.99);
  expect(settingNamed(both, 'gamma')).toBeUndefined();
  expect(nameSettings([both]).map(({ name }) => name)).toEqual(['actor.gamma', 'critic.gamma']);
});

test('of a training state its numbers are told, under names of their own', () => {
  const state = knownState({
    current_lr: 0.1,
    global_step: 5n,
    recent_rewards: [1],
    lr_schedule_state: null,
  });
  expect(
    nameSettings([new Map([...knownSettings([setting('sidecar', 'current_lr', 3)]), ...state])]),
  ).toEqual([
    { name: 'current_lr', source: 'sidecar', varies: false },
    { name: 'training_state.current_lr', source: 'training state', varies: false },
    { name: 'training_state.global_step', source: 'training state', varies: false },
  ]);
  expect(settingNamed(state, 'current_lr')).toBeUndefined();
});

test('columns tell numbers, words, and where nothing is known', () => {
  const a = knownSettings([setting('sidecar', 'act', 'tanh'), setting('sidecar', 'gamma', 0.9)]);
  const b = knownSettings([setting('sidecar', 'act', 'relu'), setting('sidecar', 'gamma', 'auto')]);
  const [act, gamma] = settingColumns([a, b, a, new Map()], ['act', 'gamma']);
  expect([[...(act?.codes ?? [])], act?.words]).toEqual([
    [2, 3, 2, 0],
    ['tanh', 'relu'],
  ]);
  expect([[...(gamma?.codes ?? [])], gamma?.words]).toEqual([[1, 2, 1, 0], ['auto']]);
  expect([...(gamma?.numbers ?? [])]).toEqual([0.9, Number.NaN, 0.9, Number.NaN]);
});
