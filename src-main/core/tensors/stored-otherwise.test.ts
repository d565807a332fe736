import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeStored } from '../contents/describe-stored.ts';
import { inspectFile } from '../contents/inspect-file.ts';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { compareTensors } from './compare-tensors.ts';
import { exportTensor } from './export-tensor.ts';
import { countBins } from './histogram.ts';
import { measureTensors } from './measure-tensors.ts';
import { tensorOf } from './naive.fixture.ts';
import { peekSlice } from './peek-slice.ts';
import { whyNotMeasured } from './why-not-measured.ts';

const folder = join(import.meta.dirname, '../../../e2e/fixtures/oddities');

/** As real PyTorch saved them: build/sample-run/fixture_oddities.py. */
async function measured(file: string) {
  const { contents, close } = await inspectFile(join(folder, file));
  const statistics = await measureTensors(contents.tensors);
  await close();
  return new Map(
    contents.tensors.map((tensor, index) => [tensor.name, { tensor, stats: statistics[index] }]),
  );
}

test.each(['quantized.pt', 'legacy_quantized.pt'])(
  '%s: quantized tensors are measured as what their integers stand for',
  async (file) => {
    const found = await measured(file);
    const told = [...found].map(([name, { tensor, stats }]) => [
      name,
      stats?.min,
      stats?.max,
      tensor.quantized,
    ]);
    const whole = { scheme: 'per_tensor_affine', axis: null };
    expect(told).toEqual([
      ['qint8', -3, 2, { ...whole, scale: 0.1, zeroPoint: 3 }],
      ['quint8', -3, 2, { ...whole, scale: 0.05, zeroPoint: 128 }],
      ['qint32', Math.fround(-3000 * Math.fround(0.001)), 2, { ...whole, scale: 0.001, zeroPoint: 0 }],
      ['per_channel', -3, 2, expect.objectContaining({ scheme: 'per_channel_affine', scale: null, axis: 0 })],
    ]);
    for (const { tensor } of found.values()) expect(whyNotMeasured(tensor)).toBeNull();
  },
);

test('sparse tensors are measured as the values that are stored', async () => {
  const found = await measured('sparse.pt');
  const told = [...found].map(([name, { tensor, stats }]) => [name, tensor.shape, stats?.count, stats?.l2]);
  expect(told).toEqual([
    ['coo', [2, 3], 2, 2.5],
    ['not_coalesced', [2, 3], 2, Math.sqrt(5)],
    ['hybrid', [3, 2], 4, Math.sqrt(14)],
    ['none_stored', [3, 3], 0, null],
    ['csr', [2, 3], 2, 2.5],
  ]);
});

test('zeros that a sparse tensor does not store are told beside its numbers', async () => {
  const found = await measured('sparse.pt');
  const told = [...found].map(([name, { tensor, stats }]) => [name, stats?.zeros, describeStored(tensor)]);
  const sparse = (values: number, zeros: number) => ({ kind: 'sparse', values, implied_zeros: zeros });
  expect(told).toEqual([
    ['coo', 0, sparse(2, 4)],
    ['not_coalesced', 0, sparse(2, 4)],
    ['hybrid', 1, sparse(4, 2)],
    ['none_stored', 0, sparse(0, 9)],
    ['csr', 0, sparse(2, 4)],
  ]);
});

test('quantized tensors are compared as what their integers stand for', async () => {
  const bytes = Uint8Array.of(1, 2);
  const quantized = { scheme: 'per_tensor_affine', scale: 0.1, zeroPoint: 3, axis: null };
  const a = { ...tensorOf('qint8', [2], bytes), stride: [1], offset: 0, quantized };
  const b = { ...a, quantized: { ...quantized, scale: 0.2 } };
  expect(
    await compareTensors(
      [
        { a, b: { ...a } },
        { a, b },
      ],
      {},
    ),
  ).toEqual(['same', expect.objectContaining({ furthest: expect.closeTo(0.2, 6), relative: 1, changed: 1 })]);
});

test('a quantized tensor is exported, and shown, as what its integers stand for', async () => {
  const { contents, close } = await inspectFile(join(folder, '../comparisons/a.pt'));
  onTestFinished(close);
  const tensor = contents.tensors.find(({ name }) => name === 'per_column') ?? expect.unreachable();
  const path = join(temporaryFolder(), 'a.npy');
  await exportTensor(realDisk, tensor, path);
  const written = await inspectFile(path);
  onTestFinished(written.close);
  expect(written.contents.tensors).toMatchObject([{ dtype: 'float32', shape: [5, 7] }]);
  expect(
    await compareTensors([{ a: tensor, b: written.contents.tensors[0] ?? expect.unreachable() }], {}),
  ).toEqual(['same']);
  const slice = [
    { from: 1, to: 4 },
    { from: 2, to: 5 },
  ];
  const shown = await peekSlice(tensor, slice);
  expect(shown).toEqual(await peekSlice(written.contents.tensors[0] ?? expect.unreachable(), slice));
  expect(new Set(shown?.values).size).toBeGreaterThan(5);
});

const channels = (size: number) => ({
  scales: tensorOf('float64', [size], Buffer.alloc(8 * size)),
  zeroPoints: tensorOf('int64', [size], Buffer.alloc(8 * size)),
});

test.each([
  ['no scales', { channels: undefined }, /not in the file/],
  ['too few scales', { channels: channels(1) }, /not in the file/],
  [
    'scales that are lost',
    { channels: { ...channels(2), scales: { ...channels(2).scales, data: null } } },
    /not in the file/,
  ],
  ['another axis than there is', { axis: 2 }, /not in the file/],
  ['a scheme of its own', { scheme: 'per_block' }, /not known \(per_block\)/],
])(
  'of a quantized tensor with %s it is said why it is not measured, shown or exported',
  async (_, change, why) => {
    const quantized = {
      scheme: 'per_channel_affine',
      scale: null,
      zeroPoint: null,
      axis: 0,
      channels: channels(2),
    };
    const tensor = { ...tensorOf('uint8', [2, 1], Uint8Array.of(1, 2)), dtype: 'quint8' };
    expect(whyNotMeasured({ ...tensor, quantized })).toBeNull();
    const broken = { ...tensor, quantized: { ...quantized, ...change } };
    expect(whyNotMeasured(broken)).toMatch(why);
    expect(await measureTensors([broken])).toEqual([null]);
    expect(
      await peekSlice(
        broken,
        tensor.shape.map((to) => ({ from: 0, to })),
      ),
    ).toBeNull();
    expect(await countBins(broken, { scale: 'magnitude' })).toBeNull();
    expect(await compareTensors([{ a: broken, b: broken }], {})).toEqual([null]);
    await expect(exportTensor(realDisk, broken, join(temporaryFolder(), 'a.csv'))).rejects.toThrow(
      /cannot export [^—]+ — what its integers stand for is not /,
    );
  },
);

test.each([
  ['packed', 'quint4x2', /share a byte/],
  ['Python objects', 'object', /none is read/],
  ['text', 'U3', /texts, and no numbers \(U3\)/],
  ['dates', 'M8[D]', /times, and no numbers/],
  ['a record', 'record', /records of several fields/],
  ['blocks of ggml', 'iq2_xxs', /packed in blocks that are not read \(iq2_xxs\)/],
  ['blocks of ggml', 'q4_k', /packed in blocks that are not read/],
  ['what is not known', 'float128', /no numbers that are known \(float128\)/],
])('why one is not measured is said: %s', (_, dtype, why) => {
  expect(whyNotMeasured({ ...tensorOf('uint8', [1], Uint8Array.of(1)), dtype })).toMatch(why);
});
