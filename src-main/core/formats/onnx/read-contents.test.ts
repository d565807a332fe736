import { describe, expect, test } from 'vitest';
import { noise } from '../fixtures/bytes.ts';
import { protobufField as field, writeOnnxGraph } from '../fixtures/write-others.ts';
import { readerSuite } from '../reader-suite.ts';
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

readerSuite(readOnnxContents, [{ title: 'ONNX', fileName: 'policy.onnx', bytes: example, format: 'onnx' }]);

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

test('numbers packed as varints have no place of their own', async () => {
  const packed = initializer(field(1, 2), field(2, 7), field(8, 'w'), field(7, Buffer.from([1, 2])));
  expect((await read(writeOnnxGraph(packed))).tensors).toMatchObject([
    { dtype: 'int64', shape: [2], data: null },
  ]);
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
