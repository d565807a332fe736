import { expect, test } from 'vitest';
import type { ParameterGroup } from '../formats/contents.ts';
import { findOwners } from './find-owners.ts';

type Shape = readonly number[];

const model = (...tensors: [name: string, ...shape: number[]][]) =>
  tensors.map(([name, ...shape]) => ({ name, shape, part: 'model' as const, storage: name, offset: 0 }));
const group = (...parameters: string[]): ParameterGroup => ({ parameters, names: null, values: null });
const optimizer = (name: string, shapes: readonly (Shape | null)[]) => ({
  name,
  groups: [group(...shapes.map((_, index) => String(index)))],
  shapes: new Map(
    shapes.flatMap((shape, index): [string, Shape][] => (shape ? [[String(index), shape]] : [])),
  ),
});
const told = (...given: Parameters<typeof findOwners>) => findOwners(...given).map((owners) => [...owners]);

const layer = (name: string): [string, ...number[]][] => [
  [`${name}.weight`, 4, 4],
  [`${name}.bias`, 4],
];

test('parameters of one shape are told where they are as many as the model has', () => {
  const layers = model(...layer('m.0'), ...layer('m.1'));
  const adam = optimizer('optimizer', [[4, 4], [4], [4, 4], [4]]);
  expect(told([adam], layers)).toEqual([layers.map(({ name }, index) => [String(index), name])]);
});

test('a parameter that was never given a gradient has no state, and stands in its place', () => {
  const adam = optimizer('optimizer', [[4, 4], null, [4, 4], [4]]);
  expect(told([adam], model(...layer('m.0'), ...layer('m.1')))[0]?.[3]).toEqual(['3', 'm.1.bias']);
});

test('of several models, the one is told that alone has these shapes; where two have, none is', () => {
  const generator = model(['generator.a', 3], ['generator.b', 5]);
  const other = model(['discriminator.a', 5], ['discriminator.b', 3]);
  const both = [optimizer('first', [[3], [5]]), optimizer('second', [[5], [3]])];
  expect(told(both, [...generator, ...other])).toEqual([
    [
      ['0', 'generator.a'],
      ['1', 'generator.b'],
    ],
    [
      ['0', 'discriminator.a'],
      ['1', 'discriminator.b'],
    ],
  ]);
  const copy = model(['copy.a', 3], ['copy.b', 5]);
  expect(told(both.slice(0, 1), [...generator, ...copy])).toEqual([[]]);
});

test('optimizers that share one model out are told by its modules, if they leave nothing of it', () => {
  const whole = model(['state_dict.g.a', 3], ['state_dict.g.b', 5], ['state_dict.d.a', 7]);
  const both = [optimizer('optimizer_states.0', [[3], [5]]), optimizer('optimizer_states.1', [[7]])];
  expect(told(both, whole).map((owners) => owners.length)).toEqual([2, 1]);
  expect(told(both, [...whole, ...model(['state_dict.frozen', 9])])).toEqual([[], []]);
});

test('a member of stable-baselines3 is told by the attribute that it is named after', () => {
  const policy = model(
    ['policy.pth.actor.mu', 3],
    ['policy.pth.critic.q', 3],
    ['policy.pth.critic_target.q', 3],
  );
  const [actor, critic, entropy] = [
    'actor.optimizer.pth',
    'critic.optimizer.pth',
    'ent_coef_optimizer.pth',
  ].map((name) => optimizer(name, [[3]]));
  expect(told([actor, critic, entropy] as (typeof actor & object)[], policy)).toEqual([
    [['0', 'policy.pth.actor.mu']],
    [['0', 'policy.pth.critic.q']],
    [],
  ]);
});

test('what goes by two names is counted once, by the first', () => {
  const [embedding, head, decoder] = model(['m.embedding', 9, 2], ['m.head', 2], ['m.decoder', 9, 2]);
  const tied = [embedding, head, { ...decoder, storage: 'm.embedding' }] as ReturnType<typeof model>;
  expect(told([optimizer('optimizer', [[9, 2], [2]])], tied)).toEqual([
    [
      ['0', 'm.embedding'],
      ['1', 'm.head'],
    ],
  ]);
});

test('groups come in any order: told is only what has a shape of its own', () => {
  const adam = optimizer('optimizer', [[4], [4, 4], [4], [2]]);
  const groups = [group('0', '1'), group('2', '3')];
  const layers = model(...layer('m.0'), ['m.1.bias', 4], ['m.2.bias', 2]);
  expect(told([{ ...adam, groups }], layers)).toEqual([
    [
      ['1', 'm.0.weight'],
      ['3', 'm.2.bias'],
    ],
  ]);
});

test('names that are written down count, whatever the order is', () => {
  const adam = optimizer('optimizer', [[4], [4]]);
  const groups = [{ ...group('0', '1'), names: ['1.bias', '0.bias'] }];
  expect(told([{ ...adam, groups }], model(['m.0.bias', 4], ['m.1.bias', 4]))).toEqual([
    [
      ['0', 'm.1.bias'],
      ['1', 'm.0.bias'],
    ],
  ]);
});

test('an optimizer of nothing, and one that has more than the model, are told nothing', () => {
  const layers = model(...layer('m.0'));
  expect(told([optimizer('optimizer', [])], layers)).toEqual([[]]);
  expect(told([optimizer('optimizer', [[4, 4], [4], [4]])], layers)).toEqual([[]]);
});
