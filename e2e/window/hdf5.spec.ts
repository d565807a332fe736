import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { openContents, openTensor, tensorOf } from '../driver/contents-tab.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { tempFolder } from '../driver/temp-folder.ts';

const files = join(import.meta.dirname, '../fixtures/hdf5');
const { open } = openedRuns();

async function runOf(names: Record<string, string>): Promise<string> {
  const run = join(await tempFolder('hdf5'), 'run');
  await mkdir(run);
  for (const [name, from] of Object.entries(names)) await copyFile(join(files, from), join(run, name));
  return run;
}

test('the contents of a Keras archive are its weights, what they are used for, and their numbers', async () => {
  const page = await open(await runOf({ 'policy.keras': 'policy.keras' }), 1);
  const details = await openContents(page, 'policy.keras');
  await expect(tensorOf(details, 'layers.dense.vars.0')).toContainText('3 × 4');
  const dialog = await openTensor(page, details, 'layers.dense.vars.0');
  await expect(dialog.getByLabel('Statistics')).toContainText('Count12');
  await expectAccessible(page, '.details');
});

test('the contents of an HDF5 file are its datasets; one that is packed is measured too', async () => {
  const page = await open(await runOf({ 'model.h5': 'types.h5' }), 1);
  const details = await openContents(page, 'model.h5');
  await expect(details).toContainText('chunked.lzf: its elements are packed by lzf, which is not known');
  const dialog = await openTensor(page, details, 'chunked.gzip');
  await expect(dialog.getByLabel('Statistics')).toContainText('Count480');
  await expect(dialog.getByLabel('Statistics')).toContainText('Mean239.5');
});

test('what leads out of an HDF5 file is not followed, and said', async () => {
  const page = await open(await runOf({ 'model.h5': 'links.h5', 'types.h5': 'types.h5' }), 1);
  const details = await openContents(page, 'model.h5');
  await expect(details).toContainText('outside: a link to another file, /etc/passwd, which is not opened');
});
