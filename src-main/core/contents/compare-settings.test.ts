import { expect, test } from 'vitest';
import type { JsonObject } from '../../../shared/model/json.ts';
import { emptyContents } from '../formats/empty-contents.ts';
import { compareSettings } from './compare-settings.ts';
import { gatherSettings, nothingAround, type Surroundings } from './gather-settings.ts';

type Look = Parameters<typeof gatherSettings>[0];

const tell = (look: Partial<Look>, surroundings: Partial<Surroundings> = {}) =>
  compareSettings(
    gatherSettings(
      { ...emptyContents('torch-zip', []), optimizer: null, ...look },
      { ...nothingAround, ...surroundings },
    ),
  );
const group = (values: JsonObject, optimizer = 'optimizer_state_dict') => ({
  optimizer,
  parameters: 1,
  values,
});
const optimizer = (...groups: ReturnType<typeof group>[]) => ({ groups }) as unknown as Look['optimizer'];

test('a learning rate that a schedule moves is no disagreement with the one that it began with', () => {
  const set = { metadata: { training_config: { learning_rate: 0.001 } } };
  const of = (values: JsonObject) =>
    tell({ ...set, optimizer: optimizer(group(values)) }).map(({ name, agree, values: [first] }) => [
      name,
      agree,
      first?.value,
    ]);
  expect(of({ lr: 0.0004, initial_lr: 0.001 })).toEqual([
    ['learning_rate', true, 0.001],
    ['initial_lr', true, 0.001],
    ['lr', true, 0.0004],
  ]);
  expect(of({ lr: 0.0004 })).toEqual([['learning_rate', false, 0.001]]);
});

test('a value is told with every place where it stands, and whether they agree', () => {
  const rows = tell(
    {
      metadata: { training_config: { learning_rate: 0.001, gamma: 0.9 } },
      optimizer: optimizer(group({ lr: 0.0005, foreach: null })),
    },
    {
      sidecar: { training_config: { learning_rate: 0.001 } },
      hparams: { optimizer: { learning_rate: 0.001 } },
      hydra: {
        config: { train: { learning_rate: 0.001, gamma: 0.9 } },
        overrides: ['train.learning_rate=1e-3'],
      },
    },
  );
  expect(rows).toEqual([
    {
      name: 'learning_rate',
      agree: false,
      values: [
        { source: 'file', path: 'metadata.training_config.learning_rate', value: 0.001 },
        { source: 'optimizer', path: 'optimizer_state_dict.param_groups.0.lr', value: 0.0005 },
        { source: 'sidecar', path: 'training_config.learning_rate', value: 0.001 },
        { source: 'hparams', path: 'optimizer.learning_rate', value: 0.001 },
        { source: 'hydra', path: 'train.learning_rate', value: 0.001 },
        { source: 'overrides', path: 'train.learning_rate', value: '1e-3' },
      ],
    },
    {
      name: 'gamma',
      agree: true,
      values: [
        { source: 'file', path: 'metadata.training_config.gamma', value: 0.9 },
        { source: 'hydra', path: 'train.gamma', value: 0.9 },
      ],
    },
  ]);
});

test('where a place has two that end alike, each goes by its whole path', () => {
  const config = { actor: { hidden: 64 }, critic: { hidden: 128 } };
  const rows = tell({ hyperparameters: { hidden: 64 } }, { hydra: { config, overrides: null } });
  expect(rows.map(({ name, agree }) => [name, agree])).toEqual([
    ['hidden', true],
    ['actor.hidden', true],
    ['critic.hidden', true],
  ]);
});

test('a name that many things have is no reason to take two of them for one', () => {
  const rows = tell(
    { hyperparameters: { name: 'a' } },
    { hydra: { config: { env: { name: 'b' } }, overrides: [] } },
  );
  expect(rows.every(({ agree }) => agree)).toBe(true);
});

test('what Hydra is still to fill in agrees with anything', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as OmegaConf writes it
  const config = { seed: '${oc.env:SEED}', steps: '???' };
  const rows = tell({ hyperparameters: { seed: 1, steps: 5 } }, { hydra: { config, overrides: null } });
  expect(rows.map(({ agree }) => agree)).toEqual([true, true]);
});

test.each([
  ['True', true],
  ['1e3', 1000],
  ['null', null],
  ['64', 64n],
])('%s on a command line is %s', (text, value) => {
  const rows = tell(
    { hyperparameters: { x: value } },
    { hydra: { config: null, overrides: [`+x=${text}`] } },
  );
  expect(rows).toMatchObject([{ name: 'x', agree: true, values: [{}, { value: text }] }]);
});

test('each group of an optimizer is a place of its own', () => {
  const rows = tell({ optimizer: optimizer(group({ lr: 1 }), group({ lr: 2 }), group({ lr: 3 }, 'other')) });
  expect(rows[0]?.values.map(({ path }) => path)).toEqual([
    'optimizer_state_dict.param_groups.0.lr',
    'optimizer_state_dict.param_groups.1.lr',
    'other.param_groups.0.lr',
  ]);
});

test('groups of an optimizer may each have a value of their own; one of them is what else is said', () => {
  const decay = optimizer(
    group({ weight_decay: 0 }),
    group({ weight_decay: 0.1 }),
    group({ weight_decay: 1 }, 'b'),
  );
  const agreed = (said: JsonObject) =>
    tell({ hyperparameters: said, optimizer: decay }).map(({ name, agree }) => [name, agree]);
  expect(agreed({})).toEqual([['weight_decay', true]]);
  expect(agreed({ weight_decay: 0.1 })).toEqual([['weight_decay', true]]);
  expect(agreed({ weight_decay: 0.2 })).toEqual([['weight_decay', false]]);
});

test('what schedules made of the groups of an optimizer is told under one name', () => {
  const rows = tell({
    optimizer: optimizer(group({ lr: 4, initial_lr: 8 }), group({ lr: 1, initial_lr: 2 })),
  });
  expect(rows.map(({ name, agree, values }) => [name, agree, values.map(({ value }) => value)])).toEqual([
    ['initial_lr', true, [8, 2]],
    ['lr', true, [4, 1]],
  ]);
});

test('of stable-baselines3 the settings are told, not the counters', () => {
  const metadata = {
    gamma: 0.99,
    num_timesteps: 5,
    _n_updates: 1,
    ep_info_buffer: [],
    policy_kwargs: { a: 1 },
  };
  expect(tell({ format: 'sb3', metadata }).map(({ name }) => name)).toEqual(['gamma', 'policy_kwargs.a']);
});

test('neither what holds itself nor what has no end is trouble, and no key reaches a prototype', () => {
  const circle: JsonObject = { a: 1 };
  circle['again'] = circle;
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, index]));
  const config = JSON.parse('{"__proto__": {"polluted": true}}') as JsonObject;
  const rows = tell(
    { hyperparameters: circle, metadata: { config: wide } },
    { hydra: { config, overrides: null } },
  );
  expect(rows.length).toBeLessThan(5000);
  expect(rows.length).toBeGreaterThan(10);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('where a run keeps its files is no hyperparameter', () => {
  const storage = { _target_: 'config.ModelStorageConfig', max_best_models: 3 };
  const rows = tell(
    {},
    { hydra: { config: { model: { storage, hidden: 8 }, hydra: { x: 1 } }, overrides: null } },
  );
  expect(rows.map(({ name }) => name)).toEqual(['model.hidden']);
});

test('a key as long as a file is told by its beginning, however much is under it', () => {
  const under = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`a${index}`, index]));
  const rows = tell({}, { args: { ['k'.repeat(1_000_000)]: under } });
  expect(Math.max(...rows.map((row) => JSON.stringify(row).length))).toBeLessThan(2000);
});
