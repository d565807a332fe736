import { describe, expect, test } from 'vitest';
import { measureTensors } from '../../tensors/measure-tensors.ts';
import { naiveElements } from '../../tensors/naive.fixture.ts';
import type { Contents } from '../contents.ts';
import { noise } from '../fixtures/bytes.ts';
import { writeNpy } from '../fixtures/write-others.ts';
import { pickle } from '../fixtures/write-torch.ts';
import { writeZip, type ZipMember } from '../fixtures/write-zip.ts';
import type { FormatName } from '../format.ts';
import { formatSuite } from '../format-suite.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource, type Source } from '../source.ts';
import { checkStructure } from '../structure.ts';
import { readArchive } from '../zip/read-archive.ts';
import { readNpyContents } from './read-contents.ts';
import { readNpzMembers } from './read-npz-members.ts';

const readNpz = async (source: Source, format: FormatName): Promise<Contents> =>
  readNpzMembers(source, await readArchive(source), format);
const read = (bytes: Buffer) => readNpyContents(bufferSource('a.npy', bytes), 'npy');
const readMembers = (members: ZipMember[]) => readNpz(bufferSource('a.npz', writeZip(members)), 'npz');
const array = writeNpy("'<f4'", '(2, 3)', noise(24));

formatSuite([
  { title: 'npy', fileName: 'a.npy', bytes: array, format: 'npy' },
  {
    title: 'npz',
    fileName: 'a.npz',
    bytes: writeZip([
      { name: 'timesteps.npy', data: writeNpy("'<i8'", '(2,)', noise(16)) },
      { name: 'results.npy', data: array, deflated: true },
    ]),
    format: 'npz',
  },
]);

describe('an array', () => {
  test.each([
    ["'>f4'", 'float32', 4, 'big'],
    ["'|b1'", 'bool', 1, 'little'],
    ["'<c16'", 'complex128', 16, 'little'],
    ["'=u2'", 'uint16', 2, 'little'],
    ["'<U3'", 'U3', 12, 'little'],
    ["[('r', '<f4'), ('l', '<i8')]", 'record', 12, 'little'],
  ])('of %s has its type and byte order', async (type, dtype, width, byteOrder) => {
    const { tensors, problems } = await read(writeNpy(type, '(3,)', noise(3 * width)));
    expect(problems).toEqual([]);
    expect(tensors).toMatchObject([
      { dtype, shape: [3], stride: [1], bytes: 3 * width, data: { byteOrder } },
    ]);
  });

  test('in Fortran order has the strides of its columns', async () => {
    const data = Buffer.from(Uint8Array.of(1, 2, 3, 4, 5, 6));
    const text = writeNpy("'|u1'", '(2, 3)', data)
      .toString('latin1')
      .replace("'fortran_order': False", "'fortran_order': True ");
    const { tensors } = await read(Buffer.from(text, 'latin1'));
    expect(tensors[0]).toMatchObject({ stride: [1, 2] });
    expect(naiveElements(tensors[0]!, data).flat()).toEqual([1, 3, 5, 2, 4, 6]);
  });

  test('of Python objects is a pickle: what it would call is listed, and none of it is a tensor to be measured', async () => {
    const bytes = writeNpy("'|O'", '(1,)', pickle('cos\nsystem\n(X\x02\x00\x00\x00idtR'));
    const contents = await read(bytes);
    expect(contents).toMatchObject({
      trust: 'runs-code',
      globals: [{ module: 'os', name: 'system', called: true, class: 'code', offset: bytes.indexOf('cos') }],
      tensors: [{ dtype: 'object', data: null }],
      entries: [{ type: 'object array (pickle)' }],
      problems: [],
    });
    expect((await read(bytes.subarray(0, -1))).problems).toHaveLength(1);
  });

  test('that is cut off says so, and has no elements', async () => {
    const { tensors, problems } = await read(array.subarray(0, -1));
    expect(problems).toEqual([expect.stringContaining('the end of the file is missing')]);
    expect(tensors).toMatchObject([{ shape: [2, 3], data: null }]);
  });

  test.each([
    ['is code', "{'descr': __import__('os').system('id'), 'fortran_order': False, 'shape': ()}"],
    ['is nested beyond reason', `{'descr': ${'['.repeat(100_000)}`],
    ['has a key twice', "{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': ()}"],
    ['goes on after its end', "{'descr': '<f4', 'fortran_order': False, 'shape': ()} + x"],
    ['has a shape of other things', "{'descr': '<f4', 'fortran_order': False, 'shape': ('3',)}"],
    ['has a shape past 2^53', "{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740993,)}"],
    ['is a list', '[1, 2]'],
    ['is nothing', ''],
  ])('whose header %s is refused with a sentence', async (_, header) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(header.length);
    const bytes = Buffer.concat([Buffer.from('\x93NUMPY\x02\x00', 'latin1'), length, Buffer.from(header)]);
    await expect(read(bytes)).rejects.toMatchObject({ name: 'Damage' });
  });
});

describe('an npz', () => {
  test('names its arrays after its members, without going where those names lead', async () => {
    const { tensors } = await readMembers([
      { name: '../../evil.npy', data: array },
      { name: '__proto__.npy', data: array },
    ]);
    expect(tensors.map(({ name }) => name)).toEqual(['../../evil', '__proto__']);
  });

  test('is read where its members are packed, and one that is damaged has no statistics', async () => {
    const values = Buffer.from(Float32Array.from({ length: 100_000 }, (_, index) => index % 7).buffer);
    const bytes = writeZip([{ name: 'a.npy', data: writeNpy("'<f4'", '(100000,)', values), deflated: true }]);
    const { tensors, problems } = await readNpz(bufferSource('a.npz', bytes), 'npz');
    expect(problems).toEqual([]);
    expect(await measureTensors(tensors)).toMatchObject([{ count: 100_000, max: 6, zeros: 14286 }]);
    bytes.fill(0xff, 300, 340);
    const damaged = await readNpz(bufferSource('a.npz', bytes), 'npz');
    expect(await measureTensors(damaged.tensors)).toEqual([null]);
  });

  test('is not unpacked to be listed, however large it says it is', async () => {
    const packed = writeNpy("'|u1'", `(${50_000_000},)`, Buffer.alloc(50_000_000));
    const bytes = writeZip([{ name: 'zeros.npy', data: packed, deflated: true }]);
    const source = bufferSource('a.npz', bytes);
    const { tensors, problems } = await readNpz(source, 'npz');
    expect({ problems, shape: tensors[0]?.shape }).toEqual({ problems: [], shape: [50_000_000] });
    expect(source.bytesRead).toBeLessThan(200_000);
  });

  test('whose member claims more than deflate can pack is refused', async () => {
    const bytes = writeZip([{ name: 'a.npy', data: array, deflated: true }]);
    const at = bytes.indexOf('PK\x01\x02');
    bytes.writeUInt32LE(0x7fffffff, at + 24);
    const { problems } = await readNpz(bufferSource('a.npz', bytes), 'npz');
    expect(problems).toEqual([expect.stringContaining('larger than it can be')]);
  });

  test('with two arrays of one name says so', async () => {
    const { problems, tensors } = await readMembers([
      { name: 'a.npy', data: array },
      { name: 'a.npy', data: array },
    ]);
    expect(tensors).toHaveLength(2);
    expect(problems).toEqual([expect.stringContaining('two members have this name')]);
  });
});

test('an archive of no arrays is one, as numpy saves it', async () => {
  const empty = bufferSource('a.npz', writeZip([]));
  expect(await readContents(empty)).toMatchObject({ format: 'npz', problems: [], tensors: [] });
  expect(await checkStructure(empty)).toEqual({ format: 'npz', state: 'whole', detail: null });
  const other = bufferSource('a.zip', writeZip([]));
  expect((await readContents(other)).format).toBe('zip');
});
