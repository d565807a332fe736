import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { runLine } from '../driver/run-line.ts';
import { cellOf, selectVersion } from '../driver/versions-table.ts';
import { best, commandOf, first } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const other = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';
const last = 'best_models/model_v0017_reward0.4308_20260302_125400.pt';

const { open } = openedRuns();

const changedNames = (dialog: Locator) =>
  dialog.locator('[data-changed]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-changed')));

test('a version is compared with the best, with another by choice, and sorted by what changed most', async () => {
  const page = await open(await copySampleRun());
  const details = await selectVersion(page, other);
  await details.getByRole('button', { name: 'Compare weights…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare weights' });
  // v10 came before v11: time goes forwards.
  await expect(dialog.getByRole('combobox', { name: 'To' })).toHaveText(/v11 \(best\)/);
  await expect(
    dialog.getByRole('row', { name: /^Win rate \d\d\.\d\d% \d\d\.\d\d% [+−]\d+\.\d\d pp$/ }),
  ).toBeVisible();
  await expect(dialog.getByRole('status')).toContainText('32 changed, 0 identical, 0 added, 0 removed');
  await expect(dialog).toContainText('Sharpe ratio');
  // The model's weights; what the optimizer keeps is folded.
  await expect(dialog.locator('[data-changed]')).toHaveCount(8);
  const optimizer = dialog.getByRole('button', { name: 'Optimizer (24)' });
  await optimizer.click();
  await expect(dialog.locator('[data-changed]')).toHaveCount(32);
  await optimizer.click();
  const relative = dialog.getByRole('columnheader', { name: 'Relative' });
  await expect(relative).toHaveAttribute('aria-sort', 'descending');
  const mostFirst = await changedNames(dialog);
  await relative.getByRole('button').click();
  await expect(relative).toHaveAttribute('aria-sort', 'ascending');
  expect(await changedNames(dialog)).not.toEqual(mostFirst);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('two versions chosen with Ctrl are compared with each other', async () => {
  const page = await open(await copySampleRun());
  await selectVersion(page, best);
  await cellOf(page, last, 'version').click({ modifiers: ['Control'] });
  await page.getByRole('button', { name: 'Compare weights…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare weights' });
  await expect(dialog).toContainText(best);
  await expect(dialog.getByRole('combobox', { name: 'From' })).toHaveValue(/\d+/);
  await expect(dialog.getByRole('status')).toContainText('changed');
});

test('a version and its copy have the same weights', async () => {
  const run = await copySampleRun();
  await writeFile(join(run, 'checkpoints/copy.pt'), await readFile(join(run, best)));
  const page = await open(run, 27);
  const details = await selectVersion(page, 'checkpoints/copy.pt');
  await details.getByRole('button', { name: 'Compare weights…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare weights' });
  await expect(dialog.getByRole('status')).toHaveText('0 changed, 32 identical, 0 added, 0 removed');
});

test('layers over a run are shown as they are measured, and stay when that is stopped', async () => {
  const run = await copySampleRun();
  const copies = Array.from({ length: 170 }, (_, at) => join(run, `checkpoints/copy_${at}.pt`));
  for (const copy of copies) await writeFile(copy, await readFile(join(run, best)));
  const page = await open(run, 26 + copies.length);
  await page.getByRole('button', { name: 'Layers over the run…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Layers over the run' });
  const cancel = dialog.getByRole('button', { name: 'Cancel' });
  await expect(dialog).toContainText(/No NaN in the weights of the first \d+ of \d+ versions/);
  await expect(dialog.locator('[data-layer]')).toHaveCount(8);
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await cancel.click();
  await expect(cancel).toBeHidden();
  await expect(dialog).toContainText(/No NaN in the weights of the first \d+ of \d+ versions/);
  await expect(dialog.locator('[data-layer]')).toHaveCount(8);
});

test('over a run each layer has a line, and the first NaN is named', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await page.getByRole('button', { name: 'Layers over the run…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Layers over the run' });
  await expect(dialog.locator('[data-layer]')).toHaveCount(8, { timeout: 30_000 });
  await expect(dialog.getByRole('status')).toContainText(
    /^No NaN in the weights of \d+ versions, but not all of \S+ could be read\./,
  );
  const [line = '', ...others] = (await commandOf(dialog)).split('\n');
  expect(line).toBe(`cairn inspect --stats ${join(run, first)}`);
  expect(others.length).toBeGreaterThan(20);
  expect((await runLine(line)).stdout).toContain('L2');
  await expectAccessible(page);
});
