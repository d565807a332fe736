import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ascii, u32 } from '../fixtures/bytes.ts';
import { writeNpy } from '../fixtures/write-others.ts';
import { pickle } from '../fixtures/write-torch.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

const read = (bytes: Buffer, name = 'a.pkl') => readContents(bufferSource(name, bytes));
const real = readFileSync(join(import.meta.dirname, '../../../../e2e/fixtures/formats/arrays_2.pkl'));
const word = (value: string) => Buffer.concat([ascii('X'), u32(value.length), ascii(value)]);
const head = (rows: number) => [
  'cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R(K\x01K',
  Buffer.from([rows]),
  '\x85cnumpy\ndtype\n',
];
const array = (rows: number) => [
  ...head(rows),
  word('f4'),
  'K\x00K\x01\x87R(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89B',
  u32(4 * rows),
  Buffer.alloc(4 * rows),
  'tb',
];

test('a torn pickle lists the array that it ends in, and how many of its bytes are there', async () => {
  const bytes = pickle('}(', word('net'), '}(', word('a'), ...array(3), word('b'), ...array(5), 'uu');
  const whole = await read(bytes);
  const { tensors, problems } = await read(bytes.subarray(0, -13));
  expect(whole).toMatchObject({ problems: [], tensors: [{ name: 'net.a' }, { name: 'net.b' }] });
  expect(tensors.map(({ name, shape, data }) => [name, shape, data !== null])).toEqual([
    ['net.a', [3], true],
    ['net.b', [5], false],
  ]);
  expect(problems).toEqual([
    expect.stringMatching(
      /^[\d,]+ bytes: its pickle is cut off: of 20 bytes of a value 12 are there; stopped at byte [\d,]+, in net\.b$/,
    ),
    'net.b: its elements are not in the file',
  ]);
});

test.each(['\x8b', 'T'])(
  'a value of a negative number of bytes, after %j, is told as that',
  async (opcode) => {
    const { problems } = await read(pickle(opcode, Buffer.from([0xfb, 0xff, 0xff, 0xff]), 'abc'));
    expect(problems.join()).toContain('its pickle has a value of fewer than no bytes');
  },
);

test('of a real one, wherever it is cut, what was listed stays, and what is missing is said', async () => {
  const { tensors: all } = await read(real);
  let most = 0;
  for (let length = 40; length < real.length; length += 1) {
    const { tensors, problems } = await read(real.subarray(0, length));
    expect(problems.join(), `${length} bytes`).toMatch(/cut off.*stopped at byte/);
    expect(tensors.length, `${length} bytes`).toBeGreaterThanOrEqual(most);
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(tensors.map(({ name }) => name)));
    most = tensors.length;
  }
  expect(most).toBe(all.length);
});

test('a torn array of Python objects says how many of them are there', async () => {
  const objects = ['(', ...['a', 'b', 'c'].map(word), 'e'];
  const data = pickle(
    ...head(3),
    word('O8'),
    'K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK?tb\x89]',
    ...objects,
    'tb',
  );
  const bytes = writeNpy("'|O'", '(3,)', data);
  expect((await read(bytes, 'a.npy')).problems).toEqual([]);
  const { tensors, problems } = await read(bytes.subarray(0, -6), 'a.npy');
  expect(tensors).toMatchObject([{ dtype: 'object', shape: [3], data: null }]);
  expect(problems).toEqual([expect.stringMatching(/^its pickle is cut off.*; 2 of 3 objects are there$/)]);
});
