import { describe, expect, test } from 'vitest';
import { ByteReader } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import { ascii } from '../fixtures/bytes.ts';
import { pickle } from '../fixtures/write-torch.ts';
import { bufferSource } from '../source.ts';
import { SymbolicStack, type Value } from './symbolic-stack.ts';
import { walkPickle } from './walk-pickle.ts';

async function run(bytes: Buffer): Promise<{ result: Value; ids: Value[] }> {
  const ids: Value[] = [];
  const stack = new SymbolicStack((id) => ids.push(id));
  await walkPickle(new ByteReader(bufferSource('a.pkl', bytes), 0, bytes.length, 1e6), stack.apply);
  return { result: stack.result, ids };
}

const result = async (...parts: string[]): Promise<Value> => (await run(pickle(...parts))).result;

describe('a pickle leaves behind', () => {
  test.each<[string, string[], Value]>([
    ['a number', ['M\xe9\x03'], 1001],
    ['a negative number', ['J\xff\xff\xff\xff'], -1],
    ['texts of all lengths', ['U\x01a\x8c\x01bX\x01\x00\x00\x00c\x87'], ['a', 'b', 'c']],
    ['tuples', [')K\x01\x85K\x02K\x03\x86\x87'], [[], [1], [2, 3]]],
    ['a list that was filled in two ways', [']K\x01a(K\x02K\x03e'], [1, 2, 3]],
    [
      'what was remembered',
      ['U\x01aq\x05r\x07\x00\x00\x00p9\n\x940(h\x05j\x07\x00\x00\x00g9\nh\x03t'],
      ['a', 'a', 'a', 'a'],
    ],
    ['the value below what was dropped', ['K\x01(0(K\x021K\x030'], 1],
    ['the same twice', ['K\x012\x86'], [1, 1]],
    [
      'a name, in both spellings',
      ['ctorch\nFloatStorage\nU\x01mU\x01n\x93\x86'],
      [
        { module: 'torch', name: 'FloatStorage' },
        { module: 'm', name: 'n' },
      ],
    ],
    ['nothing of what it would call', ['cos\nsystem\n(U\x02lstR'], null],
    ['nothing of a name that is none', ['K\x01K\x02\x93'], null],
  ])('%s', async (_, parts, value) => {
    expect(await result(...parts)).toEqual(value);
  });
});

test('persistent ids are shown as they come', async () => {
  const { ids } = await run(pickle('U\x01aQ0', 'K\x01K\x02\x86Q'));
  expect(ids).toEqual(['a', [1, 2]]);
});

describe('a pickle is damaged when it takes what is not there', () => {
  test.each([
    ['a value', 'R'],
    ['a value below a mark', 'K\x01(\x85'],
    ['a mark', 'K\x01t'],
    ['a memory', 'h\x07'],
    ['a result', ''],
  ])('%s', async (_, program) => {
    await expect(run(ascii(`\x80\x02${program}.`))).rejects.toBeInstanceOf(Damage);
  });
});
