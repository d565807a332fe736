import { describe, expect, test } from 'vitest';
import { noise, u64 } from '../fixtures/bytes.ts';
import { writeTorchLegacy } from '../fixtures/write-torch.ts';
import { formatSuite } from '../format-suite.ts';
import { bufferSource } from '../source.ts';
import { checkStructure } from '../structure.ts';

const check = (bytes: Buffer) => checkStructure(bufferSource('model.pt', bytes));

formatSuite([
  {
    title: 'a legacy torch stream',
    fileName: 'a.pt',
    bytes: writeTorchLegacy([3, 0, 5]),
    format: 'torch-legacy',
  },
  { title: 'one without tensors', fileName: 'a.pt', bytes: writeTorchLegacy([]), format: 'torch-legacy' },
]);

describe('a legacy stream', () => {
  const bytes = writeTorchLegacy([3, 5]);

  test('says in which storage it ends', async () => {
    const { detail } = await check(bytes.subarray(0, -1));
    expect(detail).toBe(`${bytes.length - 1} of ${bytes.length} bytes: it ends in storage 2 of 2`);
  });

  test('is torn when something follows its last storage', async () => {
    expect(await check(Buffer.concat([bytes, noise(3)]))).toMatchObject({
      format: 'torch-legacy',
      state: 'torn',
    });
  });

  test.each([0, 4, 6, 2 ** 40, 2n ** 63n])(
    'is torn when a storage of 5 elements claims %d',
    async (count) => {
      const damaged = Buffer.from(bytes);
      u64(count).copy(damaged, bytes.length - 28);
      expect(await check(damaged)).toMatchObject({ format: 'torch-legacy', state: 'torn' });
    },
  );

  test('is left open when the type of a storage is not known', async () => {
    const strange = Buffer.from(bytes.toString('latin1').replace('FloatStorage', 'XloatStorage'), 'latin1');
    expect(await check(strange)).toMatchObject({
      state: 'unknown',
      detail: 'storage 0 is of a type that is not known',
    });
  });

  test('is torn when its protocol number is another one', async () => {
    const other = Buffer.from(bytes).fill(7, 18, 19);
    expect(await check(other)).toMatchObject({ format: 'torch-legacy', state: 'torn' });
  });
});
