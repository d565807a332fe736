import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectFile } from '../contents/inspect-file.ts';
import { FileChangedError } from '../contents/open-files.ts';
import { float32, tensorOf } from '../tensors/naive.fixture.ts';
import { measureRun, type VersionToMeasure } from './measure-run.ts';

function version(id: string, tensors: Record<string, number[]>, closed: string[] = []): VersionToMeasure {
  return {
    id,
    open: async () => ({
      tensors: Object.entries(tensors).map(([name, values]) =>
        tensorOf('float32', [values.length], float32(values), { name }),
      ),
      state: null,
      assertUnchanged: async () => {},
      close: async () => void closed.push(id),
    }),
  };
}

test('the norm of each tensor is told for each version, and nothing where it is not there', async () => {
  const drift = await measureRun([version('a', { w: [3, 4] }), version('b', { w: [0, 0], v: [1] })]);
  expect(drift).toEqual({
    versions: ['a', 'b'],
    layers: [
      { name: 'w', norms: [5, 0] },
      { name: 'v', norms: [null, 1] },
    ],
    firstNan: null,
    incomplete: [],
  });
});

test('each version is told as soon as it was measured', async () => {
  const told: unknown[] = [];
  const versions = [version('a', { w: [3, 4] }), version('b', { w: [Number.NaN] })];
  await measureRun(versions, { onVersion: (measured) => told.push(measured) });
  expect(told).toEqual([
    { id: 'a', tensors: [{ name: 'w', norm: 5, hasNan: false, hasInfinite: false }] },
    { id: 'b', tensors: [{ name: 'w', norm: null, hasNan: true, hasInfinite: false }] },
  ]);
});

test('the first version with a NaN is found, with the tensors it is in', async () => {
  const { firstNan } = await measureRun([
    version('a', { w: [1], v: [-Infinity] }),
    version('b', { w: [Number.NaN], v: [1] }),
    version('c', { w: [Number.NaN], v: [Infinity] }),
  ]);
  expect(firstNan).toEqual({ id: 'b', tensors: ['w'] });
});

test('of a version that is written anew meanwhile nothing is told, of the others all', async () => {
  const written: VersionToMeasure = {
    id: 'b',
    open: async () => ({
      ...(await version('b', { w: [1] }).open()),
      state: null,
      assertUnchanged: async () => {
        throw new FileChangedError('b — it was written to — try again');
      },
    }),
  };
  const { layers } = await measureRun([version('a', { w: [3, 4] }), written, version('c', { w: [1] })]);
  expect(layers).toEqual([{ name: 'w', norms: [5, null, 1] }]);
});

test('every version is closed, also when the work is called off', async () => {
  const closed: string[] = [];
  const controller = new AbortController();
  const versions = ['a', 'b', 'c'].map((id) => version(id, { w: [1] }, closed));
  const work = measureRun(versions, {
    signal: controller.signal,
    onVersion: () => controller.abort(new Error('enough')),
  });
  await expect(work).rejects.toThrow('enough');
  expect(closed).toEqual(['a']);
});

test('a run that PyTorch wrote moves away from where it started', async () => {
  const folder = join(import.meta.dirname, '../../../build/sample-run/run/best_models');
  const files = readdirSync(folder).filter((name) => name.endsWith('.pt'));
  const { layers, firstNan } = await measureRun(
    files.slice(0, 4).map((id) => ({
      id,
      open: async () => {
        const inspection = await inspectFile(join(folder, id));
        return { ...inspection, tensors: inspection.contents.tensors };
      },
    })),
  );
  expect(firstNan).toBeNull();
  expect(layers.length).toBeGreaterThan(5);
  for (const { norms } of layers) expect(new Set(norms).size).toBeGreaterThan(1);
});
