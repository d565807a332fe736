import { expect, test } from 'vitest';
import { ascii, noise } from '../fixtures/bytes.ts';
import { pickle } from '../fixtures/write-torch.ts';
import { writeZip } from '../fixtures/write-zip.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

const small = (value: string) => `U${String.fromCharCode(value.length)}${value}`;
const number = (value: number) => `K${String.fromCharCode(value)}`;
const tuple = (...parts: readonly string[]) => `(${parts.join('')}t`;
const call = (module: string, name: string, ...args: readonly string[]) =>
  `c${module}\n${name}\n${tuple(...args)}R`;
const rebuild = (name: string, ...args: readonly string[]) =>
  call('torch._utils', `_rebuild_${name}`, ...args);
const noHooks = call('collections', 'OrderedDict');
const dtype = (name: string) => `ctorch\n${name}\n`;
const [yes, no] = ['\x88', '\x89'];

/** `type` with its module, as in `torch\nFloatStorage`; `count` in its elements. */
const storage = (type: string, key: string, count: number) =>
  `${tuple(small('storage'), `c${type}\n`, small(key), small('cpu'), number(count))}Q`;
const floats = (key: string, count: number, ...more: readonly string[]) =>
  rebuild(
    'tensor_v2',
    storage('torch\nFloatStorage', key, count),
    number(0),
    tuple(number(count)),
    tuple(number(1)),
    no,
    noHooks,
    ...more,
  );

/** What a checkpoint is read as that holds this one value; its storages have so many bytes each. */
async function read(value: string, ...storages: readonly number[]) {
  const members = [
    { name: 'archive/data.pkl', data: pickle(value) },
    ...storages.map((size, key) => ({ name: `archive/data/${key}`, data: noise(size, key + 1) })),
    { name: 'archive/version', data: ascii('3\n') },
  ];
  const { tensors, problems, entries } = await readContents(bufferSource('model.pt', writeZip(members)));
  return { tensors, problems, entries };
}

test('elements of a storage that is a part of another one are not read from its beginning', async () => {
  const view = tuple(small('v'), number(2), number(3));
  const viewed = `${storage('torch\nFloatStorage', '0', 6).slice(0, -2)}${view}tQ`;
  const parts = [number(0), tuple(number(3)), tuple(number(1)), no, noHooks];
  const { tensors, problems } = await read(rebuild('tensor_v2', viewed, ...parts), 24);
  expect(tensors).toMatchObject([{ shape: [3], data: null }]);
  expect(problems).toEqual([expect.stringContaining('its storage is a part of another one')]);
});

const layout = (name: string) => call('torch.serialization', '_get_layout', small(`torch.${name}`));
const dense = [floats('0', 3), floats('1', 2), floats('2', 2)];

test.each<[string, string]>([
  [
    'by rows, as PyTorch 1 writes it',
    rebuild('sparse_csr_tensor', dtype('sparse_csr'), tuple(...dense, tuple(number(2), number(3)))),
  ],
  ['by rows', rebuild('sparse_tensor', layout('sparse_csr'), tuple(...dense, tuple(number(2), number(3))))],
  ['by blocks', rebuild('sparse_tensor', layout('sparse_bsc'), tuple(...dense, tuple(number(2), number(3))))],
  [
    'by places',
    rebuild(
      'sparse_tensor',
      layout('sparse_coo'),
      tuple(...dense.slice(1), tuple(number(2), number(3)), yes),
    ),
  ],
])('a sparse tensor that is kept %s has the shape it stands for, and no stride', async (_, value) => {
  const { tensors, problems } = await read(value, 12, 8, 8);
  expect(problems).toEqual([]);
  expect(tensors).toMatchObject([
    { dtype: 'float32', shape: [2, 3], stride: null, offset: null, data: null, bytes: 8 },
  ]);
});

test('a tensor without a storage has the strides that are written', async () => {
  const meta = rebuild(
    'meta_tensor_no_storage',
    dtype('float16'),
    tuple(number(2), number(3)),
    tuple(number(1), number(2)),
    no,
  );
  const wrapped = rebuild(
    'wrapper_subclass',
    ...['ctrainer\nTensor\n', dtype('int8'), tuple(number(4)), tuple(number(2)), number(3)],
    ...[dtype('strided'), call('torch', 'device', small('cpu')), no],
  );
  const facts = { storage: null, data: null };
  expect((await read(`](${meta}${wrapped}e`)).tensors).toMatchObject([
    { ...facts, dtype: 'float16', shape: [2, 3], stride: [1, 2], offset: 0, bytes: 12 },
    { ...facts, dtype: 'int8', shape: [4], stride: [2], offset: 3, bytes: 4 },
  ]);
});

test.each([
  ['complex32', 4, 3],
  ['bits16', 2, 6],
  ['float4_e2m1fn_x2', 1, 12],
  ['uint16', 2, 6],
])('%s, which has no storage of its own, is told by its tensor', async (name, size, count) => {
  const value = rebuild(
    'tensor_v3',
    ...[storage('torch.storage\nUntypedStorage', '0', 12), number(0), tuple(number(count)), tuple(number(1))],
    ...[no, noHooks, dtype(name)],
  );
  const { tensors, problems } = await read(value, 12);
  expect(problems).toEqual([]);
  expect(tensors).toMatchObject([{ dtype: name, shape: [count], bytes: size * count, data: { length: 12 } }]);
});

test('a storage by itself is its elements in a row; one without a type its bytes', async () => {
  const value = `](${storage('torch\nHalfStorage', '0', 3)}${storage('torch.storage\nUntypedStorage', '1', 5)}${storage('torch.storage\n_UntypedStorage', '1', 5)}e`;
  const { tensors, problems, entries } = await read(value, 6, 5);
  expect(problems).toEqual([]);
  const bytes = { dtype: 'uint8', shape: [5], stride: [1], offset: 0, bytes: 5, storage: '1' };
  expect(tensors).toMatchObject([
    { dtype: 'float16', shape: [3], stride: [1], offset: 0, bytes: 6, storage: '0' },
    bytes,
    bytes,
  ]);
  expect(entries[0]).toEqual({ key: '0', type: 'storage', summary: 'float16 [3]' });
});

test.each([
  ['neg', 'negated'],
  ['conj', 'conjugated'],
])(
  'elements that PyTorch would take otherwise than they are stored (%s) are not given as they are',
  async (key, word) => {
    const { tensors, problems } = await read(floats('0', 3, `}${small(key)}${yes}s`), 12);
    expect(tensors).toMatchObject([{ shape: [3], data: null }]);
    expect(problems).toEqual([`the whole: its elements are stored ${word}, and are not read`]);
  },
);

const float = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return `G${bytes.toString('latin1')}`;
};

test.each([
  ['quint4x2', 'QUInt4x2', [6, 8], 24],
  ['quint4x2', 'QUInt4x2', [6, 7], 24],
  ['quint2x4', 'QUInt2x4', [3, 5], 6],
] as const)(
  'of %s several elements share a byte, row by row',
  async (dtypeName, type, [rows, columns], bytes) => {
    const parameters = tuple(dtype('per_tensor_affine'), float(0.25), number(0));
    const quantized = rebuild(
      'qtensor',
      ...[storage(`torch\n${type}Storage`, '0', bytes), number(0), tuple(number(rows), number(columns))],
      ...[tuple(number(columns), number(1)), parameters, no, noHooks],
    );
    const { tensors, problems } = await read(quantized, bytes);
    expect(problems).toEqual([]);
    expect(tensors).toMatchObject([
      { dtype: dtypeName, shape: [rows, columns], bytes, data: { length: bytes } },
    ]);
    expect((await read(quantized, bytes - 1)).problems).toHaveLength(1);
  },
);

test.each([
  ['inf', float(Number.POSITIVE_INFINITY)],
  ['nan', float(Number.NaN)],
  ['a fraction', float(0.5)],
  ['more than is exact', float(2 ** 53)],
  ['a word', small('3')],
])('a zero point, or an axis, that is %s is not told', async (_, value) => {
  const parameters = tuple(dtype('per_tensor_affine'), float(0.25), value, value);
  const quantized = rebuild(
    'qtensor',
    ...[storage('torch\nQInt8Storage', '0', 3), number(0), tuple(number(3)), tuple(number(1))],
    ...[parameters, no, noHooks],
  );
  const { tensors } = await read(quantized, 3);
  expect(tensors[0]?.quantized).toEqual({
    scheme: 'per_tensor_affine',
    scale: 0.25,
    zeroPoint: null,
    axis: null,
  });
});

test('a storage of more elements than there can be is told as that, with the bytes that it has', async () => {
  const huge = storage('torch\nFloatStorage', '0', 0).replace(number(0), '\x8a\x08\0\0\0\0\0\0\0\x10');
  const value = rebuild('tensor_v2', huge, number(0), tuple(number(4)), tuple(number(1)), no, noHooks);
  const { problems } = await read(value, 16);
  expect(problems).toEqual([
    'the whole: its storage is said to have more bytes than there can be, and has 16',
  ]);
});
