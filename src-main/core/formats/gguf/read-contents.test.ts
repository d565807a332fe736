import { describe, expect, test } from 'vitest';
import { noise, u32, u64 } from '../fixtures/bytes.ts';
import { type GgufValue, ggufString, writeGguf } from '../fixtures/write-others.ts';
import { formatSuite } from '../format-suite.ts';
import { bufferSource } from '../source.ts';
import { readGgufContents } from './read-contents.ts';

const read = (bytes: Buffer) => readGgufContents(bufferSource('a.gguf', bytes), 'gguf');
const list = (length: number): GgufValue => [
  9,
  Buffer.concat([u32(8), u64(length), ...Array.from({ length }, () => ggufString('token')[1])]),
];
const tensors = [
  { name: 'token_embd.weight', dims: [32, 2], type: 8, offset: 0 },
  { name: 'output_norm.weight', dims: [3], type: 0, offset: 96 },
];
const example = writeGguf(
  [
    ['general.architecture', ggufString('llama')],
    ['llama.block_count', [4, u32(7)]],
    ['tokenizer.ggml.tokens', list(40)],
    ['general.tags', list(2)],
  ],
  tensors,
  noise(108),
);
const good = { title: 'GGUF', fileName: 'a.gguf', bytes: example, format: 'gguf' as const };

formatSuite([good]);

test('tensors have their shapes outermost first, and quantised ones the name of their type', async () => {
  const { tensors: found, metadata, entries } = await read(example);
  expect(found).toMatchObject([
    { name: 'token_embd.weight', dtype: 'q8_0', shape: [2, 32], bytes: 68 },
    { name: 'output_norm.weight', dtype: 'float32', shape: [3], bytes: 12 },
  ]);
  const { source, start, length } = found[1]?.data ?? {
    source: bufferSource('', example),
    start: 0,
    length: 0,
  };
  expect(await source.read(start, length)).toEqual(noise(108).subarray(96));
  expect(metadata).toEqual({
    'general.architecture': 'llama',
    'llama.block_count': 7,
    'general.tags': ['token', 'token'],
  });
  expect(entries).toContainEqual({ key: 'tokenizer.ggml.tokens', type: 'list', summary: '40 items' });
});

test('no weight is read', async () => {
  const big = writeGguf([], [{ name: 'w', dims: [1_000_000], type: 0, offset: 0 }], Buffer.alloc(4_000_000));
  const source = bufferSource('a.gguf', big);
  expect((await readGgufContents(source, 'gguf')).problems).toEqual([]);
  expect(source.bytesRead).toBeLessThan(2000);
});

describe('what a header claims is held against the file', () => {
  const one = (tensor: object) =>
    writeGguf([], [{ name: 'w', dims: [3], type: 0, offset: 0, ...tensor }], noise(12));
  test.each([
    ['an offset beyond the end', one({ offset: 8 })],
    ['a size beyond the end', one({ dims: [2 ** 40] })],
    ['a size past 2^53', one({ dims: [2 ** 62] })],
    ['blocks that are not filled', one({ type: 8 })],
  ])('%s is a problem', async (_, bytes) => {
    const { problems, tensors: found } = await read(bytes);
    expect(problems).toHaveLength(1);
    expect(found.every(({ data }) => data === null)).toBe(true);
  });

  test.each([
    ['2^60 tensors', Buffer.concat([Buffer.from('GGUF'), u32(3), u64(2n ** 60n), u64(0)])],
    ['2^60 notes', Buffer.concat([Buffer.from('GGUF'), u32(3), u64(0), u64(2n ** 60n)])],
    [
      'a note with a list of 2^60',
      writeGguf([['a', [9, Buffer.concat([u32(4), u64(2n ** 60n)])]]], [], noise(0)),
    ],
    ['a list in a list', writeGguf([['a', [9, Buffer.concat([u32(9), u64(1)])]]], [], noise(0))],
    ['a text of 2^62', writeGguf([['a', [8, u64(2n ** 62n)]]], [], noise(0))],
    ['a version to come', Buffer.concat([Buffer.from('GGUF'), u32(9), u64(0), u64(0)])],
    ['an alignment of 0', writeGguf([['general.alignment', [4, u32(0)]]], [], noise(0))],
  ])('%s is refused with a sentence', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'Damage' });
  });

  test('a type that is not known has a number for a name', async () => {
    expect((await read(one({ type: 99 }))).tensors).toMatchObject([{ dtype: 'ggml 99', data: null }]);
  });

  test('a name that is a prototype is a name', async () => {
    const { metadata } = await read(writeGguf([['__proto__', ggufString('x')]], [], noise(0)));
    expect(Object.keys(metadata as object)).toEqual(['__proto__']);
  });
});
