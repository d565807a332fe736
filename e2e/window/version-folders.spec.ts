import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openedRuns } from '../driver/opened-runs.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import {
  cellOf,
  expectIntegrity,
  expectVersionCount,
  rowOf,
  selectVersion,
} from '../driver/versions-table.ts';
import { contents, isThere, openDialog, undo } from '../driver/written-run.ts';

const written = join(import.meta.dirname, '../fixtures/layouts/huggingface');
const first = 'checkpoint-500/model.safetensors';
const sharded = 'checkpoint-1000/model.safetensors.index.json';
const torn = 'checkpoint-1250/model.safetensors.index.json';
const last = 'checkpoint-1500/pytorch_model.bin';

const { open } = openedRuns();

/** A run of Hugging Face's Trainer: five folders, of which two are incomplete, and one that is being saved. */
async function copyRun(): Promise<string> {
  const run = join(await tempFolder('folders'), 'gpt2');
  await cp(written, run, { recursive: true });
  return run;
}

test('each checkpoint folder is one row, with the size of all its files and what was measured of it; an incomplete one says what is missing', async () => {
  const page = await open(await copyRun(), 5);
  await expect(page.getByRole('contentinfo').getByText('Hugging Face', { exact: true })).toBeVisible();
  await expect(cellOf(page, first, 'step')).toHaveText('500');
  await expect(cellOf(page, first, 'size')).toHaveText('2.24 kB');
  await expect(cellOf(page, sharded, 'metric:loss')).toHaveText('0.7500');
  await expect(cellOf(page, sharded, 'metric:epoch')).toHaveText('2');
  await expectIntegrity(rowOf(page, torn), 'torn');
  const details = await selectVersion(page, torn);
  await expect(details).toContainText('model-00002-of-00002.safetensors is missing');
  await expect(await selectVersion(page, first)).toContainText(
    'config.json, optimizer.pt, rng_state.pth, scheduler.pt, trainer_state.json',
  );
});

test('a folder that is pruned is gone with every file of it, and undo brings it back byte for byte', async () => {
  const run = await copyRun();
  const before = await contents(run);
  const page = await open(run, 5);
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await dialog.getByLabel('Keep latest', { exact: true }).fill('1');
  await dialog.getByLabel('Keep best', { exact: true }).fill('');
  await dialog.getByLabel('Checkpoints as well as best models').check();
  const move = dialog.getByRole('button', { name: /^Move \d+ to trash$/ });
  const [count] = /\d+/.exec((await move.textContent()) ?? '') ?? [];
  await move.click();
  await expect(dialog).toBeHidden();
  await expect(rowOf(page, first)).toHaveCount(0);
  await expect(rowOf(page, last)).toBeVisible();
  expect(await isThere(join(run, 'checkpoint-500'))).toBe(false);
  expect(await readdir(run)).toContain('checkpoint-1500');
  await undo(page, count === '1' ? '1 version is in the trash' : `${count} versions are in the trash`);
  await expectVersionCount(page, 5);
  expect(await contents(run)).toEqual(before);
});

test('a folder that a training makes appears, and is torn until its last file is there', async () => {
  const run = await copyRun();
  const page = await open(run, 5);
  const fresh = 'checkpoint-3000/model.safetensors';
  await mkdir(join(run, 'checkpoint-3000'));
  await cp(join(written, first), join(run, fresh));
  // Weights alone are whole by themselves: that a training is saved there tells what it goes on with.
  await cp(join(written, 'checkpoint-500/optimizer.pt'), join(run, 'checkpoint-3000/optimizer.pt'));
  await expectVersionCount(page, 6);
  await expectIntegrity(rowOf(page, fresh), 'writing');
  await expectIntegrity(rowOf(page, fresh), 'torn');
  await cp(join(written, 'checkpoint-500'), join(run, 'checkpoint-3000'), { recursive: true });
  await expectIntegrity(rowOf(page, fresh), 'unsealed');
});
