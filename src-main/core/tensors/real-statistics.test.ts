import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { TensorStatistics } from '../../../shared/model/tensor-statistics.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { measureTensors } from './measure-tensors.ts';

/** What PyTorch says of the elements of each tensor, by `FILE: TENSOR`, in the order of `names`. */
interface Table {
  names: (keyof TensorStatistics)[];
  tensors: Record<string, (number | null)[]>;
}

const fixtures = join(import.meta.dirname, '../../../e2e/fixtures');
const { names, tensors }: Table = JSON.parse(readFileSync(join(fixtures, 'statistics.json'), 'utf8'));
const files = [...new Set(Object.keys(tensors).map((key) => key.split(': ')[0] ?? ''))];

async function measureFile(path: string): Promise<Map<string, TensorStatistics | null>> {
  const contents = await readContents(bufferSource(basename(path), readFileSync(join(fixtures, path))));
  const statistics = await measureTensors(contents.tensors);
  return new Map(contents.tensors.map(({ name }, index) => [`${path}: ${name}`, statistics[index] ?? null]));
}

test.each(files)('%s: statistics are those of PyTorch', async (path) => {
  const measured = await measureFile(path);
  const expected = Object.entries(tensors).filter(([key]) => key.startsWith(`${path}: `));
  for (const [key, numbers] of expected) {
    const found = measured.get(key);
    for (const [index, name] of names.entries()) {
      expectClose(found?.[name], numbers[index] ?? null, `${key}, ${name}`);
    }
  }
});

/** To 1e-6 relative; counts exactly, being whole. */
function expectClose(found: unknown, expected: number | null, note: string): void {
  if (expected === null) expect(found, note).toBeNull();
  else
    expect(Math.abs(Number(found) - expected), note).toBeLessThanOrEqual(1e-6 * Math.abs(expected) + 1e-15);
}
