import { expect, test } from 'vitest';
import { ascii, noise } from '../fixtures/bytes.ts';
import { pickle, torchMembers, writeTorchZip } from '../fixtures/write-torch.ts';
import { writeZip, type ZipMember } from '../fixtures/write-zip.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

const read = (bytes: Buffer) => readContents(bufferSource('model.pt', bytes));
const members = torchMembers([3, 5]);
const changed = (name: string, more: Partial<ZipMember>): ZipMember[] =>
  members.map((member) => (member.name === `archive/${name}` ? { ...member, ...more } : member));

test.each(['archive', 'model.pt.tmp', 'ünïcode'])('the prefix may be %s', async (prefix) => {
  const { tensors, problems } = await read(writeTorchZip([3, 5], {}, prefix));
  expect([tensors.map(({ shape }) => shape), problems]).toEqual([[[3], [5]], []]);
});

test('there may be no prefix at all', async () => {
  const bare = members.map((member) => ({ ...member, name: member.name.slice('archive/'.length) }));
  expect((await read(writeZip(bare))).tensors).toHaveLength(2);
});

test('elements may be big-endian', async () => {
  const orders = async (bytes: Buffer) => (await read(bytes)).tensors.map(({ data }) => data?.byteOrder);
  expect(await orders(writeZip(members))).toEqual(['little', 'little']);
  expect(await orders(writeZip(changed('byteorder', { data: ascii('big') })))).toEqual(['big', 'big']);
});

test('the pickle may be packed, and so may a storage: PyTorch reads both', async () => {
  const packed = await read(writeZip(changed('data.pkl', { deflated: true, descriptor: false })));
  expect([packed.tensors.length, packed.problems]).toEqual([2, []]);
  const { tensors, problems } = await read(
    writeZip(changed('data/1', { deflated: true, descriptor: false })),
  );
  expect(problems).toEqual([]);
  const { source, start, length } = tensors[1]?.data ?? expect.unreachable();
  expect(await source.read(start, length)).toEqual(noise(20, 2));
});

test('a storage that is not there costs its tensor and no more', async () => {
  const { tensors, problems } = await read(writeZip(members.filter(({ name }) => !name.endsWith('data/1'))));
  expect(tensors.map(({ data }) => data === null)).toEqual([false, true]);
  expect(problems).toEqual(['1: its storage is not in the file']);
});

test('of two members with one name none is believed', async () => {
  const { tensors, problems } = await read(
    writeZip([...members, { name: 'archive/data/1', data: Buffer.alloc(20) }]),
  );
  expect(tensors.map(({ data }) => data === null)).toEqual([false, true]);
  expect(problems).toContain('1: two members of the archive have the name of its storage');
});

test.each([true, false])('a torn archive gives what is left, with descriptors: %s', async (descriptor) => {
  const bytes = writeZip(members.map((member) => ({ ...member, descriptor })));
  const { tensors, problems } = await read(bytes.subarray(0, bytes.indexOf('archive/version')));
  expect(tensors.map(({ shape, data }) => [shape, data !== null])).toEqual([
    [[3], true],
    [[5], true],
  ]);
  expect(problems[0]).toMatch(/the end of the archive is missing$/);
});

test('a torn archive whose pickle is cut off tells the tensors up to there', async () => {
  const bytes = writeTorchZip([3, 5, 7]);
  const cut = bytes.lastIndexOf('_rebuild_tensor_v2');
  const { tensors, problems } = await read(bytes.subarray(0, cut));
  expect(tensors.map(({ shape, data }) => [shape, data])).toEqual([
    [[3], null],
    [[5], null],
  ]);
  expect(problems[1]).toMatch(/^its pickle is cut off; stopped at byte \d+, in 2$/);
  expect(problems[2]).toBe(
    '0 of the 2 storages that it names up to there are there: at least 32 bytes of tensors are missing',
  );
});

test('elements are not read along, however near to each other their storages are', async () => {
  const source = bufferSource('a.pt', writeTorchZip(new Array<number>(40).fill(255)));
  const { tensors } = await readContents(source);
  expect(tensors).toHaveLength(40);
  expect(source.bytesRead).toBeLessThan(source.size / 2);
});

test('members that nothing refers to are told, and what the pickles among them would call', async () => {
  const stray = (name: string, data: Buffer) => ({ name: `archive/${name}`, data });
  const call = pickle('cposix\nsystem\n(', 'X\x01\0\0\0a', 'tR');
  const own = [stray('.data/serialization_id', ascii('1')), stray('extra/', Buffer.alloc(0))];
  const whole = await read(writeZip([...members, ...own]));
  expect([whole.entries.map(({ key }) => key), whole.trust]).toEqual([['0', '1'], 'tensors-only']);
  const { entries, trust, problems } = await read(
    writeZip([...members, stray('data/99', call), stray('notes.bin', noise(40, 3))]),
  );
  expect(entries.at(-1)).toEqual({
    key: 'other members',
    type: '2 members',
    summary:
      'nothing refers to data/99, notes.bin; 1 begins like a pickle; loading those would call posix.system',
  });
  expect([trust, problems]).toEqual(['tensors-only', []]);
  const named = await read(writeZip([...members, stray('data/98', pickle('cposix\nsystem\n'))]));
  expect(named.entries.at(-1)?.summary).toBe('nothing refers to data/98; 1 begins like a pickle');
});
