import { describe, expect, test } from 'vitest';
import { ByteReader } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import { ascii } from '../fixtures/bytes.ts';
import { pickle } from '../fixtures/write-torch.ts';
import { bufferSource } from '../source.ts';
import { PickleMachine } from './machine.ts';
import { PickledNames } from './pickled-names.ts';
import type { Value } from './value.ts';
import { walkPickle } from './walk-pickle.ts';

async function run(bytes: Buffer): Promise<PickleMachine> {
  const machine = new PickleMachine();
  await walkPickle(new ByteReader(bufferSource('a.pkl', bytes), 0, bytes.length, 1e6), machine.apply);
  return machine;
}

const result = async (...parts: (string | Buffer)[]): Promise<Value> =>
  (await run(pickle(...parts))).finish();
const tuple = (...items: Value[]): Value => ({ kind: 'tuple', items });
const list = (...items: Value[]): Value => ({ kind: 'list', items });
const dict = (...entries: [Value, Value][]): Value => ({ kind: 'dict', entries: new Map(entries) });
const name = (module: string, name: string, use: 'named' | 'made' | 'called' = 'named') =>
  ({ kind: 'name', module, name, use, unfollowed: 0, offset: expect.any(Number) }) as const;

describe('a pickle leaves behind', () => {
  test.each<[string, (string | Buffer)[], Value]>([
    ['a number', ['M\xe9\x03'], 1001],
    ['a negative number', ['J\xff\xff\xff\xff'], -1],
    ['a long number', ['\x8a\x09', Buffer.from('000000000000000080', 'hex')], -(2n ** 71n)],
    ['a longer number', ['\x8a\x11', Buffer.from(`${'00'.repeat(16)}01`, 'hex')], 2n ** 128n],
    ['a long number that fits', ['\x8a\x02\x00\xff'], -256],
    ['numbers in text', ['I7\nI01\nL-5L\n\x87'], tuple(7, true, -5)],
    ['floats', ['Finf\nG', Buffer.from('3ff8000000000000', 'hex'), '\x86'], tuple(Infinity, 1.5)],
    ['texts of all lengths', ['U\x01a\x8c\x01bX\x01\x00\x00\x00c\x87'], tuple('a', 'b', 'c')],
    ['a text with half a pair', ['X\x06\x00\x00\x00\xed\xa0\x80\xc3\xa4b'], '\ud800äb'],
    ['a text that is none', ['X\x02\x00\x00\x00a\xff'], 'a\ufffd'],
    [
      'a text of Python 2, which is bytes',
      ['U\x02a\xff'],
      { kind: 'bytes', start: 4, length: 2, content: Buffer.from([0x61, 0xff]), isText: true },
    ],
    ['texts with escapes', ["S'a\\n\\x41'\nVa\\u20ac\n\x86"], tuple('a\nA', 'a€')],
    ['truth and nothing', ['\x88\x89N\x87'], tuple(true, false, null)],
    ['tuples', [')K\x01\x85K\x02K\x03\x86\x87'], tuple(tuple(), tuple(1), tuple(2, 3))],
    ['a list that was filled in two ways', [']K\x01a(K\x02K\x03e'], list(1, 2, 3)],
    ['dicts', ['}U\x01aK\x01s(K\x02Nd\x86'], tuple(dict(['a', 1]), dict([2, null]))],
    ['a key that is a trap elsewhere', ['}U\x09__proto__K\x01s'], dict(['__proto__', 1])],
    [
      'what was remembered',
      ['U\x01aq\x05r\x07\x00\x00\x00p9\n\x940(h\x05j\x07\x00\x00\x00g9\nh\x03t'],
      tuple('a', 'a', 'a', 'a'),
    ],
    ['the value below what was dropped', ['K\x01(0(K\x021K\x030'], 1],
    ['the same twice', ['K\x012\x86'], tuple(1, 1)],
    [
      'a name, in both spellings',
      ['ctorch\nFloatStorage\nU\x01mU\x01n\x93\x86'],
      tuple(name('torch', 'FloatStorage'), name('m', 'n')),
    ],
    ['no name of what is none', ['K\x01K\x02\x93'], { kind: 'opaque', what: 'a name that is no text' }],
    ['where its bytes are', ['C\x02ab'], { kind: 'bytes', start: 4, length: 2, content: ascii('ab') }],
    ['an id of something outside', ['U\x01aQ'], { kind: 'persistent', id: 'a' }],
  ])('%s', async (_, parts, value) => {
    expect(await result(...parts)).toEqual(value);
  });

  test.each<[string, string[], 'made' | 'called']>([
    ['REDUCE', ['cos\nsystem\n(U\x02lstR'], 'called'],
    ['INST', ['(U\x02lsios\nsystem\n'], 'called'],
    ['OBJ', ['(cos\nsystem\nU\x02lso'], 'called'],
    ['NEWOBJ', ['cos\nsystem\nU\x02ls\x85\x81'], 'made'],
  ])('a call that is not made, of %s', async (_, parts, use) => {
    expect(await result(...parts)).toMatchObject({
      kind: 'call',
      callee: name('os', 'system', use),
      args: ['ls'],
      state: undefined,
    });
  });

  test('what is done to the result of a call', async () => {
    const call = await result('cm\nC\n)R}U\x01aK\x01sbU\x01kK\x02sK\x03a');
    expect(call).toMatchObject({
      state: dict(['a', 1]),
      items: [3],
      entries: new Map([['k', 2]]),
    });
  });
});

test('a pickle that breaks off leaves what it was filling, each where it was meant to be', async () => {
  const machine = new PickleMachine();
  const bytes = ascii('\x80\x02}(U\x01aK\x01U\x01b](K\x02K\x03cm\nC\n(K\x04');
  const reader = new ByteReader(bufferSource('a.pkl', bytes), 0, bytes.length, 1e6);
  await expect(walkPickle(reader, machine.apply)).rejects.toBeInstanceOf(Damage);
  expect(machine.finish()).toEqual(dict(['a', 1], ['b', list(2, 3, name('m', 'C'))]));
});

test('a name has the place of the first instruction that names it, counted in the file', async () => {
  const names = new PickledNames();
  const bytes = pickle('K\x010', 'cos\nsystem\n', 'U\x01mU\x01n\x93', 'cos\nsystem\n\x87');
  const reader = new ByteReader(bufferSource('a.pkl', bytes), 0, bytes.length, 1e6);
  await walkPickle(reader, new PickleMachine(names).apply);
  expect(names.all.map(({ name, offset }) => [name, offset])).toEqual([
    ['system', bytes.indexOf('cos\n')],
    ['n', bytes.indexOf('\x93', 0, 'latin1')],
  ]);
});

test('ids of things outside are kept in their order', async () => {
  const { persistent } = await run(pickle('U\x01aQ0', 'K\x01K\x02\x86Q'));
  expect(persistent.map(({ id }) => id)).toEqual(['a', tuple(1, 2)]);
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

test('a list of pairs counts among the parts of a pickle each time that a dictionary is made of it', async () => {
  const pairs = `]q\x00(${'K\x01K\x02\x86'.repeat(1000)}e0`;
  const made = 'ccollections\nOrderedDict\nh\x00\x85R0'.repeat(900);
  await expect(run(pickle(pairs, made, 'N'))).rejects.toThrow('more parts than are looked at');
});
