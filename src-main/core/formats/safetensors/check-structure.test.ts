import { describe, expect, test } from 'vitest';
import { noise, u64 } from '../fixtures/bytes.ts';
import { safetensorsOf, writeSafetensors } from '../fixtures/write-others.ts';
import { formatSuite } from '../format-suite.ts';
import { bufferSource } from '../source.ts';
import { checkStructure } from '../structure.ts';

const check = (bytes: Buffer) => checkStructure(bufferSource('model.safetensors', bytes));
const tensor = (begin: number, end: number, shape = [(end - begin) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

formatSuite([
  { title: 'safetensors', fileName: 'a.safetensors', bytes: writeSafetensors(), format: 'safetensors' },
  {
    title: 'safetensors without tensors',
    fileName: 'a.bin',
    bytes: safetensorsOf('{} ', noise(0)),
    format: 'safetensors',
  },
]);

test('a safetensors file says how much of it is missing, or too much', async () => {
  const bytes = writeSafetensors([3, 5]);
  const size = bytes.length;
  expect((await check(bytes.subarray(0, -5))).detail).toBe(
    `${size - 5} of ${size} bytes: the end of the file is missing`,
  );
  expect((await check(Buffer.concat([bytes, noise(1)]))).detail).toContain('something was added at the end');
});

test.each([2, 3, 4, 5])(
  'a header whose length begins as a pickle of protocol %i does is a header',
  async (protocol) => {
    const length = protocol * 256 + 0x80;
    expect(await check(safetensorsOf('{}'.padEnd(length), noise(0)))).toMatchObject({
      state: 'whole',
      format: 'safetensors',
    });
  },
);

test('types that are not known are taken as the header gives them, narrow ones by their bits', async () => {
  const header = { a: tensor(0, 3, [6], 'F4'), b: tensor(3, 10, [2], 'F1024') };
  expect(await check(safetensorsOf(header, noise(10)))).toMatchObject({ state: 'whole' });
});

test('an empty tensor may begin where another one does', async () => {
  const header = { full: tensor(0, 16), empty: tensor(0, 0), last: tensor(16, 16) };
  expect(await check(safetensorsOf(header, noise(16)))).toMatchObject({ state: 'whole' });
});

describe('a header is torn', () => {
  const data = noise(16);
  test.each([
    [
      'with a hole',
      { a: tensor(0, 4), b: tensor(8, 16) },
      'tensor b does not begin where the one before it ends',
    ],
    ['with an overlap', { a: tensor(0, 12), b: tensor(8, 16) }, 'tensor b does not begin where'],
    ['not starting at 0', { a: tensor(4, 16) }, 'tensor a does not begin where'],
    ['with a range backwards', { a: tensor(0, 16), b: tensor(16, 8, [1]) }, 'tensor b is not as long as'],
    ['with negative offsets', { a: tensor(-4, 12) }, 'does not say where tensor a is'],
    ['with offsets that are no whole numbers', { a: tensor(0, 4.5, [1]) }, 'does not say where tensor a is'],
    [
      'with a shape that asks for more',
      { a: tensor(0, 16, [5]) },
      'tensor a is not as long as its shape and type say',
    ],
    ['with an endless shape', { a: tensor(0, 16, [2 ** 52, 2 ** 52]) }, 'tensor a is not as long as'],
    ['with another kind of entry', { a: [1, 2] }, 'does not say where tensor a is'],
    ['that claims the prototype', '{"__proto__":{"dtype":"F32"}}', 'does not say where tensor __proto__ is'],
    ['that is cut short', '{"a":', 'its header is not readable as JSON'],
    ['that is too deep', '{"a":'.repeat(50_000), 'its header is not readable as JSON'],
    ['that is not text', Buffer.from('{"\xff": 1}', 'latin1'), 'its header is not readable as JSON'],
  ])('%s', async (_, header, sentence) => {
    const structure = await check(safetensorsOf(header, data));
    expect(structure).toMatchObject({ format: 'safetensors', state: 'torn' });
    expect(structure.detail).toContain(sentence);
  });

  test('longer than the file', async () => {
    const bytes = Buffer.concat([u64(90_000_000), Buffer.from('{"a":')]);
    expect((await check(bytes)).detail).toBe('13 bytes: its header alone has 90,000,008');
  });

  test('longer than any header may be is no safetensors header', async () => {
    expect(await check(Buffer.concat([u64(2n ** 64n - 1n), Buffer.from('{}')]))).toMatchObject({
      format: 'unknown',
    });
  });
});

test('a header longer than a single read is read in parts', async () => {
  const header = JSON.stringify({ a: tensor(0, 16) }) + ' '.repeat(17 * 1024 * 1024);
  expect(await check(safetensorsOf(header, noise(16)))).toMatchObject({ state: 'whole' });
});
