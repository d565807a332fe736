import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asInspection } from '../driver/json-shapes.ts';
import { runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const files = join(fixtures, 'hdf5');

interface Measured {
  format: string;
  tensors: { name: string; dtype: string; shape: number[]; stats?: { min: number; max: number } }[];
  problems: string[];
}

async function inspect(path: string) {
  const { stdout, code } = await runCli(['inspect', path, '--json']);
  return { code, ...asInspection(JSON.parse(stdout)) };
}

async function measure(path: string): Promise<Measured & { code: number | null }> {
  const { stdout, code } = await runCli(['inspect', path, '--json', '--stats']);
  return { code, ...JSON.parse(stdout) };
}

test('inspect finds in a file of HDF5 the datasets that h5py finds, and what numpy finds in them', async () => {
  const expected = JSON.parse(await readFile(join(fixtures, 'hdf5.expected.json'), 'utf8'))['keras2.h5'];
  const { tensors, format, problems, code } = await measure(join(files, 'keras2.h5'));
  expect({ format, problems, code }).toEqual({ format: 'hdf5', problems: [], code: 0 });
  const found = tensors.map(({ name, dtype, shape, stats }) => [
    name,
    { dtype, shape, min: stats?.min, max: stats?.max },
  ]);
  const wanted = Object.entries<{ dtype: string; shape: number[]; min: number; max: number }>(expected).map(
    ([name, { dtype, shape, min, max }]) => [name, { dtype, shape, min, max }],
  );
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
});

test('inspect looks into the weights of a Keras archive, packed or not, and says what was noted beside them', async () => {
  for (const name of ['policy.keras', 'packed.keras']) {
    const { format, tensors, metadata, trust, problems, totals } = await inspect(join(files, name));
    expect({ format, metadata, trust, problems, tensors: totals.tensors }).toEqual({
      format: 'keras',
      metadata: { keras_version: '3.9.0', date_saved: '2026-03-02@09:00:00' },
      trust: 'needs-classes',
      problems: [],
      tensors: 20,
    });
    expect(tensors).toContainEqual(
      expect.objectContaining({ name: 'layers.dense.vars.0', dtype: 'float32', shape: [3, 4] }),
    );
  }
});

test('inspect follows nothing that leads out of an HDF5 file, and says so', async () => {
  const folder = await tempFolder('hdf5');
  await copyFile(join(files, 'links.h5'), join(folder, 'links.h5'));
  await copyFile(join(files, 'types.h5'), join(folder, 'types.h5'));
  const { problems, code, tensors } = await measure(join(folder, 'links.h5'));
  expect(code).toBe(1);
  expect(problems).toContain('outside: a link to another file, /etc/passwd, which is not opened');
  expect(problems).toContain('passwd: its elements are in another file, /etc/passwd, which is not opened');
  expect(tensors.filter(({ stats }) => stats).map(({ name }) => name)).toEqual(['same', 'weights']);
});

test('files of Keras are versions of their run', async () => {
  const run = join(await tempFolder('hdf5'), 'run');
  await mkdir(run);
  await copyFile(join(files, 'policy.keras'), join(run, 'model.01-0.52.keras'));
  await copyFile(join(files, 'policy.weights.h5'), join(run, 'cp-0002.weights.h5'));
  await copyFile(join(files, 'keras2.h5'), join(run, 'weights.03-0.47.hdf5'));
  const { stdout, code } = await runCli(['verify', run, '--json']);
  expect(code).toBe(0);
  for (const id of ['model.01-0.52.keras', 'cp-0002.weights.h5', 'weights.03-0.47.hdf5'])
    expect(stdout).toContain(id);
});
