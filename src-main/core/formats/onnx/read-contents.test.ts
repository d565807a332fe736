import { describe, expect, test } from 'vitest';
import { readNumbers } from '../../tensors/read-numbers.ts';
import type { Tensor } from '../contents.ts';
import { Damage } from '../damage.ts';
import { noise } from '../fixtures/bytes.ts';
import { protobufField as field, writeOnnxGraph } from '../fixtures/write-others.ts';
import { formatSuite } from '../format-suite.ts';
import { bufferSource } from '../source.ts';
import { readOnnxContents } from './read-contents.ts';

const read = (bytes: Buffer) => readOnnxContents(bufferSource('policy.onnx', bytes), 'onnx');
const initializer = (...fields: Buffer[]) => field(5, Buffer.concat(fields));
const weights = initializer(
  field(1, 2),
  field(1, 3),
  field(2, 1),
  field(8, 'fc.weight'),
  field(9, noise(24)),
);
const external = (location: string) =>
  initializer(
    field(1, 4),
    field(2, 1),
    field(8, 'big'),
    field(13, Buffer.concat([field(1, 'location'), field(2, location)])),
    field(14, 1),
  );

const example = writeOnnxGraph(
  field(1, field(4, 'Gemm')),
  field(1, field(4, 'Relu')),
  field(1, field(4, 'Gemm')),
  field(2, 'policy'),
  weights,
);

formatSuite([{ title: 'ONNX', fileName: 'policy.onnx', bytes: example, format: 'onnx' }]);

test('initializers are tensors at their place, and the model says who made it', async () => {
  const { tensors, entries } = await read(example);
  expect(tensors).toMatchObject([
    { name: 'fc.weight', dtype: 'float32', shape: [2, 3], bytes: 24, part: 'model' },
  ]);
  const { source, start, length } = tensors[0]?.data ?? {
    source: bufferSource('', example),
    start: 0,
    length: 0,
  };
  expect(await source.read(start, length)).toEqual(noise(24));
  expect(Object.fromEntries(entries.map(({ key, summary }) => [key, summary]))).toEqual({
    ir_version: '8',
    producer_name: 'pytorch',
    graph: 'policy',
    opset: '17',
    nodes: 'Gemm ×2, Relu ×1',
  });
});

test('weights are not read, however many there are', async () => {
  const big = initializer(field(1, 250_000), field(2, 1), field(8, 'w'), field(9, Buffer.alloc(1_000_000)));
  const source = bufferSource('a.onnx', writeOnnxGraph(big));
  expect((await readOnnxContents(source, 'onnx')).problems).toEqual([]);
  expect(source.bytesRead).toBeLessThan(5000);
});

test('dimensions may be packed, and floats stand in a field of their own', async () => {
  const packed = initializer(field(1, Buffer.from([2, 2])), field(2, 1), field(8, 'w'), field(4, noise(16)));
  expect((await read(writeOnnxGraph(packed))).tensors).toMatchObject([
    { shape: [2, 2], data: { length: 16 } },
  ]);
});

const varints = (...bytes: number[]) => Buffer.from(bytes);
const minusOne = varints(...new Array<number>(9).fill(0xff), 1);
const shaped = (count: number, type: number, ...fields: Buffer[]) =>
  writeOnnxGraph(initializer(field(1, count), field(2, type), field(8, 'w'), ...fields));

test.each([
  ['int64', 7, 7, Buffer.concat([varints(1, 0x96, 1), minusOne]), BigInt64Array.of(1n, 150n, -1n)],
  ['int32', 6, 5, Buffer.concat([varints(1, 0x96, 1), minusOne]), Int32Array.of(1, 150, -1)],
  ['int8', 3, 5, Buffer.concat([varints(1, 0x7f), minusOne]), Int8Array.of(1, 127, -1)],
  ['bool', 9, 5, varints(1, 0, 1), Uint8Array.of(1, 0, 1)],
  ['float16', 10, 5, varints(0x80, 0x78, 0, 1), Uint16Array.of(0x3c00, 0, 1)],
  ['uint64', 13, 11, Buffer.concat([varints(1, 2), minusOne]), BigUint64Array.of(1n, 2n, 2n ** 64n - 1n)],
])('%s packed as varints are unpacked when they are read', async (dtype, type, number, packed, expected) => {
  const { tensors, problems } = await read(shaped(3, type, field(number, packed)));
  expect(problems).toEqual([]);
  expect(tensors).toMatchObject([{ dtype, shape: [3], data: { length: expected.byteLength } }]);
  const { source, start, length } = tensors[0]?.data ?? expect.unreachable();
  expect(await source.read(start, length)).toEqual(Buffer.from(expected.buffer));
});

test.each([
  ['too few', varints(1, 2, 0x80)],
  ['too many', varints(1, 2, 3, 4)],
  ['longer than 64 bits', varints(1, 2, ...new Array<number>(11).fill(0xff), 1)],
])('varints that are %s are damage once they are read', async (_, packed) => {
  const { tensors } = await read(shaped(3, 7, field(7, packed)));
  const { source } = tensors[0]?.data ?? expect.unreachable();
  await expect(source.read(0, 8)).rejects.toThrow(Damage);
});

test('fewer bytes of varints than elements are told at once', async () => {
  const { problems } = await read(shaped(9, 7, field(7, varints(1, 2, 3))));
  expect(problems).toEqual(['tensor w is not as long as its shape and type say']);
});

const attribute = (name: string, graph: Buffer) => field(5, Buffer.concat([field(1, name), field(6, graph)]));

test('the graphs of branches and bodies have their weights too, under the names of both', async () => {
  const body = Buffer.concat([field(1, field(4, 'Gemm')), weights]);
  const inner = Buffer.concat([field(1, Buffer.concat([field(4, 'Loop'), attribute('body', body)]))]);
  const node = Buffer.concat([
    field(4, 'If'),
    attribute('then_branch', inner),
    attribute('else_branch', weights),
  ]);
  const { tensors, entries, problems } = await read(writeOnnxGraph(field(1, node), weights));
  expect(problems).toEqual([]);
  expect(tensors.map(({ name }) => name)).toEqual([
    'then_branch.body.fc.weight',
    'else_branch.fc.weight',
    'fc.weight',
  ]);
  expect(entries.find(({ key }) => key === 'nodes')?.summary).toBe('If ×1, Loop ×1, Gemm ×1');
});

/** A tensor of so many float32. */
const floats = (name: string, count: number) =>
  Buffer.concat([field(1, count), field(2, 1), field(8, name), field(9, noise(4 * count))]);
const constant = (output: string, value: Buffer) =>
  field(1, Buffer.concat([field(2, output), field(3, 'n'), field(4, 'Constant'), value]));
const held = (number: number, value: Buffer) =>
  field(5, Buffer.concat([field(1, 'value'), field(number, value)]));
/** Two of six elements, in the first row and the last. */
const sparse = Buffer.concat([
  field(1, floats('s', 2)),
  field(2, Buffer.concat([field(1, 2), field(1, 2), field(2, 7), field(7, varints(0, 1, 1, 2))])),
  field(3, 2),
  field(3, 3),
]);

test('constants are tensors, by the name of the value that they are', async () => {
  const shaped = Buffer.concat([field(2, 'zeros'), field(4, 'ConstantOfShape'), held(5, floats('', 1))]);
  const graph = [constant('/Constant_output_0', held(5, floats('', 3))), field(1, shaped), weights];
  const { tensors, problems } = await read(writeOnnxGraph(...graph));
  expect(problems).toEqual([]);
  expect(tensors).toMatchObject([
    { name: '/Constant_output_0', shape: [3], part: 'other', data: { length: 12 } },
    { name: 'zeros.value', shape: [1], part: 'other' },
    { name: 'fc.weight', part: 'model' },
  ]);
});

/** A field of four bytes. */
const fixed = (number: number, value: number) =>
  Buffer.concat([Buffer.of(8 * number + 5), Buffer.from(Float32Array.of(value).buffer)]);
const numbers = (name: string, ...fields: Buffer[]) => field(5, Buffer.concat([field(1, name), ...fields]));

test.each([
  ['a float', numbers('value_float', fixed(2, 0.5)), 'float32', [], [0.5]],
  ['an int', numbers('value_int', field(3, 300)), 'int64', [], [300]],
  ['floats', numbers('value_floats', fixed(7, 1), fixed(7, -2), fixed(7, 3)), 'float32', [3], [1, -2, 3]],
  [
    'packed floats',
    numbers('value_floats', field(7, Buffer.from(Float32Array.of(1, 4).buffer))),
    'float32',
    [2],
    [1, 4],
  ],
  ['ints', numbers('value_ints', field(8, 5), field(8, 600)), 'int64', [2], [5, 600]],
  [
    'packed ints',
    numbers('value_ints', field(8, Buffer.concat([varints(1, 0x96, 1), minusOne]))),
    'int64',
    [3],
    [1, 150, -1],
  ],
  ['a negative int', numbers('value_int', Buffer.concat([Buffer.of(0x18), minusOne])), 'int64', [], [-1]],
])('a constant that is written as %s is a tensor', async (_, value, dtype, shape, expected) => {
  const { tensors, problems } = await read(writeOnnxGraph(constant('c', value), weights));
  expect(problems).toEqual([]);
  expect(tensors).toMatchObject([{ name: 'c', dtype, shape, part: 'other' }, { name: 'fc.weight' }]);
  expect([...((await readNumbers(tensors[0] as Tensor)) ?? [])]).toEqual(expected);
});

test('numbers of other nodes are settings, and what is no number is told', async () => {
  const axes = field(1, Buffer.concat([field(4, 'Other'), numbers('value_ints', field(8, 5))]));
  const other = field(1, Buffer.concat([field(4, 'Constant'), numbers('axes', field(8, 5))]));
  expect(await read(writeOnnxGraph(axes, other))).toMatchObject({ tensors: [], problems: [] });
  const broken = constant('c', numbers('value_floats', field(7, Buffer.alloc(5))));
  const { tensors, problems } = await read(writeOnnxGraph(broken, weights));
  expect([tensors.length, problems]).toEqual([1, ['a constant is no number']]);
});

test('sparse initializers and constants are the tensors that their values stand for', async () => {
  const { tensors, problems } = await read(
    writeOnnxGraph(constant('c', held(22, sparse)), field(15, sparse)),
  );
  expect(problems).toEqual([]);
  const stored = { dtype: 'float32', shape: [2, 3], data: null, values: { shape: [2], data: { length: 8 } } };
  expect(tensors).toMatchObject([
    { name: 'c', ...stored },
    { name: 's', ...stored },
  ]);
  const [rows] = tensors[1]?.places?.indices ?? [];
  expect(Array.from((rows && (await readNumbers(rows))) ?? [])).toEqual([0, 1, 1, 2]);
});

test('stored values in another file are told not to be read', async () => {
  const values = Buffer.concat([
    field(1, 2),
    field(2, 1),
    field(8, 's'),
    field(13, Buffer.concat([field(1, 'location'), field(2, 'weights.bin')])),
  ]);
  const { tensors } = await read(writeOnnxGraph(field(15, Buffer.concat([field(1, values), field(3, 9)]))));
  expect(tensors).toMatchObject([
    { name: 's', shape: [9], notRead: expect.stringContaining('another file') },
  ]);
});

test('functions and how a training begins have their tensors too', async () => {
  const body = Buffer.concat([
    field(1, 'Gelu'),
    field(7, constant('half', held(5, floats('', 1))).subarray(2)),
  ]);
  const model = Buffer.concat([writeOnnxGraph(weights), field(20, field(1, weights)), field(25, body)]);
  expect((await read(model)).tensors.map(({ name }) => name)).toEqual([
    'fc.weight',
    'training_info.initialization.fc.weight',
    'Gelu.half',
  ]);
});

test('graphs within graphs without end are told', async () => {
  let graph = weights;
  for (let depth = 0; depth < 200; depth += 1) graph = field(1, attribute('body', graph));
  expect((await read(writeOnnxGraph(graph))).problems).toEqual([expect.stringContaining('nested deeper')]);
});

describe('weights in another file', () => {
  test('are named, and nothing is opened', async () => {
    const { tensors, entries, problems } = await read(writeOnnxGraph(external('weights.bin')));
    expect(problems).toEqual([]);
    expect(tensors).toMatchObject([{ name: 'big', shape: [4], data: null }]);
    expect(entries).toContainEqual(expect.objectContaining({ key: 'weights.bin', type: 'external data' }));
  });

  test.each(['/etc/passwd', '../../secret', 'a\\..\\b', 'C:\\x', 'a/../../b', 'a\0b'])(
    'at %j are a problem',
    async (location) => {
      expect((await read(writeOnnxGraph(external(location)))).problems).toEqual([
        expect.stringContaining('outside its own folder'),
      ]);
    },
  );
});

describe('what is wrong is said, and the rest is read', () => {
  test.each([
    [
      'a tensor that claims more than it has',
      initializer(field(1, 99), field(2, 1), field(8, 'x'), field(9, noise(24))),
    ],
    ['a size past 2^53', initializer(field(1, 2 ** 60), field(2, 1), field(8, 'x'), field(9, noise(24)))],
    ['a length beyond its parent', field(5, Buffer.from([0x4a, 0x7f]))],
    ['a group', field(5, Buffer.from([0x0b]))],
  ])('%s', async (_, damaged) => {
    const { tensors, problems } = await read(writeOnnxGraph(damaged, weights));
    expect(problems).toHaveLength(1);
    expect(tensors.map(({ name }) => name)).toEqual(['fc.weight']);
  });

  test('more fields than anybody writes', async () => {
    const { problems } = await read(writeOnnxGraph(Buffer.alloc(2_200_000, Buffer.from([0x18, 1]))));
    expect(problems).toEqual([expect.stringContaining('more parts than are looked at')]);
  });
});
