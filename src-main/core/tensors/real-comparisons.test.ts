import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Inspection, inspectFile } from '../contents/inspect-file.ts';
import type { StoredValues, Tensor } from '../formats/contents.ts';
import { type Comparison, compareTensors } from './compare-tensors.ts';

/** What PyTorch says of how far two tensors are apart, by their name, in the order of `names`: build/sample-run/fixture_comparisons.py. */
interface Table {
  names: (keyof Comparison)[];
  tensors: Record<string, (number | null)[]>;
}

const folder = join(import.meta.dirname, '../../../e2e/fixtures/comparisons');
const { names, tensors }: Table = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));

let [a, b]: Inspection[] = [];
beforeAll(async () => {
  a = await inspectFile(join(folder, 'a.pt'));
  b = await inspectFile(join(folder, 'b.pt'));
});
afterAll(async () => {
  await a?.close();
  await b?.close();
});

const tensorOf = (file: Inspection | undefined, name: string): Tensor =>
  file?.contents.tensors.find((tensor) => tensor.name === name) ?? expect.unreachable();

test.each(Object.entries(tensors))(
  '%s: the two are as far apart as PyTorch finds them',
  async (name, expected) => {
    const [found] = await compareTensors([{ a: tensorOf(a, name), b: tensorOf(b, name) }], {});
    if (found === 'same') expect([expected[0], expected[4] ?? 0]).toEqual([0, 0]);
    else
      for (const [index, measure] of names.entries())
        expectClose(found?.[measure], expected[index] ?? null, measure);
  },
);

/** To 1e-6 relative. */
function expectClose(found: number | null | undefined, expected: number | null, note: string): void {
  if (expected === null) expect(found, note).toBeNull();
  else
    expect(Math.abs(Number(found) - expected), `${note} ${found}`).toBeLessThanOrEqual(
      1e-6 * Math.abs(expected) + 1e-12,
    );
}

const sparse = (...change: [name: string, change: (tensor: Tensor) => Tensor]) => change;
const withIndices = (tensor: Tensor, change: (index: StoredValues) => StoredValues): Tensor => ({
  ...tensor,
  places: tensor.places && { ...tensor.places, indices: tensor.places.indices.map(change) },
});

test.each([
  sparse('coo', (tensor) => ({ ...tensor, places: tensor.places && { ...tensor.places, layout: 'csr' } })),
  sparse('csr', (tensor) => ({ ...tensor, places: undefined })),
  sparse('coo', (tensor) => withIndices(tensor, (index) => ({ ...index, data: null }))),
  sparse('csr', (tensor) => withIndices(tensor, (index) => ({ ...index, data: null }))),
  sparse('coo', (tensor) => ({ ...tensor, shape: [6, 2] })),
  sparse('csr', (tensor) => ({ ...tensor, shape: [2, 2] })),
  sparse('coo', (tensor) => ({ ...tensor, values: tensor.values && { ...tensor.values, data: null } })),
])('%s: a sparse tensor whose places are not as they should be is not compared', async (name, change) => {
  const tensor = tensorOf(a, name);
  const [same, broken] = await compareTensors(
    [
      { a: tensor, b: tensor },
      { a: tensor, b: change(tensor) },
    ],
    {},
  );
  expect(same).toMatchObject({ l2: 0, changed: 0 });
  expect(broken).toBeNull();
});
