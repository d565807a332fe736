import { describe, expect, test } from 'vitest';
import { noise, u32 } from '../fixtures/bytes.ts';
import { writeNpy } from '../fixtures/write-others.ts';
import { torchMembers, writeTorchZip } from '../fixtures/write-torch.ts';
import { writeZip, type ZipMember } from '../fixtures/write-zip.ts';
import { formatSuite } from '../format-suite.ts';
import { bufferSource, positionalSource, type Source } from '../source.ts';
import { checkStructure } from '../structure.ts';

const member = (name: string, more: Partial<ZipMember> = {}): ZipMember => ({
  name,
  data: noise(20),
  ...more,
});
const check = (bytes: Buffer) => checkStructure(bufferSource('model.pt', bytes));
const checkMembers = (...members: ZipMember[]) => check(writeZip(members));

formatSuite([
  { title: 'a torch zip', fileName: 'a.pt', bytes: writeTorchZip(), format: 'torch-zip' },
  {
    title: 'a zip64 torch zip',
    fileName: 'a.pt',
    bytes: writeTorchZip([3], { zip64: true }),
    format: 'torch-zip',
  },
  {
    title: 'a TorchScript archive',
    fileName: 'a.pt',
    bytes: writeZip([
      member('m/code/m.py', { deflated: true }),
      member('m/constants.pkl'),
      member('m/data.pkl'),
    ]),
    format: 'torchscript',
    isRead: false,
  },
  {
    title: 'a stable-baselines3 zip with a torch zip in it',
    fileName: 'best_model.zip',
    bytes: writeZip([
      member('data'),
      member('policy.pth', { data: writeTorchZip() }),
      member('pytorch_variables.pth'),
    ]),
    format: 'sb3',
    isRead: false,
  },
  {
    title: 'arrays of numpy',
    fileName: 'evaluations.npz',
    bytes: writeZip([member('timesteps.npy', { data: writeNpy("'<i8'", '(2,)', noise(16)), wide: true })]),
    format: 'npz',
  },
  {
    title: 'a Keras archive',
    fileName: 'a.keras',
    bytes: writeZip(['metadata.json', 'config.json', 'model.weights.h5'].map((name) => member(name))),
    format: 'keras',
    isRead: false,
  },
  {
    title: 'any zip',
    fileName: 'a.zip',
    bytes: writeZip([member('notes.txt')]),
    format: 'zip',
    isRead: false,
  },
  {
    title: 'a zip with a comment',
    fileName: 'a.zip',
    bytes: writeZip([member('a')], { comment: 'by hand' }),
    format: 'zip',
    isRead: false,
  },
  { title: 'an empty zip', fileName: 'a.zip', bytes: writeZip([]), format: 'zip', isRead: false },
  { title: 'an npz of no arrays', fileName: 'a.npz', bytes: writeZip([]), format: 'npz' },
]);

describe('a torn archive', () => {
  test('says how much is there, and what it was', async () => {
    const half = writeTorchZip().subarray(0, 700);
    expect(await check(half)).toEqual({
      format: 'torch-zip',
      state: 'torn',
      detail: '700 bytes: the end of the archive is missing',
    });
  });

  test('is torn also when the cut leaves the end of an archive inside it at the end', async () => {
    const inner = writeTorchZip();
    const outer = writeZip([member('data'), member('policy.pth', { data: inner }), member('z')]);
    const cut = outer.indexOf(inner) + inner.length;
    expect(await check(outer.subarray(0, cut))).toMatchObject({ state: 'torn' });
  });

  test('says when its end is zeros, and when something follows it', async () => {
    const bytes = writeTorchZip();
    const zeros = Buffer.from(bytes).fill(0, 600);
    expect((await check(zeros)).detail).toMatch(/are zeros: it was cut off, or its end was never written/);
    const longer = Buffer.concat([bytes, noise(12)]);
    expect((await check(longer)).detail).toContain('the last 12 are not of the archive');
  });

  test('is torn when bytes in its middle are gone or doubled', async () => {
    const bytes = writeTorchZip();
    const middle = bytes.length >> 1;
    const shorter = Buffer.concat([bytes.subarray(0, middle), bytes.subarray(middle + 1)]);
    const longer = Buffer.concat([bytes.subarray(0, middle), bytes.subarray(middle - 1)]);
    expect(await check(shorter)).toMatchObject({ state: 'torn' });
    expect(await check(longer)).toMatchObject({ state: 'torn' });
  });
});

describe('a directory that does not fit the members is torn', () => {
  const bytes = writeZip([member('first'), member('second')]);
  const directory = bytes.indexOf('PK\x01\x02');
  const second = bytes.indexOf('PK\x01\x02', directory + 1);
  const overwrite = (at: number, number: number) => {
    const copy = Buffer.from(bytes);
    u32(number).copy(copy, at);
    return check(copy);
  };

  test.each([
    ['a member outside the file', second + 42, 1e6, 'second: its place is not inside the archive'],
    [
      'two members at one place',
      second + 42,
      0,
      'its place is not inside the archive, or overlaps another member',
    ],
    ['a member where no header is', second + 42, 58, 'second: its header is not where the directory says'],
    [
      'a member longer than the room for it',
      directory + 20,
      1000,
      'first: its place is not inside the archive',
    ],
    [
      'two sizes of a stored member',
      directory + 20,
      10,
      'first: it is stored as it is, but its two sizes differ',
    ],
    ['a count that is too high', bytes.length - 14, 0x00030003, 'has 2 members, its end record says 3'],
    [
      'a directory outside the file',
      bytes.length - 6,
      1e6,
      'the directory of the archive is not inside the file',
    ],
    ['a directory somewhere else', bytes.length - 6, 3, 'the directory of the archive is broken at member 1'],
  ])('%s', async (_, at, number, sentence) => {
    const structure = await overwrite(at, number);
    expect(structure.state).toBe('torn');
    expect(structure.detail).toContain(sentence);
  });

  test('a member whose own header has another name', async () => {
    const structure = await checkMembers(...torchMembers([3]), member('data.pkl', { localName: 'datap.kl' }));
    expect(structure).toMatchObject({
      state: 'torn',
      detail: 'data.pkl: its own header has another name than the directory',
    });
  });
});

describe('members that make a format', () => {
  test.each([
    ['archive/data.pkl', ['archive/version', 'archive/data/0'], 'torch-zip'],
    ['m/data.pkl', ['m/constants.pkl', 'm/version', 'm/data/0', 'm/code/m.py'], 'torchscript'],
    ['policy.pth', ['data', '_stable_baselines3_version'], 'sb3'],
    ['data', ['policy.pth', '_stable_baselines3_version'], 'sb3'],
    ['model.weights.h5', ['config.json', 'metadata.json'], 'keras'],
  ])('%s is missed', async (missing, names, format) => {
    const structure = await checkMembers(...names.map((name) => member(name)));
    expect(structure).toEqual({ format, state: 'torn', detail: `${missing} is missing from the archive` });
  });

  test('may be given once only', async () => {
    const structure = await checkMembers(...torchMembers([3]), ...torchMembers([4]));
    expect(structure).toMatchObject({ format: 'torch-zip', state: 'unknown' });
    expect(structure.detail).toContain('archive/data.pkl: two members have this name');
  });
});

test('an encrypted member may be longer than what is in it', async () => {
  const bytes = writeZip([member('first'), member('second')]);
  const entry = bytes.indexOf('PK\x01\x02');
  bytes.writeUInt8(1, entry + 8);
  bytes.writeUInt32LE(8, entry + 24);
  expect(await check(bytes)).toMatchObject({ state: 'whole' });
});

test('a name goes into a sentence as plain, short text', async () => {
  const name = `evil\n\u202e\x1b[31m${'x'.repeat(500)}`;
  const { detail } = await checkMembers(member('a'), member(name, { localName: 'other' }));
  expect(detail).toMatch(/^evil\\u\{a\}\\u\{202e\}\\u\{1b\}\[31mx{60,80}…: its own header/);
});

test('an archive of 10 GB is checked by reading less than 1 MB', async () => {
  const members = torchMembers(Array.from({ length: 500 }, () => 2)).map((each) => ({ ...each, wide: true }));
  const source = stretched(writeZip(members, { zip64: true }), 10 * 2 ** 30);
  expect(source.size).toBeGreaterThan(10 * 2 ** 30);
  expect(await checkStructure(source)).toEqual({ format: 'torch-zip', state: 'whole', detail: null });
  expect(source.bytesRead).toBeLessThan(1e6);
});

/** A zip64 archive whose last member has so many more bytes, which are not in memory. */
function stretched(bytes: Buffer, hole: number): Source {
  const directory = bytes.indexOf('PK\x01\x02');
  const zip64End = bytes.length - 22 - 20 - 56;
  const lastEntry = bytes.lastIndexOf('PK\x01\x02');
  const wideField = bytes.indexOf(Buffer.from('01001800', 'hex'), lastEntry) + 4;
  for (const at of [wideField, wideField + 8, zip64End + 48, zip64End + 56 + 8]) {
    bytes.writeBigUInt64LE(bytes.readBigUInt64LE(at) + BigInt(hole), at);
  }
  return positionalSource('big.pt', bytes.length + hole, async (offset, length) => {
    const start = offset < directory ? offset : Math.max(directory, offset - hole);
    return Buffer.concat([Buffer.alloc(length), bytes.subarray(start, start + length)]).subarray(-length);
  });
}
