import { describe, expect, test } from 'vitest';
import { naiveElements } from '../../tensors/naive.fixture.ts';
import type { Contents } from '../contents.ts';
import { noise, u64 } from '../fixtures/bytes.ts';
import { safetensorsOf } from '../fixtures/write-others.ts';
import { bufferSource } from '../source.ts';
import { readSafetensorsContents } from './read-contents.ts';

const read = (bytes: Buffer): Promise<Contents> =>
  readSafetensorsContents(bufferSource('model.safetensors', bytes), 'safetensors');
const tensor = (begin: number, end: number, shape = [(end - begin) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

test('every tensor has its name, type, shape and bytes, and is read from where it is', async () => {
  const data = noise(24);
  const bytes = safetensorsOf({ b: tensor(8, 24, [2, 2]), a: tensor(0, 8, [4], 'BF16') }, data);
  const { tensors, problems, trust } = await read(bytes);
  expect({ problems, trust }).toEqual({ problems: [], trust: 'tensors-only' });
  expect(tensors).toMatchObject([
    { name: 'b', dtype: 'float32', shape: [2, 2], bytes: 16, part: 'model' },
    { name: 'a', dtype: 'bfloat16', shape: [4], bytes: 8 },
  ]);
  const { source, start, length } = tensors[0]?.data ?? {
    source: bufferSource('', data),
    start: 0,
    length: 0,
  };
  expect(await source.read(start, length)).toEqual(data.subarray(8, 24));
  expect(naiveElements(tensors[0]!, data.subarray(8, 24))).toHaveLength(4);
});

test('only the header is read', async () => {
  const source = bufferSource('a', safetensorsOf({ a: tensor(0, 4_000_000) }, Buffer.alloc(4_000_000)));
  await readSafetensorsContents(source, 'safetensors');
  expect(source.bytesRead).toBeLessThan(200);
});

test('what convert notes is training state and metadata again; other notes are metadata', async () => {
  const notes = {
    training_state: '{"global_step": 7, "seed": 9007199254740993}',
    metadata: '{"reward": NaN}',
    checkpoint_version: '"2.0"',
  };
  expect(await read(safetensorsOf({ __metadata__: notes }, noise(0)))).toMatchObject({
    checkpointVersion: '2.0',
    trainingState: { global_step: 7, seed: 9007199254740993n },
    metadata: { reward: Number.NaN },
  });
  const foreign = await read(
    safetensorsOf({ __metadata__: { format: 'pt', training_state: 'not JSON' } }, noise(0)),
  );
  expect(foreign).toMatchObject({ metadata: { format: 'pt' }, trainingState: 'not JSON' });
  expect(foreign.entries).toContainEqual({ key: 'format', type: 'text', summary: 'pt' });
});

test('of a file that is cut off, what is still there can be read', async () => {
  const bytes = safetensorsOf({ a: tensor(0, 8), b: tensor(8, 16) }, noise(16));
  const { tensors, problems } = await read(bytes.subarray(0, -4));
  expect(tensors.map(({ data }) => data !== null)).toEqual([true, false]);
  expect(problems).toEqual([expect.stringContaining('the end of the file is missing')]);
});

describe('what a header gets wrong is said, and nothing is read by it', () => {
  const header = (text: string) => safetensorsOf(text, noise(8));
  test.each([
    [
      'a name twice',
      header('{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"\\u0061":{}}'),
      'has a twice',
    ],
    [
      'a key of a tensor twice',
      header('{"a":{"dtype":"U8","dtype":"I8","shape":[8],"data_offsets":[0,8]}}'),
      'twice',
    ],
    [
      'an offset that is no integer',
      header('{"a":{"dtype":"U8","shape":[8],"data_offsets":[0.0,8]}}'),
      'has 0.0 where',
    ],
    [
      'an offset with an exponent',
      header('{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8e0]}}'),
      'has 8e0 where',
    ],
    ['a note that is no text', header('{"__metadata__":{"a":1}}'), 'its note a is no text'],
    ['notes that are a list', header('{"__metadata__":[1]}'), 'its notes (__metadata__)'],
  ])('%s', async (_, bytes, sentence) => {
    await expect(read(bytes)).rejects.toThrow(sentence);
  });

  test.each([
    ['an offset past 2^53', '{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,9007199254740993]}}'],
    ['a shape past 2^53', '{"a":{"dtype":"U8","shape":[9007199254740993],"data_offsets":[0,8]}}'],
    ['half a byte', '{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}'],
    ['a hole', '{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}'],
    [
      'an overlap',
      '{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}',
    ],
    ['a name that is a prototype', '{"__proto__":{"dtype":"U8","shape":[9],"data_offsets":[0,8]}}'],
  ])('%s', async (_, text) => {
    const { problems, tensors } = await read(header(text));
    expect(problems).toHaveLength(1);
    for (const { data, bytes } of tensors) expect(data?.length).toBe(bytes);
  });

  test('a tensor named like a prototype is a tensor', async () => {
    const { tensors } = await read(header('{"__proto__":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}'));
    expect(tensors.map(({ name }) => name)).toEqual(['__proto__']);
  });

  test('a header longer than the file', async () => {
    await expect(read(Buffer.concat([u64(2n ** 64n - 1n), Buffer.from('{}')]))).rejects.toThrow(
      'its header alone',
    );
  });

  test('a hundred thousand levels, and a hundred thousand tensors that are nowhere', async () => {
    await expect(read(header('{"a":'.repeat(100_000)))).rejects.toThrow('not readable as JSON');
    const many = Array.from({ length: 100_000 }, (_, index) => `"${index}":{}`).join();
    expect((await read(header(`{${many}}`))).problems).toHaveLength(21);
  });
});
