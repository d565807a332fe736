import { describe, expect, test } from 'vitest';
import { noise } from '../fixtures/bytes.ts';
import { writeNpy } from '../fixtures/write-others.ts';
import { pickle } from '../fixtures/write-torch.ts';
import { formatSuite } from '../format-suite.ts';
import { bufferSource } from '../source.ts';
import { checkStructure } from '../structure.ts';

const check = (bytes: Buffer) => checkStructure(bufferSource('a.npy', bytes));

formatSuite([
  { title: 'an array', fileName: 'a.npy', bytes: writeNpy("'<f8'", '(3, 4)', noise(96)), format: 'npy' },
  {
    title: 'an array of version 2',
    fileName: 'a.npy',
    bytes: writeNpy("'|b1'", '(7,)', noise(7), 2),
    format: 'npy',
  },
  {
    title: 'an array of objects',
    fileName: 'a.npy',
    bytes: writeNpy("'|O'", '(2,)', pickle(']')),
    format: 'npy',
  },
]);

describe('the bytes of an array', () => {
  test.each([
    ['a number', "'<f4'", '()', 4],
    ['text of four bytes a character', "'<U3'", '(2,)', 24],
    ['dates', "'<M8[ns]'", '(2,)', 16],
    ['records', "[('r', '<f4'), ('l', '<i8', (2, 3))]", '(2,)', 2 * 52],
    ['shapes of Python 2', "'>i2'", '(2L, 3L)', 12],
    ['nothing', "'<f8'", '(0, 5)', 0],
  ])('are counted for %s', async (_, type, shape, length) => {
    expect(await check(writeNpy(type, shape, noise(length)))).toMatchObject({ state: 'whole' });
    expect(await check(writeNpy(type, shape, noise(length + 1)))).toMatchObject({ state: 'torn' });
  });

  test.each(["'<q'", "[('a', [('b', '<f4')])]", "[('a', '<f4'), 5]"])(
    'are left open for %s',
    async (type) => {
      expect(await check(writeNpy(type, '(2,)', noise(8)))).toMatchObject({
        format: 'npy',
        state: 'unknown',
      });
    },
  );

  test('are missing when the shape asks for more than there can be', async () => {
    expect(await check(writeNpy("'<f8'", `(${'9'.repeat(400)},)`, noise(8)))).toMatchObject({
      state: 'torn',
    });
  });
});
