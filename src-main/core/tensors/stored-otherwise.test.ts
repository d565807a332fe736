import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectFile } from '../contents/inspect-file.ts';
import { compareTensors } from './compare-tensors.ts';
import { measureTensors } from './measure-tensors.ts';
import { tensorOf } from './naive.fixture.ts';
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
  '%s: quantized tensors are measured as their integers, with scale and zero point',
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
      ['qint8', -27, 23, { ...whole, scale: 0.1, zeroPoint: 3 }],
      ['quint8', 68, 168, { ...whole, scale: 0.05, zeroPoint: 128 }],
      ['qint32', -3000, 2000, { ...whole, scale: 0.001, zeroPoint: 0 }],
      ['per_channel', -25, 30, { scheme: 'per_channel_affine', scale: null, zeroPoint: null, axis: 0 }],
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

test('quantized tensors are the same only where their integers stand for the same', async () => {
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
  ).toEqual(['same', null]);
});

test.each([
  ['packed', 'quint4x2', /share a byte/],
  ['Python objects', 'object', /none is read/],
  ['text', 'U3', /no numbers that are known \(U3\)/],
])('why one is not measured is said: %s', (_, dtype, why) => {
  expect(whyNotMeasured({ ...tensorOf('uint8', [1], Uint8Array.of(1)), dtype })).toMatch(why);
});
