import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelValidationError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { checkStructure } from '../formats/structure.ts';
import { describeValue } from './describe-value.fixture.ts';
import { hasTorch, runPython } from './python.fixture.ts';
import { readState } from './read-state.ts';
import { torchSource } from './torch-source.ts';
import {
  PythonFloat,
  PythonTuple,
  storageOf,
  TorchTensor,
  type TorchValue,
  tensorOf,
} from './torch-value.ts';

const seed = 1;

async function bytesOf(value: TorchValue): Promise<Buffer> {
  const { chunks, size } = torchSource(value);
  const parts: Uint8Array[] = [];
  for await (const part of chunks) parts.push(part);
  const bytes = Buffer.concat(parts);
  expect(bytes.length).toBe(size);
  return bytes;
}

/** What PyTorch makes of files, each as `describeValue` tells it; it saves each again, as `.back`. */
function loadAll(paths: readonly string[]): { value: unknown; alone: boolean }[] {
  return runPython('describe.py', paths.join('\n'), 'back').map(
    (line) => JSON.parse(line) as { value: unknown; alone: boolean },
  );
}

const bytes = (count: number) =>
  fc.uint8Array({ minLength: count, maxLength: count }).map((array) => array.slice().buffer);
const elements = {
  float64: (buffer: ArrayBuffer) => new Float64Array(buffer),
  float32: (buffer: ArrayBuffer) => new Float32Array(buffer),
  float16: (buffer: ArrayBuffer) => new Uint16Array(buffer),
  bfloat16: (buffer: ArrayBuffer) => new Uint16Array(buffer),
  int64: (buffer: ArrayBuffer) => new BigInt64Array(buffer),
  int32: (buffer: ArrayBuffer) => new Int32Array(buffer),
  int16: (buffer: ArrayBuffer) => new Int16Array(buffer),
  int8: (buffer: ArrayBuffer) => new Int8Array(buffer),
  uint8: (buffer: ArrayBuffer) => new Uint8Array(buffer),
  complex64: (buffer: ArrayBuffer) => new Float32Array(buffer),
  complex128: (buffer: ArrayBuffer) => new Float64Array(buffer),
  bool: (buffer: ArrayBuffer) => new Uint8Array(buffer).map((byte) => byte & 1),
  // What PyTorch has since 2.1 or 2.3.
  uint16: (buffer: ArrayBuffer) => new Uint16Array(buffer),
  uint32: (buffer: ArrayBuffer) => new Uint32Array(buffer),
  uint64: (buffer: ArrayBuffer) => new BigUint64Array(buffer),
  float8_e4m3fn: (buffer: ArrayBuffer) => new Uint8Array(buffer),
  float8_e5m2: (buffer: ArrayBuffer) => new Uint8Array(buffer),
};
const all = Object.keys(elements);
const known = hasTorch ? runPython('describe.py', all.join('\n'), 'dtypes') : all;
const dtype = fc.constantFrom(...(known as (keyof typeof elements)[]));
const shape = fc.array(fc.nat({ max: 4 }), { maxLength: 4 });

/** Dense, with elements left out, repeated or turned round, of no dimension and of none in one. */
const tensor: fc.Arbitrary<TorchValue> = fc
  .record({
    dtype,
    shape,
    steps: fc.array(fc.nat({ max: 3 }), { minLength: 4, maxLength: 4 }),
    offset: fc.nat({ max: 3 }),
  })
  .chain(({ dtype: name, shape: lengths, steps, offset }) => {
    const stride = lengths.map((_, axis) => steps[axis] ?? 0);
    const last = lengths.reduce(
      (at, length, axis) => at + Math.max(0, length - 1) * (stride[axis] ?? 0),
      offset,
    );
    return bytes(16 * (last + 1)).map((buffer) => {
      const storage = storageOf(elements[name](buffer), name);
      return new TorchTensor(storage, lengths, stride, offset);
    });
  });

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', '', 'net.0.weight', '\ud800', 'ünïcode 雪'),
);
/** @param scalars that a dictionary may hold beside text and whole numbers */
function valueWith(...scalars: fc.Arbitrary<TorchValue>[]): fc.Arbitrary<TorchValue> {
  const { value } = fc.letrec<{ value: TorchValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      tensor,
      text,
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
      ...scalars,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(tie('value'), { maxLength: 3 }).map((items) => new PythonTuple(items)),
      fc
        .uniqueArray(fc.tuple(fc.oneof(text, fc.integer()), tie('value')), {
          selector: ([key]) => key,
          maxLength: 5,
        })
        .map((entries) => new Map(entries)),
    ),
  }));
  return value;
}

/** PyTorch before 2.0 takes no float as weights alone, not even one of its own: every other one has none. */
function generate(count: number): Map<string, TorchValue>[] {
  const floats = [fc.double(), fc.integer().map((whole) => new PythonFloat(whole))];
  return [valueWith(), valueWith(...floats)].flatMap((value) =>
    fc
      .sample(fc.dictionary(text, value, { maxKeys: 6 }), { numRuns: count / 2, seed })
      .map((entries) => new Map(Object.entries(entries))),
  );
}

describe.skipIf(!hasTorch)('with PyTorch', () => {
  test('200 generated state dicts come into PyTorch bit for bit, as weights alone, and back in files that it saved', {
    timeout: 60_000,
  }, async () => {
    const folder = temporaryFolder();
    const dicts = generate(200);
    const paths = await Promise.all(
      dicts.map(async (dict, index) => {
        const path = join(folder, `${index}.pt`);
        writeFileSync(path, await bytesOf(dict));
        return path;
      }),
    );
    const expected = await Promise.all(dicts.map(describeValue));
    const met = new Set(JSON.stringify(expected).match(/(?<="tensor":")\w+/g));
    expect([...met].sort()).toEqual([...known].sort());
    for (const [index, { value: loaded, alone }] of loadAll(paths).entries()) {
      expect(loaded).toEqual(expected[index]);
      expect(alone || JSON.stringify(expected[index]).includes('"float"')).toBe(true);
      expect(await describeValue(await readState(`${paths[index]}.back`))).toEqual(expected[index]);
    }
  });
});

test('what it writes is whole, and is read again as it was: names, shapes, strides, shared storages', async () => {
  const storage = storageOf(Float32Array.from({ length: 12 }, (_, index) => index));
  const tied = new TorchTensor(storage, [3, 4]);
  const state = {
    model_state_dict: {
      'net.weight': tied,
      'head.weight': new TorchTensor(storage, [4, 3], [1, 4]),
      bias: tensorOf(new Float32Array(0), [0]),
    },
    optimizer_state_dict: null,
    checkpoint_version: '2.0',
  };
  const source = bufferSource('model.pt', await bytesOf(state));
  expect(await checkStructure(source)).toMatchObject({ state: 'whole' });
  const { format, tensors, problems, checkpointVersion, trust } = await readContents(source);
  expect({ format, problems, checkpointVersion, trust }).toEqual({
    format: 'torch-zip',
    problems: [],
    checkpointVersion: '2.0',
    trust: 'tensors-only',
  });
  expect(tensors.map(({ name, shape, stride, storage: key }) => ({ name, shape, stride, key }))).toEqual([
    { name: 'model_state_dict.net.weight', shape: [3, 4], stride: [4, 1], key: '0' },
    { name: 'model_state_dict.head.weight', shape: [4, 3], stride: [1, 4], key: '0' },
    { name: 'model_state_dict.bias', shape: [0], stride: [1], key: '1' },
  ]);
  expect(tensors.every(({ data }) => data === null || data.start % 64 === 0)).toBe(true);
});

test.each([
  ['a function', { metadata: { f: (() => 1) as never } }, 'metadata.f'],
  ['an instance of a class', { when: new Date(0) as never }, 'when'],
  ['undefined', [undefined as never], '0'],
])('%s is refused by its place, before anything is written', (_, wrong, place) => {
  expect(() => torchSource(wrong)).toThrow(ModelValidationError);
  expect(() => torchSource(wrong)).toThrow(`cannot write ${place} — `);
});

test('a value that holds itself is refused', () => {
  const list: TorchValue[] = [];
  list.push(list);
  expect(() => torchSource(list)).toThrow('nested more than');
});

test.each([
  ['fewer elements than its shape', () => tensorOf(new Float32Array(5), [2, 3])],
  ['no such type', () => tensorOf(new Float32Array(4), [4], 'float31')],
  ['half an element', () => tensorOf(new Uint8Array(3), [1], 'float16')],
  ['strides that lead out', () => new TorchTensor(storageOf(new Int8Array(4)), [2, 2], [4, 1])],
  ['a negative size', () => new TorchTensor(storageOf(new Int8Array(4)), [-1])],
])('a tensor with %s is refused', (_, make) => {
  expect(make).toThrow(ModelValidationError);
});
