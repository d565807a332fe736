import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { measureTensors } from '../../tensors/measure-tensors.ts';
import type { Contents, Tensor } from '../contents.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

const folder = join(import.meta.dirname, '../../../../e2e/fixtures/hdf5');
const bytesOf = (name: string): Buffer => readFileSync(join(folder, name));
const read = (name: string, bytes: Buffer): Promise<Contents> => readContents(bufferSource(name, bytes));
const cut = (bytes: Buffer, part: number): Buffer => bytes.subarray(0, Math.floor(part * bytes.length));

/** What the library alone tells: which enumerations are truth values, and what Keras keeps in two bytes of anything. */
const ofLibrary = new Set(['bool', 'bfloat16', 'complex64', 'complex128']);
const facts = ({ name, shape, bytes, dtype }: Tensor) => ({ name, shape, bytes, dtype });
const byName = ({ tensors }: Contents) => new Map(tensors.map((tensor) => [tensor.name, tensor]));

describe.each(['keras2.h5', 'latest.h5', 'types.h5', 'user_block.h5', 'policy.weights.h5'])('%s', (name) => {
  const bytes = bytesOf(name);

  test('cut off anywhere it lists nothing that the whole file has not, each where it is there', async () => {
    const whole = byName(await read(name, bytes));
    for (let length = 600; length < bytes.length; length += 199) {
      const torn = await read(name, bytes.subarray(0, length));
      for (const tensor of torn.tensors) expectAsWritten(tensor, whole.get(tensor.name), length);
      expect(torn.problems.join()).toMatch(/is missing|cut off/);
      expect(torn.trust).toBe('runs-code');
    }
  });
});

function expectAsWritten(tensor: Tensor, whole: Tensor | undefined, length: number): void {
  if (!ofLibrary.has(whole?.dtype ?? '')) expect(facts(tensor)).toEqual(whole && facts(whole));
  if (!tensor.data) return;
  expect(tensor.data.start).toBe(whole?.data?.start);
  expect(tensor.data.start + tensor.data.length).toBeLessThanOrEqual(length);
}

test('of a file of Keras nearly all is left where only its end is missing', async () => {
  const torn = await read('policy.weights.h5', cut(bytesOf('policy.weights.h5'), 0.9));
  const layers = ['dense', 'dense_1', 'dense_2', 'dense_10'];
  expect(torn.tensors.map(({ name }) => name)).toEqual([
    ...layers.flatMap((layer) => [0, 1].map((index) => `layers.${layer}.vars.${index}`)),
    'layers.half.vars.0',
  ]);
  expect(torn.problems).toEqual([
    '24,566 of 27,296 bytes: the end of the file is missing',
    '9 datasets are described before its end; the elements of 8 are there',
    'how many more it had is not known',
  ]);
});

test('of the one that it ends in it is told how many bytes are there', async () => {
  const bytes = bytesOf('user_block.h5');
  const whole = await read('a.h5', bytes);
  const { start = 0, length = 0 } = whole.tensors[0]?.data ?? {};
  const torn = await read('a.h5', bytes.subarray(0, start + 8));
  expect(torn.tensors).toMatchObject([{ name: 'weights', shape: [3, 4], data: null }]);
  expect(torn.problems).toEqual([
    expect.stringMatching(/^[\d,]+ of [\d,]+ bytes: the end of the file is missing$/),
    '1 dataset is described before its end; the elements of 0 are there',
    `weights: the file ends inside its storage: 8 of ${length} bytes are there`,
  ]);
});

test('elements that are left are those that were written', async () => {
  const whole = byName(await read('policy.weights.h5', bytesOf('policy.weights.h5')));
  const torn = await read('policy.weights.h5', cut(bytesOf('policy.weights.h5'), 0.9));
  const left = torn.tensors.filter(({ data }) => data !== null);
  expect(left.length).toBeGreaterThan(0);
  const same = left.flatMap(({ name }) => whole.get(name) ?? []);
  expect(await measureTensors(left)).toEqual(await measureTensors(same));
});

test.each([
  [0.1, 'no dataset is described before its end'],
  [0.5, '7 datasets are described before its end; the elements of 7 are there'],
  [0.9, '9 datasets are described before its end; the elements of 8 are there'],
])('a torn archive of Keras tells what is left of its weights, cut at %f', async (part, found) => {
  const whole = byName(await read('policy.keras', bytesOf('policy.keras')));
  const torn = await read('policy.keras', cut(bytesOf('policy.keras'), part));
  expect(torn.tensors.every(({ name }) => whole.has(name))).toBe(true);
  expect(torn.problems).toContain(`model.weights.h5: ${found}`);
  if (part === 0.5)
    expect(torn.problems).toContain(
      'model.weights.h5: what 4 more names stood for is not there: _layer_checkpoint_dependencies, layers.dense_10.vars.1, layers.half, optimizer',
    );
});

test('damaged besides, it is read within bounds', async () => {
  const bytes = cut(bytesOf('keras2.h5'), 0.9);
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48_271) % 0x7fffffff;
    return seed % below;
  };
  for (let round = 0; round < 500; round += 1) {
    const damaged = Buffer.from(bytes);
    for (let flips = 0; flips < 8; flips += 1)
      damaged.writeUInt8(random(256), 96 + random(bytes.length - 96));
    const source = bufferSource('a.h5', damaged);
    const { problems } = await readContents(source);
    expect(problems.length).toBeGreaterThan(0);
    expect(source.bytesRead).toBeLessThan(64 * 1024 + 10 * bytes.length);
  }
});
