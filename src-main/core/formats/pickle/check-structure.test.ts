import { describe, expect, test } from 'vitest';
import { ascii, noise, seededRandom, u32, u64 } from '../fixtures/bytes.ts';
import { pickle } from '../fixtures/write-torch.ts';
import { formatSuite } from '../format-suite.ts';
import { bufferSource } from '../source.ts';
import { checkStructure } from '../structure.ts';
import { opcodes } from './opcodes.ts';

const check = (bytes: Buffer, name = 'a.pkl') => checkStructure(bufferSource(name, bytes));

const protocol5 = Buffer.concat([
  ascii('\x80\x05\x95'),
  u64(60),
  ascii('}\x94\x8c\x04data\x94\x8e'),
  u64(700),
  noise(700),
  ascii('\x94s.'),
]);

formatSuite([
  {
    title: 'a protocol 2 pickle',
    fileName: 'a.pkl',
    bytes: pickle(']q\x00(K\x01M\x02\x03e'),
    format: 'pickle',
  },
  { title: 'a protocol 5 pickle with a long array', fileName: 'a.bin', bytes: protocol5, format: 'pickle' },
  {
    title: 'a protocol 0 pickle',
    fileName: 'a.pkl',
    bytes: ascii("(dp0\nS'a'\np1\nI1\nsVtext\np2\nI2\ns."),
    format: 'pickle',
  },
]);

test('all 68 instructions of protocols 0 to 5 are known', () => {
  expect(opcodes.size).toBe(68);
  expect(new Set([...opcodes.values()].map(({ name }) => name)).size).toBe(68);
});

describe('a pickle', () => {
  test('of several pickles, one after another, is whole', async () => {
    expect(await check(Buffer.concat([pickle('N'), pickle('K\x01')]))).toMatchObject({ state: 'whole' });
  });

  test('with something else after its end is left open', async () => {
    const structure = await check(Buffer.concat([pickle('N'), ascii('??')]));
    expect(structure.detail).toBe('2 bytes that are no pickle follow the end of the pickle');
    expect(structure.state).toBe('unknown');
  });

  test('says where it holds what is no instruction', async () => {
    expect((await check(pickle('\xff'))).detail).toBe(
      '4 bytes: its pickle is broken at byte 2: 0xff is no instruction',
    );
  });

  test('of joblib is left open', async () => {
    const bytes = pickle('cjoblib.numpy_pickle\nNumpyArrayWrapper\n\xff');
    expect(await check(bytes)).toMatchObject({ state: 'unknown' });
  });

  test('whose length points beyond the file, however far, is torn', async () => {
    for (const bytes of [
      pickle('B', u32(2 ** 32 - 1)),
      pickle('\x8e', u64(2n ** 62n)),
      pickle('\x8b', u32(2 ** 31)),
    ]) {
      expect(await check(bytes)).toMatchObject({ state: 'torn' });
    }
  });

  test('of protocol 0 is known by its name, or by what it names of Python first', async () => {
    expect(await check(ascii('(lp0\n.'), 'notes.txt')).toMatchObject({ format: 'unknown' });
    for (const start of ['', '(', 'I1\n0', ']('])
      expect(await check(ascii(`${start}cposix\nsystem\n(S'true'\ntR.`), 'model.pt')).toMatchObject({
        format: 'pickle',
      });
    for (const text of ['call\nme\nlater', 'c++ is\nfine', '# config\nlr: 3'])
      expect(await check(ascii(text), 'model.pt')).toMatchObject({ format: 'unknown' });
  });
});

test('a pickle with 100 MB of arrays is walked by reading little of it', async () => {
  const array = Buffer.concat([ascii('B'), u32(1e6), Buffer.alloc(1e6)]);
  const bytes = pickle('(', ...Array.from({ length: 100 }, () => array), 't');
  const source = bufferSource('buffer.pkl', bytes);
  expect(await checkStructure(source)).toMatchObject({ state: 'whole' });
  expect(source.bytesRead).toBeLessThan(5e5);
});

test('a pickle of millions of numbers is left open, after 4 MiB at most', async () => {
  const bytes = pickle('(', Buffer.alloc(10e6, 'K\x07'), 't');
  const source = bufferSource('numbers.pkl', bytes);
  expect(await checkStructure(source)).toMatchObject({ state: 'unknown' });
  expect(source.bytesRead).toBeLessThan(5e6);
  expect(await check(bytes.subarray(0, -2))).toMatchObject({ state: 'torn' });
});

test('a line longer than any buffer is skipped to its end', async () => {
  const long = 'x'.repeat(300_000);
  expect(await check(ascii(`(V${long}\nc${long}\n${long}\nt.`))).toMatchObject({ state: 'whole' });
  expect(await check(ascii(`(V${long}`))).toMatchObject({ state: 'torn' });
});

test('programs of random instructions never throw, neither in a pickle nor in a legacy stream', async () => {
  const codes = [...opcodes.keys()];
  const start = Buffer.from('80028a0a6cfc9c46f9206aa850192e80024de9032e', 'hex');
  for (let seed = 1; seed <= 1000; seed += 1) {
    const random = seededRandom(seed);
    const program = Array.from({ length: 40 }, () => [
      codes[random(codes.length)] ?? 0,
      ...noise(random(4), seed),
    ]);
    const bytes = pickle(Buffer.from(program.flat()));
    await check(bytes);
    await check(Buffer.concat([start, pickle('}'), bytes, pickle(']')]));
  }
});
