import { expect, test } from 'vitest';
import { text } from '../fixtures/hostile-pickle-parts.ts';
import { pickle } from '../fixtures/write-torch.ts';
import type { Value } from '../pickle/value.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';
import { findOptimizers } from './find-optimizers.ts';

const dict = (entries: Record<string, Value>): Value => ({
  kind: 'dict',
  entries: new Map(Object.entries(entries)),
});
const list = (...items: Value[]): Value => ({ kind: 'list', items });

const optimizer = dict({
  state: { kind: 'dict', entries: new Map<Value, Value>([[0, dict({ step: 7 })]]) },
  param_groups: list(dict({ lr: 0.5, betas: list(0.9, 0.99), params: list(0, 1) }), dict({ lr: 1 })),
});
const told = {
  groups: [
    { parameters: ['0', '1'], names: null, values: { lr: 0.5, betas: [0.9, 0.99] } },
    { parameters: [], names: null, values: { lr: 1 } },
  ],
  steps: new Map([['0', 7]]),
};

test.each<[string, Value, string]>([
  ['the whole', optimizer, ''],
  ['under a key', dict({ epoch: 1, optimizer_state_dict: optimizer }), 'optimizer_state_dict'],
  ['in a list, as Lightning has them', dict({ optimizer_states: list(optimizer) }), 'optimizer_states.0'],
])('an optimizer that is %s is found with its groups', (_, root, name) => {
  expect(findOptimizers(root)).toEqual([{ name, ...told }]);
});

test('what holds itself, groups of nothing and what has no state are no trouble', () => {
  const circle: Value = { kind: 'dict', entries: new Map() };
  circle.entries.set('again', circle);
  circle.entries.set('param_groups', list(1, null));
  expect(findOptimizers(circle)).toEqual([]);
  circle.entries.set('state', 'none');
  const nothing = { parameters: [], names: null, values: {} };
  expect(findOptimizers(circle)).toEqual([{ name: '', groups: [nothing, nothing], steps: new Map() }]);
});

test('the counter of LBFGS is its step', () => {
  const state: Value = { kind: 'dict', entries: new Map<Value, Value>([[0, dict({ n_iter: 60 })]]) };
  const lbfgs = dict({ state, param_groups: list(dict({ params: list(0) })) });
  expect(findOptimizers(lbfgs)[0]?.steps).toEqual(new Map([['0', 60]]));
});

test('names that newer versions of PyTorch write down are kept apart from the values', () => {
  const group = dict({ lr: 1, params: list(0), param_names: list('net.weight') });
  expect(findOptimizers(dict({ state: dict({}), param_groups: list(group) }))[0]?.groups).toEqual([
    { parameters: ['0'], names: ['net.weight'], values: { lr: 1 } },
  ]);
});

test('an optimizer that was pickled as an object has its class for a kind, and its parameters numbered', async () => {
  const tensor = (size: number, memo: string) =>
    `ctorch._utils\n_rebuild_meta_tensor_no_storage\n(ctorch\nfloat32\nK${String.fromCharCode(size)}\x85K\x01\x85\x89tRq${memo}`;
  const slots = (size: number) => `}${text('exp_avg')}${tensor(size, '\x09')}s`;
  // The second parameter got its state first.
  const state = `}(h\x02${slots(5)}h\x01${slots(3)}u`;
  const groups = `](}(${text('lr')}G?\xe0${'\0'.repeat(6)}${text('params')}](h\x01h\x02eue`;
  const object = `ctorch.optim.adamw\nAdamW\n)\x81}(${text('state')}${state}${text('param_groups')}${groups}ub`;
  const parameters = `${tensor(3, '\x01')}0${tensor(5, '\x02')}0`;
  const { optimizers, tensors, problems } = await readContents(
    bufferSource('a.pkl', pickle(parameters, `}${text('optimizer')}${object}s`)),
  );
  expect(problems).toEqual([]);
  expect(optimizers).toMatchObject([
    { name: 'optimizer', kind: 'AdamW', groups: [{ parameters: ['0', '1'], values: { lr: 0.5 } }] },
  ]);
  const states = tensors.filter(({ name }) => name.includes('.state.'));
  expect(states.map(({ name, shape }) => [name, ...shape])).toEqual([
    ['optimizer.state.1.exp_avg', 5],
    ['optimizer.state.0.exp_avg', 3],
  ]);
});
