import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import type { Tensor } from '../formats/contents.ts';
import { readNpyContents } from '../formats/npy/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { compareTensors } from './compare-tensors.ts';
import { exportTensor } from './export-tensor.ts';
import { allTypes, float32, naiveElements, randomTensor, tensorOf } from './naive.fixture.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-export-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (tensor: Tensor, name: string) => exportTensor(realDisk, tensor, join(folder, name));

test.each(['npy', 'csv'])(
  'while a tensor is exported as .%s, each of its bytes is told once',
  async (ending) => {
    const tensor = tensorOf('float32', [700, 100], new Uint8Array(280_000));
    let told = 0;
    const onBytes = (bytes: number) => {
      told += bytes;
    };
    await exportTensor(realDisk, tensor, join(folder, `a.${ending}`), { onBytes });
    expect(told).toBe(tensor.bytes);
  },
);

test.each(allTypes)(
  '%s: an exported npy holds the same elements, whatever strides they had',
  async (dtype) => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const { tensor } = randomTensor(seed, dtype);
      const { path, bytes } = await write(tensor, `${seed}.npy`);
      const file = readFileSync(path);
      expect(file.length, `seed ${seed}`).toBe(bytes);
      const { tensors, problems } = await readNpyContents(bufferSource('a.npy', file), 'npy');
      expect({ problems, shape: tensors[0]?.shape }, `seed ${seed}`).toEqual({
        problems: [],
        shape: tensor.shape,
      });
      const [found] = await compareTensors([{ a: tensor, b: tensors[0] as Tensor }], {});
      const isSame = found === 'same' || found?.changed === 0 || tensor.shape.includes(0);
      expect(isSame, `seed ${seed}: ${JSON.stringify(found)}`).toBe(true);
    }
  },
);

test('a CSV has a line for each row and every digit', async () => {
  const values = float32([1, -0.5, Number.NaN, Infinity, 0.1, -Infinity]);
  const { path } = await write(tensorOf('float32', [2, 3], values), 'a.csv');
  expect(readFileSync(path, 'utf8')).toBe('1,-0.5,nan\ninf,0.10000000149011612,-inf\n');
});

test('a CSV follows the rows of the shape, not those of the storage', async () => {
  const { tensor, bytes } = randomTensor(3, 'int64');
  const { path } = await write(tensor, 'a.csv');
  const cells = readFileSync(path, 'utf8').split(/[,\n]/).filter(Boolean);
  expect(cells).toEqual(naiveElements(tensor, bytes).flat().map(String));
});

test('complex numbers are written as numpy reads them', async () => {
  const { path } = await write(tensorOf('complex64', [2], float32([1, 2, 0, -0.5])), 'a.csv');
  expect(readFileSync(path, 'utf8')).toBe('1+2j,0-0.5j\n');
});

test('elements that lie column by column are written so, and numpy is told', async () => {
  const { path } = await write(
    tensorOf('float32', [2, 2], float32([1, 2, 3, 4]), { stride: [1, 2] }),
    'a.npy',
  );
  const file = readFileSync(path);
  expect(file.toString('latin1')).toContain("'fortran_order': True");
  expect(file.subarray(-16)).toEqual(float32([1, 2, 3, 4]));
  expect((file.length - 16) % 64).toBe(0);
});

describe('nothing is left behind and nothing replaced', () => {
  const one = tensorOf('float32', [1], float32([1]));
  test('when the name is taken', async () => {
    writeFileSync(join(folder, 'a.npy'), 'mine');
    await expect(write(one, 'a.npy')).rejects.toThrow('a file of that name is there already');
    expect(readFileSync(join(folder, 'a.npy'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['a.npy']);
  });

  test('when the name is taken while it is written', async () => {
    const target = join(folder, 'a.npy');
    const disk: Disk = {
      ...realDisk,
      lookAt: async (path) => (path === target ? null : realDisk.lookAt(path)),
    };
    writeFileSync(target, 'mine');
    await expect(exportTensor(disk, one, target)).rejects.toThrow('already');
    expect(readFileSync(join(folder, 'a.npy'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['a.npy']);
  });

  test('when it is called off', async () => {
    const work = exportTensor(realDisk, one, join(folder, 'a.npy'), {
      signal: AbortSignal.abort(new Error('enough')),
    });
    await expect(work).rejects.toThrow('enough');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    [
      'a type without numbers',
      { ...one, dtype: 'q4_0' },
      'a.npy',
      'packed in blocks that are not read (q4_0)',
    ],
    [
      'a million million elements out of one',
      { ...one, shape: [1e6, 1e6], stride: [0, 0] },
      'a.csv',
      'cannot be read',
    ],
    ['another ending', one, 'a.txt', 'neither .npy nor .csv'],
  ])('for %s', async (_, tensor, name, sentence) => {
    await expect(write(tensor, name)).rejects.toThrow(sentence);
    expect(readdirSync(folder)).toEqual([]);
  });
});
