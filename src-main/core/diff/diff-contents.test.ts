import { expect, test } from 'vitest';
import { diffOutputSchema } from '../../../shared/model/diff-output.ts';
import { type Json, stringifyJson } from '../../../shared/model/json.ts';
import type { Contents, Tensor } from '../formats/contents.ts';
import { emptyContents } from '../formats/empty-contents.ts';
import { float32, tensorOf } from '../tensors/naive.fixture.ts';
import { diffContents } from './diff-contents.ts';
import { diffValues } from './diff-values.ts';
import { pairTensors } from './pair-tensors.ts';

const row = (name: string, values: readonly number[]): Tensor =>
  tensorOf('float32', [values.length], float32(values), { name });

function contents(tensors: readonly Tensor[], documents: Partial<Contents> = {}): Contents {
  return { ...emptyContents('safetensors', []), tensors, ...documents };
}

test('of a file in which nothing is recognised, no tensor is said to be removed or added', async () => {
  const a = contents([row('one', [1]), row('two', [2])]);
  const unknown = { ...emptyContents('unknown', ['not a regular file']) };
  const none = {
    ...{ added: [], removed: [], changed: [], identical: 0, equal: [], renamed: [] },
    not_compared: ['one', 'two'],
  };
  expect((await diffContents(a, unknown)).tensors).toEqual(none);
  expect((await diffContents(unknown, a)).tensors).toEqual(none);
});

test('tensors are added, removed, changed or identical', async () => {
  const a = contents([row('same', [1, 2]), row('moved', [3, 4]), row('gone', [1]), row('reshaped', [1, 2])]);
  const b = contents([
    row('moved', [3, 0]),
    row('new', [1]),
    row('same', [1, 2]),
    row('reshaped', [1, 2, 3]),
  ]);
  const { tensors } = await diffContents(a, b);
  expect(tensors).toEqual({
    added: ['new'],
    removed: ['gone'],
    changed: [
      {
        name: 'moved',
        shape_a: [2],
        shape_b: [2],
        dtype_a: 'float32',
        dtype_b: 'float32',
        l2: 4,
        relative_l2: 0.8,
        cosine: 0.6,
        max_abs: 4,
        fraction_changed: 0.5,
      },
      expect.objectContaining({
        name: 'reshaped',
        shape_a: [2],
        shape_b: [3],
        l2: null,
        fraction_changed: null,
      }),
    ],
    identical: 1,
    equal: [],
    renamed: [],
    not_compared: [],
  });
});

test('zeros of either sign are equal, and said to be of other bytes', async () => {
  const signed = [row('w', [-0, 1]), row('same', [-0])];
  const { tensors } = await diffContents(contents([row('w', [0, 1]), row('same', [-0])]), contents(signed));
  expect(tensors).toMatchObject({ equal: ['w'], identical: 1, changed: [] });
});

test('a model under other first keys is compared, and it is told what goes by another name', async () => {
  const model = ({ name, ...rest }: Tensor, begin: string): Tensor => ({
    ...rest,
    name: `${begin}${name}`,
    part: 'model',
  });
  const [one, other] = [
    [row('0.weight', [1, 2]), row('0.bias', [3])],
    [row('0.weight', [1, 2]), row('0.bias', [4])],
  ];
  const { tensors } = await diffContents(
    contents(one.map((tensor) => model(tensor, 'model_state_dict.module.'))),
    contents(other.map((tensor) => model(tensor, ''))),
  );
  expect(tensors).toMatchObject({
    identical: 1,
    changed: [{ name: 'model_state_dict.module.0.bias', l2: 1 }],
    renamed: [
      { a: 'model_state_dict.module.0.weight', b: '0.weight' },
      { a: 'model_state_dict.module.0.bias', b: '0.bias' },
    ],
    ...{ added: [], removed: [] },
  });
});

test('a tensor of another type is changed though its values are the same', async () => {
  const narrow = tensorOf('int8', [2], Buffer.from([1, 2]), { name: 'w' });
  const { tensors } = await diffContents(contents([row('w', [1, 2])]), contents([narrow]));
  expect(tensors.changed).toMatchObject([
    { name: 'w', dtype_a: 'float32', dtype_b: 'int8', fraction_changed: 0 },
  ]);
});

test('a tensor whose elements cannot be read is said to be not compared', async () => {
  const lost = { ...row('w', [1]), data: null };
  expect((await diffContents(contents([lost]), contents([row('w', [1])]))).tensors).toMatchObject({
    identical: 0,
    changed: [],
    not_compared: ['w'],
  });
});

test('names are names, however they are spelt, and one that is there twice is paired in order', async () => {
  const twice = [row('__proto__', [1]), row('__proto__', [2])];
  const { tensors } = await diffContents(contents(twice), contents([row('__proto__', [1])]));
  expect(tensors).toMatchObject({ identical: 1, removed: ['__proto__'], added: [] });
});

test('training state, metadata and metrics each have their differences', async () => {
  const a = contents([], {
    trainingState: { step: 1 },
    metadata: { version: 1, reward: 0.5, metrics: { sharpe: 1 } },
  });
  const b = contents([], {
    trainingState: { step: 2 },
    metadata: { version: 2, reward: 0.5, metrics: { sharpe: 2 } },
  });
  expect(await diffContents(a, b)).toMatchObject({
    training_state: [{ key: 'step', a: 1, b: 2 }],
    metadata: [{ key: 'version', a: 1, b: 2 }],
    metrics: [{ key: 'sharpe', a: 1, b: 2 }],
  });
});

test('metrics and hyperparameters are compared where they stand beside the metadata', async () => {
  const [a, b] = [1, 2].map((value) =>
    contents([], {
      metadata: { reward: 0.5, metrics: { loss: value } },
      metrics: { reward: 7, sharpe: value, loss: 7 },
      hyperparameters: { lr: { start: value }, gamma: 0.99 },
    }),
  ) as [Contents, Contents];
  expect(await diffContents(a, b)).toMatchObject({
    hyperparameters: [{ key: 'lr.start', a: 1, b: 2 }],
    metrics: [
      { key: 'sharpe', a: 1, b: 2 },
      { key: 'loss', a: 1, b: 2 },
    ],
  });
  const bare = contents([], { metadata: null, metrics: 1 });
  expect((await diffContents(bare, contents([]))).metrics).toEqual([{ key: 'metrics', a: 1, b: null }]);
});

test('what is told is the document of the schema, numbers that JSON lacks included', async () => {
  const a = contents([row('w', [1, 1])], { problems: ['torn'], metadata: { seed: 2n ** 63n } });
  const difference = await diffContents(a, contents([row('w', [Number.NaN, 2])]));
  const document = JSON.parse(stringifyJson({ a: 'x', b: 'y', ...difference }));
  expect(diffOutputSchema.safeParse(document).error).toBeUndefined();
  expect(document.tensors.changed[0]).toMatchObject({ l2: 'NaN', fraction_changed: 1 });
});

const deep = (levels: number, end: Json): Json => {
  let value = end;
  for (let level = 0; level < levels; level += 1) value = { nested: value };
  return value;
};

test.each<[string, Json, Json, unknown[]]>([
  [
    'nested values have the path of their keys',
    { a: { b: 1, c: 2 } },
    { a: { b: 1, c: 3 } },
    [{ key: 'a.c', a: 2, b: 3 }],
  ],
  ['what one does not have is null there', { a: 1 }, {}, [{ key: 'a', a: 1, b: null }]],
  ['NaN is NaN', { loss: Number.NaN }, { loss: Number.NaN }, []],
  [
    'lists are compared as a whole',
    { list: [1, [2]] },
    { list: [1, [3]] },
    [{ key: 'list', a: [1, [2]], b: [1, [3]] }],
  ],
  ['equal lists are equal', { list: [1, { x: [2] }] }, { list: [1, { x: [2] }] }, []],
  ['inherited keys are not there', JSON.parse('{"toString":1}'), {}, [{ key: 'toString', a: 1, b: null }]],
  [
    'a prototype is a key',
    JSON.parse('{"__proto__":1}'),
    JSON.parse('{"__proto__":2}'),
    [{ key: '__proto__', a: 1, b: 2 }],
  ],
])('%s', (_, a, b, expected) => {
  expect(diffValues(a, b)).toEqual(expected);
});

test('values nested beyond reason do not exhaust the stack', () => {
  expect(diffValues(deep(100_000, 1), deep(100_000, 2))).toHaveLength(1);
});

test('what leads to many values is told within bounds', () => {
  const long = 'k'.repeat(60_000);
  const inside = (value: number): Json => ({
    [long]: { [long]: Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`${index}`, value])) },
  });
  const told = diffValues(inside(1), inside(2));
  expect(told).toHaveLength(20_000);
  expect(Math.max(...told.map(({ key }) => key.length))).toBeLessThan(1100);
});

test('tensors of one name are paired in the order of the files, however many there are', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => row('', [index]));
  const [a, b] = [many(50_000), many(50_002)];
  const { pairs, added, removed } = pairTensors(a, b);
  expect([pairs.length, added, removed]).toEqual([50_000, b.slice(-2), []]);
  expect(pairs.every((pair, index) => pair.a === a[index] && pair.b === b[index])).toBe(true);
});

test('what an optimizer was set to, and its steps where they are numbers, differ too', async () => {
  const trained = (lr: Json, step: number) =>
    contents([], {
      optimizers: [
        {
          name: 'optimizer_state_dict',
          groups: [
            { parameters: ['0'], names: null, values: { lr, betas: [0.9, 0.999] } },
            { parameters: ['1'], names: null, values: { lr: 1 } },
          ],
          steps: new Map([['0', step]]),
        },
      ],
      hyperparameters: { gamma: 0.9 },
    });
  const { hyperparameters, training_state } = await diffContents(trained(0.001, 5), trained(0.002, 6));
  expect(hyperparameters).toEqual([{ key: 'optimizer_state_dict.param_groups.0.lr', a: 0.001, b: 0.002 }]);
  expect(training_state).toEqual([{ key: 'optimizer_state_dict.step', a: 5, b: 6 }]);
  const slim = await diffContents(trained(0.001, 5), contents([], { hyperparameters: { gamma: 0.9 } }));
  expect(slim.hyperparameters).toContainEqual({
    key: 'optimizer_state_dict.param_groups.1',
    a: { lr: 1 },
    b: null,
  });
});
