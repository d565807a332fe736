import { expect, test } from 'vitest';
import type { Json } from '../../../../shared/model/json.ts';
import { ascii, u32 } from '../fixtures/bytes.ts';
import { pickle } from '../fixtures/write-torch.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

const text = (value: string): Buffer => Buffer.concat([ascii('X'), u32(value.length), ascii(value)]);

/** What the metadata of a checkpoint is told as, when it is this. */
async function tell(...parts: (string | Buffer)[]): Promise<Json> {
  const bytes = pickle('}', text('metadata'), ...parts, 's');
  return (await readContents(bufferSource('a.pkl', bytes))).metadata;
}

const node = (name: string, value: string) => `comegaconf.nodes\n${name}\n)\x81}U\x04_val${value}sb`;

test.each<[string, (string | Buffer)[], Json]>([
  ['numbers that JSON lacks', ['(Fnan\nFinf\nF-inf\nl'], [Number.NaN, Infinity, -Infinity]],
  ['a number beyond 2^53', ['\x8a\x08\x01\x00\x00\x00\x00\x00\x00\x10'], 2n ** 60n + 1n],
  [
    'keys that are no texts',
    ['}(K\x01NN\x88\x89\x88K\x01K\x02\x86Nu'],
    { 1: null, None: true, False: true, '(1, 2)': null },
  ],
  ['a key that is a trap elsewhere', ['}U\x09__proto__K\x01s'], JSON.parse('{"__proto__": 1}')],
  ['an ordered dict', ['ccollections\nOrderedDict\n)RU\x01aK\x01s'], { a: 1 }],
  ['a counter', ['ccollections\nCounter\n}(U\x01aK\x03U\x01bK\x01u\x85R'], { a: 3, b: 1 }],
  [
    'an ordered dict of Python 2',
    ['ccollections\nOrderedDict\n](](U\x01aK\x01e](U\x01bK\x02ee\x85R'],
    { a: 1, b: 2 },
  ],
  ['a deque', ['ccollections\ndeque\n](K\x01K\x02eK\x05\x86R'], [1, 2]],
  ['a set', ['c__builtin__\nset\n](K\x01K\x02e\x85R'], [1, 2]],
  ['a namespace', ['cargparse\nNamespace\n)\x81}U\x02lrK\x03sb'], { lr: 3 }],
  ['a path', ['cpathlib\nPosixPath\n(U\x01/U\x03runU\x01atR'], '/run/a'],
  ['a device', ['ctorch\ndevice\nU\x03cpu\x85R'], 'cpu'],
  ['a class', ['ctorch\nfloat32\n'], 'torch.float32'],
  [
    'a number of numpy',
    [
      'cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\nU\x02f8K\x00K\x01\x87R(K\x03U\x01<NNNtbC\x08',
      Buffer.from('000000000000f83f', 'hex'),
      '\x86R',
    ],
    1.5,
  ],
  [
    'a config of omegaconf',
    [
      `comegaconf.dictconfig\nDictConfig\n)\x81}U\x08_content}(U\x02lr${node('FloatNode', 'K\x03')}U\x01n${node('AnyNode', 'N')}usb`,
    ],
    { lr: 3, n: null },
  ],
  ['an instance of a class of the trainer', ['ctrainer\nState\n)\x81}U\x04stepK\x07sb'], { step: 7 }],
  ['a call of unknown code', ['ctrainer\nload\n)R'], 'trainer.load(…)'],
])('%s', async (_, parts, told) => {
  expect(await tell(...parts)).toEqual(told);
});

test('a long list is cut, and says by how much', async () => {
  const told = await tell('(', Buffer.alloc(60_000, 'K\x07'), 'l');
  const items = told as Json[];
  expect(items.length).toBeLessThan(20_002);
  expect(items.at(-1)).toBe(`… ${30_000 - items.length + 1} more`);
});

test('what is nested too deep is left out', async () => {
  const told = JSON.stringify(await tell(']'.repeat(500), 'a'.repeat(499)));
  expect(told).toMatch(/^\[+"…"\]+$/);
});
