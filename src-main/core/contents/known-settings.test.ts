import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SettingSource } from '../../../shared/model/hyperparameters.ts';
import { isVague, lastKeyOf } from './compare-settings.ts';
import {
  type KnownSettings,
  knownSettings,
  knownState,
  nameSettings,
  settingFinder,
} from './known-settings.ts';
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
  expect(settingFinder(other)('gamma')?.value).toBe(0.99);
  expect(settingFinder(both)('gamma')).toBeUndefined();
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
  expect(settingFinder(state)('current_lr')).toBeUndefined();
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

const keys = ['gamma', 'lr', 'learning_rate', 'name', 'seed', ''];
const paths = fc
  .tuple(fc.constantFrom('', 'a.', 'b.', 'a.b.', 'training_state.'), fc.constantFrom(...keys))
  .map(([path, key]) => path + key);
const versions = fc.array(
  fc
    .uniqueArray(fc.tuple(paths, fc.nat(2)), { selector: ([path]) => path })
    .map((said): KnownSettings => new Map(said.map(([path, value]) => [path, { source: 'file', value }]))),
  { maxLength: 5 },
);
const isOfState = (name: string): boolean => name.startsWith('training_state.');
const meansTheSame = (one: string, other: string): boolean =>
  !isVague(lastKeyOf(one)) && !isOfState(one) && lastKeyOf(one) === lastKeyOf(other);

test('the same is found as by comparing every name with every other', () => {
  const saidOf = (known: KnownSettings, name: string) => {
    const others = isOfState(name) ? [] : [...known.keys()].filter((other) => meansTheSame(other, name));
    return (known.get(name) ?? (others.length === 1 ? known.get(others[0] ?? '') : undefined))?.value;
  };
  fc.assert(
    fc.property(versions, paths, (all, name) => {
      for (const known of all) expect(settingFinder(known)(name)?.value).toBe(saidOf(known, name));
    }),
  );
});

test('the same names are listed as by comparing every name with every other', () => {
  const isAdded = (names: ReadonlySet<string>, known: KnownSettings, name: string): boolean =>
    isOfState(name) || [...names].every((other) => known.has(other) || !meansTheSame(other, name));
  const said = (all: readonly KnownSettings[]) =>
    all.flatMap((known) => [...known.keys()].map((name) => ({ known, name })));
  fc.assert(
    fc.property(versions, (all) => {
      const names = new Set<string>();
      for (const { known, name } of said(all)) if (isAdded(names, known, name)) names.add(name);
      expect(
        nameSettings(all)
          .map(({ name }) => name)
          .sort(),
      ).toEqual([...names].sort());
    }),
  );
});
