import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openedRuns } from '../driver/opened-runs.ts';
import { runCli } from '../driver/run-cli.ts';
import { factOf, sureBlock } from '../driver/sure-block.ts';
import { tempFolder } from '../driver/temp-folder.ts';

const { open, restart } = openedRuns();

/** A file in the form of safetensors. */
function weights(...values: number[]): Buffer {
  const header = JSON.stringify({
    w: { dtype: 'F32', shape: [values.length], data_offsets: [0, 4 * values.length] },
  });
  const bytes = Buffer.alloc(8 + header.length + 4 * values.length);
  bytes.writeBigUInt64LE(BigInt(header.length));
  bytes.write(header, 8);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, 8 + header.length + 4 * index);
  return bytes;
}

test('a best whose weights are no numbers says so once somebody looked, here, on the command line and after a restart', async () => {
  const run = await tempFolder('no-numbers');
  await mkdir(join(run, 'best_models'));
  for (const [version, value] of [1, 2, Number.NaN].entries()) {
    const name = `model_v000${version + 1}_reward0.${version + 1}000_20260101_10000${version}.pt`;
    await writeFile(join(run, 'best_models', name), weights(3, value));
  }
  const told = 'weights have NaN in 1 of 1 tensor';
  const page = await open(run, 3);
  const weightsFact = factOf(sureBlock(page), 'Weights');
  await weightsFact.getByRole('button', { name: 'Check its weights' }).click();
  await expect(sureBlock(page).getByRole('note')).toContainText([told]);
  await expect(weightsFact).toContainText('not all of them are finite numbers');
  await expect(page.locator('.run-header').getByRole('img', { name: told })).toBeVisible();
  await expect(page.locator('.badge-best')).toHaveAttribute('title', new RegExp(`, but its ${told}$`));
  expect((await runCli(['best', run])).stderr).toContain(told);
  expect((await runCli(['show', run, 'best'])).stdout).toContain(told);

  await page.getByRole('button', { name: 'Layers over the run…' }).click();
  const layers = page.getByRole('dialog', { name: 'Layers over the run' });
  await expect(layers.getByRole('status')).toHaveText('The first NaN in the weights is in v3: w.');
  await expect(layers.locator('[data-layer="w"][data-nan] td').last()).toHaveText('NaN');
  await layers.getByRole('button', { name: 'v3' }).click();
  await expect(layers).toBeHidden();
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText(told);

  const again = await restart(run);
  await expect(sureBlock(again).getByRole('note')).toContainText([told]);
  await expect(again.locator('.run-header').getByRole('img', { name: told })).toBeVisible();
});
