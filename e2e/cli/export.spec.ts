import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { savedModel as model } from '../fixtures/weights-to-save.ts';

const sidecar = model.replace('.pt', '.json');

test('an export is a verified copy with its sidecar, never over a file that is there', async () => {
  const [run, folder] = [await copySampleRun(), join(await tempFolder('writing'), 'out')];
  const exported = await readJson(['export', run, 'v11', '--to', folder]);
  expect(exported).toMatchObject({ to: folder, files: [{ id: model }] });
  expect((await readdir(folder)).sort()).toEqual([sidecar.slice(12), model.slice(12)]);
  expect((await runCli(['export', run, 'v11', '--to', folder])).code).toBe(2);
  const broken = await runCli(['export', run, 'v15', '--to', join(folder, 'b')]);
  expectOneLineError(broken.stderr);
  expect([broken.code, (await readdir(folder)).length]).toEqual([3, 2]);
});

test('sealing puts every missing checksum on record, once, and leaves broken files out', async () => {
  const run = await copySampleRun();
  const sealed = (await readJson(['seal', run])) as {
    sealed: number;
    files: { id: string; checksum: string }[];
  };
  expect(sealed.sealed).toBe(3);
  const list = await readFile(join(run, 'SHA256SUMS'), 'utf8');
  for (const { id, checksum } of sealed.files) expect(list).toContain(`${checksum}  ${id}\n`);
  expect(await readJson(['seal', run])).toEqual({ sealed: 0, files: [] });
  const report = JSON.parse((await runCli(['verify', run, '--json'])).stdout) as {
    counts: Record<string, number>;
  };
  expect(report.counts).toEqual({ verified: 24, mismatch: 1, torn: 1 });
});
