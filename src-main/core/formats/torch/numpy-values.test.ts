import { describe, expect, test } from 'vitest';
import { measureTensors } from '../../tensors/measure-tensors.ts';
import { peekSlice } from '../../tensors/peek-slice.ts';
import { ascii, u32 } from '../fixtures/bytes.ts';
import { pickle } from '../fixtures/write-torch.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

const reconstruct = 'cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\x00\x85U\x01btR';

/** A pickle of one array: its shape as it is written, the code of its type and what numpy keeps of that, and its bytes as they are written. */
const array = (shape: string, code: string, state: string, ...raw: (string | Buffer)[]): Buffer =>
  pickle(
    `${reconstruct}(K\x01${shape}cnumpy\ndtype\nU${String.fromCharCode(code.length)}${code}\x89\x88\x87R${state}\x89`,
    ...raw,
    'tb',
  );

const plain = '(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb';
const encoded = (text: Buffer): (string | Buffer)[] => [
  'c_codecs\nencode\nX',
  u32(text.length),
  text,
  'U\x06latin1\x86R',
];

const look = async (bytes: Buffer) => readContents(bufferSource('a.pkl', bytes));

/** More than is kept of a text: every byte there is, again and again. */
const all = Buffer.from(Array.from({ length: 300 * 256 }, (_, index) => index % 256));
const shapeOf = (count: number) => Buffer.concat([ascii('J'), u32(count), ascii('\x85')]).toString('latin1');

/** Those that stand as escapes in a line. */
const special = new Set('\\\0\n\r\x1a');
const escaped = (bytes: Buffer): string =>
  [...bytes.toString('latin1')]
    .map((one) => (special.has(one) ? `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}` : one))
    .join('');

test.each(['builtins', '__builtin__'])('an empty array of protocol 2 is whole (%s)', async (module) => {
  const { tensors, problems } = await look(array('K\x00K\x03\x86', 'f8', plain, `c${module}\nbytes\n)R`));
  expect(problems).toEqual([]);
  expect(tensors).toMatchObject([{ dtype: 'float64', shape: [0, 3], bytes: 0, data: { length: 0 } }]);
});

describe.each([
  ['UTF-8, as protocol 2 has it', encoded(Buffer.from(all.toString('latin1')))],
  ['escapes, as protocol 0 has it', [`c_codecs\nencode\n(V${escaped(all)}\nVlatin1\ntR`]],
])('bytes that are a long text in %s', (_, raw) => {
  const read = () => look(array(shapeOf(all.length), 'u1', plain, ...raw));

  test('have the numbers that they stand for', async () => {
    const { tensors, problems } = await read();
    expect(problems).toEqual([]);
    const [measured] = await measureTensors(tensors);
    expect(measured).toMatchObject({ count: all.length, min: 0, max: 255, mean: 127.5 });
  });

  test('are read from any place on', async () => {
    const [tensor = expect.unreachable()] = (await read()).tensors;
    for (const from of [70_000, 300, 76_790]) {
      const slice = await peekSlice(tensor, [{ from, to: from + 10 }]);
      expect(slice?.values).toEqual(Array.from({ length: 10 }, (_value, index) => (from + index) % 256));
    }
  });
});

test.each<[string, number]>([
  ['more', all.length * 2],
  ['fewer', 1000],
])('a long text of %s bytes than the shape needs is told', async (_, count) => {
  const raw = encoded(Buffer.from(all.toString('latin1')));
  const { tensors, problems } = await look(array(shapeOf(count), 'u1', plain, ...raw));
  expect(problems).toEqual(['the whole: its bytes are not as many as its shape needs']);
  expect(tensors).toMatchObject([{ data: null }]);
});

test('a long text that stands for no bytes has no numbers', async () => {
  const raw = encoded(Buffer.from('€'.repeat(30_000)));
  const { tensors } = await look(array(shapeOf(60_000), 'u1', plain, ...raw));
  expect(await measureTensors(tensors)).toEqual([null]);
});

const none = '(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb';
const dates = (unit: string) =>
  `(K\x04U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00}(${unit}K\x01K\x01t\x86tb`;

test.each([
  ['dates', 'M8', dates('C\x01DK\x01'), 'M8[D]', 16],
  ['spans of 25 seconds', 'm8', dates('c_codecs\nencode\nU\x01sU\x06latin1\x86RK\x19'), 'm8[25s]', 16],
  ['texts', 'U2', none, 'U2', 16],
  ['long doubles', 'f16', plain, 'float128', 32],
  ['records', 'V12', '(K\x03U\x01|N(U\x01aU\x01bt}K\x0cK\x01K\x10tb', 'record', 24],
])('an array of %s is listed, as it is in an npz', async (_, code, state, dtype, bytes) => {
  const raw = `C${String.fromCharCode(bytes)}${'\0'.repeat(bytes)}`;
  const { tensors, problems } = await look(array('K\x02\x85', code, state, raw));
  expect(problems).toEqual([]);
  expect(tensors).toMatchObject([{ dtype, shape: [2], bytes, data: { length: bytes } }]);
});

test('records of Python objects are looked into as what they are: a list', async () => {
  const state = '(K\x03U\x01|N(U\x01aU\x01bt}K\x0cK\x01K\x10tb';
  const { tensors, problems } = await look(array('K\x02\x85', 'V12', state, '](K\x01K\x02e'));
  expect({ tensors, problems }).toEqual({ tensors: [], problems: [] });
});

/** As numpy 1.24 and dill 0.4 wrote them. */
const written = {
  masked:
    'gASVuwAAAAAAAAB9lIwBbZSMDW51bXB5Lm1hLmNvcmWUjA5fbWFyZWNvbnN0cnVjdJSTlChoAowLTWFza2VkQXJyYXmUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZSMAWKUdJRSlChLAUsDhZRoB4wFZHR5cGWUk5SMAmY4lImIh5RSlChLA4wBPJROTk5K/////0r/////SwB0lGKJQxgAAAAAAAAAAAAAAAAAAPA/AAAAAAAAAECUQwMAAQCUTnSUYnMu',
  records:
    'gASVDAEAAAAAAAB9lIwBcpSMFW51bXB5LmNvcmUubXVsdGlhcnJheZSMDF9yZWNvbnN0cnVjdJSTlIwFbnVtcHmUjAhyZWNhcnJheZSTlEsAhZRDAWKUh5RSlChLAUsChZRoBYwFZHR5cGWUk5RoBYwGcmVjb3JklJOUiYiHlFKUKEsDjAF8lE6MAWGUjAFilIaUfZQoaBRoDowCaTSUiYiHlFKUKEsDjAE8lE5OTkr/////Sv////9LAHSUYksAhpRoFWgOjAJmOJSJiIeUUpQoSwNoG05OTkr/////Sv////9LAHSUYksEhpR1SwxLAUsQdJRiiUMYAQAAAAAAAAAAAARAAwAAAAAAAAAAABJAlHSUYnMu',
  objects:
    'gASV4wAAAAAAAAB9lIwBb5SMFW51bXB5LmNvcmUubXVsdGlhcnJheZSMDF9yZWNvbnN0cnVjdJSTlIwFbnVtcHmUjAduZGFycmF5lJOUSwCFlEMBYpSHlFKUKEsBSwKFlGgFjAVkdHlwZZSTlIwCTziUiYiHlFKUKEsDjAF8lE5OTkr/////Sv////9LP3SUYoldlChoBGgHSwCFlGgJh5RSlChLAUsChZRoDowCZjiUiYiHlFKUKEsDjAE8lE5OTkr/////Sv////9LAHSUYolDEAAAAAAAAPA/AAAAAAAA8D+UdJRiTmV0lGJzLg==',
  dill: 'gASVyQAAAAAAAAB9lIwBZJSMCmRpbGwuX2RpbGyUjA1fY3JlYXRlX2FycmF5lJOUKIwVbnVtcHkuY29yZS5tdWx0aWFycmF5lIwMX3JlY29uc3RydWN0lJOUjAVudW1weZSMB25kYXJyYXmUk5RLAIWUQwFilIeUKEsBSwOFlGgIjAVkdHlwZZSTlIwCZjiUiYiHlFKUKEsDjAE8lE5OTkr/////Sv////9LAHSUYolDGAAAAAAAAAAAAAAAAAAA8D8AAAAAAAAAQJR0lE50lFKUcy4=',
};

test.each([
  [
    'masked',
    { name: 'm', dtype: 'float64', shape: [3], data: null, notRead: expect.stringContaining('mask') },
  ],
  ['records', { name: 'r', dtype: 'record', shape: [2], bytes: 24 }],
  ['objects', { name: 'o.0', dtype: 'float64', shape: [2], data: { length: 16 } }],
  ['dill', { name: 'd', dtype: 'float64', shape: [3], data: { length: 24 } }],
] as const)('no array is missing without a word: %s', async (key, expected) => {
  const { tensors, problems } = await look(Buffer.from(written[key], 'base64'));
  expect(problems).toEqual([]);
  expect(tensors).toMatchObject([expected]);
});

test('of arrays of numpy, masked or of records, nothing is code', async () => {
  for (const key of ['masked', 'records'] as const)
    expect((await look(Buffer.from(written[key], 'base64'))).trust).toBe('tensors-only');
});

test('what a class takes in its own way is walked: the packed weights of a quantized module', async () => {
  const storage = (key: string) => `(U\x07storagectorch\nFloatStorage\nU\x01${key}U\x03cpuK\x02tQ`;
  const tensor = (key: string) =>
    `ctorch._utils\n_rebuild_tensor_v2\n(${storage(key)}K\x00K\x02\x85K\x01\x85\x89NtR`;
  const packed = `ctorch\nScriptObject\n)\x81(U\x11quantized_dynamic](${tensor('0')}${tensor('1')}eK\x01tb`;
  const { tensors } = await look(pickle(`}U\x05param${packed}s`));
  expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
    ['param.1.0', [2]],
    ['param.1.1', [2]],
  ]);
});

/** An array as numpy pickled it under Python 2: its elements are a text. */
const ofPython2 = (...raw: (string | Buffer)[]) => array(shapeOf(3), 'f8', plain, ...raw);
const elements = Buffer.from(Float64Array.of(0, -1.5, 2).buffer);

test.each([
  ['a short text', 2.5, ['U\x18', elements]],
  ['a long text', 2.5, ['T', u32(24), elements]],
  [
    'a line',
    2.5,
    [`S'${[...elements].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'\n`],
  ],
  ['a text of ASCII', 0, ['U\x18', '\0'.repeat(24)]],
])('elements that Python 2 wrote as %s are read', async (_, l2, raw) => {
  const { tensors, problems } = await look(ofPython2(...raw));
  expect(problems).toEqual([]);
  const [measured] = await measureTensors(tensors);
  expect(measured).toMatchObject({ count: 3, l2 });
});

test('a line of Python 2 that is too long to be kept is told not to be read', async () => {
  const long = array(shapeOf(100), 'f8', plain, `S'${'\\x00'.repeat(800)}'\n`);
  const { tensors, problems } = await look(long);
  expect(problems).toEqual([]);
  expect(tensors).toMatchObject([{ data: null, notRead: expect.stringContaining('a line of 3203 bytes') }]);
});

test('texts of Python 2 are UTF-8 or Latin-1, bytes are shown as Python shows them, and -0.0 has its sign', async () => {
  const items = ['U\x02\xe9\xff', 'K\x01', 'U\x02\xc3\xa9', 'K\x02', 'C\x02k\xe9', 'K\x03'];
  const zero = `G\x80${'\0'.repeat(7)}`;
  const { entries } = await look(pickle('}(', ...items, zero, zero, 'K\x05', 'U\x02\xe9\xff', 'u'));
  expect(entries.map(({ key, summary }) => [key, summary])).toEqual([
    ['éÿ', '1'],
    ['é', '2'],
    ["b'k\\xe9'", '3'],
    ['0', '-0.0'],
    ['5', 'éÿ'],
  ]);
});
