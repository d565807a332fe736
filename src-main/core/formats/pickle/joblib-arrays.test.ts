import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measureTensors } from '../../tensors/measure-tensors.ts';
import { peekSlice } from '../../tensors/peek-slice.ts';
import { ascii } from '../fixtures/bytes.ts';
import { torchMembers } from '../fixtures/write-torch.ts';
import { writeZip } from '../fixtures/write-zip.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

const folder = join(import.meta.dirname, '../../../../e2e/fixtures/joblib');
const read = (bytes: Buffer, name = 'a.joblib') => readContents(bufferSource(name, bytes));
const written = (protocol: number) => readFileSync(join(folder, `arrays_${protocol}.joblib`));

/** One array as joblib before 1.2 wrote it, its elements as they are. @param shape as instructions that make a tuple */
function byHand(shape: string, elements: string | Buffer, module = 'joblib.numpy_pickle'): Buffer {
  const dtype = 'cnumpy\ndtype\n(U\x02i1\x89\x88tR(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb';
  const state = `}(U\x05shape${shape}U\x05orderU\x01CU\x05dtype${dtype}u`;
  const wrapper = `\x80\x02c${module}\nNumpyArrayWrapper\n)\x81${state}b`;
  return Buffer.concat([ascii(`${wrapper}`), Buffer.from(elements as string, 'latin1'), ascii('.')]);
}

test.each([2, 4])(
  'arrays of joblib are tensors, and what follows them is read (protocol %i)',
  async (protocol) => {
    const { tensors, problems, entries } = await read(written(protocol));
    expect(problems).toEqual([]);
    const statistics = await measureTensors(tensors);
    const told = tensors.map(({ name, dtype, shape }, index) => [name, dtype, shape, statistics[index]?.l2]);
    expect(told).toEqual([
      ['scaler.mean', 'float64', [5], Math.sqrt(30)],
      ['scaler.scale', 'float32', [2, 3], Math.sqrt(55)],
      ['scaler.fortran', 'int64', [2, 3], Math.sqrt(55)],
      ['scaler.empty', 'float64', [0, 3], null],
      ['scaler.one', 'float64', [], 3.5],
      ['flags', 'bool', [2], 1],
    ]);
    const fortran = tensors[2] as (typeof tensors)[number];
    const row = await peekSlice(fortran, [
      { from: 1, to: 2 },
      { from: 0, to: 3 },
    ]);
    expect(row?.values).toEqual([3, 4, 5]);
    expect(entries.map(({ key, summary }) => [key, summary])).toContainEqual(['after', '2 items']);
  },
);

test('whoever takes it for a plain pickle would run its elements: that is never said to be harmless', async () => {
  for (const protocol of [2, 4]) {
    const { trust, unread } = await read(written(protocol));
    expect([trust, unread[0]]).toEqual([
      'runs-code',
      expect.stringContaining('which only joblib.load passes over'),
    ]);
  }
  const call = 'cos\nsystem\n(U\x02lstR';
  const { globals, tensors } = await read(byHand(`(K${String.fromCharCode(call.length)}t`, call));
  expect(tensors[0]).toMatchObject({ dtype: 'int8', shape: [call.length] });
  expect(globals).toContainEqual(expect.objectContaining({ module: 'os', name: 'system', called: true }));
});

test('PyTorch knows nothing of joblib: in its files no instruction is passed over', async () => {
  const [, ...others] = torchMembers([3]);
  const data = byHand('(K\x01t', '.');
  const { tensors } = await read(writeZip([{ name: 'archive/data.pkl', data }, ...others]), 'a.pt');
  expect(tensors).toMatchObject([{ dtype: 'int8', data: null }]);
});

test('an array that is cut off costs itself, and those before it stay', async () => {
  const bytes = written(4);
  const [mean] = (await read(bytes)).tensors;
  const end = (mean?.data?.start ?? 0) + (mean?.data?.length ?? 0);
  for (const length of [end - 1, end + 10, bytes.length - 1]) {
    const { tensors, problems } = await read(bytes.subarray(0, length));
    expect(problems[0]).toMatch(/are there|cut off/);
    expect(tensors.find(({ name }) => name === 'scaler.mean')?.data !== null).toBe(length >= end);
  }
});

test.each([
  ['more than the file has', '(J\xff\xff\xff\x7fJ\xff\xff\xff\x7ft'],
  ['less than nothing', '(J\xff\xff\xff\xfft'],
  ['no shape', 'N'],
  ['no numbers', '(U\x01at'],
])('an array of %s is told to be broken', async (_, shape) => {
  const { problems, trust } = await read(byHand(shape, 'abc'));
  expect([problems.length > 0, trust]).toEqual([true, 'runs-code']);
});
