import { access, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { answerSaveDialog } from '../driver/contents-tab.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { integrityOf, rowOf, selectVersion } from '../driver/versions-table.ts';
import { best, commandOf, contents } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open, app } = openedRuns();

/** The dialog that an entry of the menu of a version opens. */
async function openFromMenu(page: Page, id: string, entry: string, name: RegExp): Promise<Locator> {
  await rowOf(page, id).locator('[data-column="version"]').click({ button: 'right' });
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.waitFor();
  return dialog;
}

test('a version is converted from its menu: what comes out is said before, and it is what the command line writes', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const page = await open(run);
  const dialog = await openFromMenu(page, best, 'Convert…', /^Convert v11$/);
  await expect(dialog).toContainText('8 tensors out of a checkpoint of 27.2 kB; 1 part left out');
  await expect(dialog.getByRole('list', { name: 'Left out' })).toContainText('optimizer_state_dict');
  await expectAccessible(page, '[role="dialog"]');
  const folder = await tempFolder('converted');
  const target = join(folder, 'window.safetensors');
  await answerSaveDialog(app(), target);
  await dialog.getByRole('button', { name: 'Convert…' }).click();
  await expect(dialog).toContainText(/Wrote 8 tensors to window\.safetensors, [\d.]+ kB\./);

  const command = await commandOf(dialog);
  const stem = 'model_v0011_reward0.4346_20260302_114200';
  expect(command).toBe(`cairn convert ${join(run, best)} ${stem}.safetensors`);
  expect((await runLine(command.replace(` ${stem}.s`, ` ${folder}/cli.s`))).code).toBe(0);
  expect((await readFile(target)).equals(await readFile(join(folder, 'cli.safetensors')))).toBe(true);
  expect(await contents(run)).toEqual(before);

  await app().electron.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => Object.assign(globalThis, { shownInFolder: path });
  });
  await dialog.getByRole('button', { name: 'Show in folder' }).click();
  const shown = () =>
    app().electron.evaluate(() => (globalThis as { shownInFolder?: string }).shownInFolder ?? null);
  await expect.poll(shown).toBe(target);
});

test('without the optimizer as .pt; a file that is there is never written over, and who thinks better of it has nothing', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await selectVersion(page, best);
  await details.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Convert…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Convert v11' });
  await dialog.getByRole('button', { name: '.pt', exact: true }).click();
  await expect(dialog).toContainText('nothing is left out');
  await dialog.getByLabel('Leave the optimizer out').check();
  await expect(dialog).toContainText('1 part left out');
  expect(await commandOf(dialog)).toMatch(/^cairn convert --slim .*\.pt .*-slim\.pt$/);
  const target = join(await tempFolder('converted'), 'slim.pt');
  await answerSaveDialog(app(), null);
  await dialog.getByRole('button', { name: 'Convert…' }).click();
  await expect(dialog.getByRole('button', { name: 'Convert…' })).toBeEnabled();
  await expect(access(target)).rejects.toThrow('ENOENT');
  await answerSaveDialog(app(), target);
  await dialog.getByRole('button', { name: 'Convert…' }).click();
  await expect(dialog).toContainText('Wrote 8 tensors to slim.pt');
  const { tensors } = (await readJson(['inspect', target])) as { tensors: { name: string }[] };
  expect(tensors.map(({ name }) => name.split('.')[0])).toEqual(Array(8).fill('model_state_dict'));
  const written = await readFile(target);
  await dialog.getByRole('button', { name: 'Convert…' }).click();
  await expect(dialog.getByRole('alert')).toContainText('a file of that name is there already');
  expect((await readFile(target)).equals(written)).toBe(true);
});

test('of a torn version it is said why it is not converted; what is left of it is repaired into a file that says so', async () => {
  const run = await copySampleRun();
  await truncate(join(run, best), 20_000);
  const page = await open(run);
  await expect(integrityOf(page, best)).toHaveAttribute('data-integrity', /torn|mismatch/);
  const refused = await openFromMenu(page, best, 'Convert…', /^Convert v11$/);
  await expect(refused.getByRole('alert')).toContainText('cairn repair writes what is left of it');
  await expect(refused.getByRole('button', { name: 'Convert…' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(refused).toHaveCount(0);

  const details = await selectVersion(page, best);
  await details.getByRole('button', { name: 'Repair…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Repair v11$/ });
  await expect(dialog).toContainText(/\d+ tensors? out of a checkpoint of 20\.0 kB/);
  await expect(dialog.getByLabel('Leave the optimizer out')).toHaveCount(0);
  expect(await commandOf(dialog)).toMatch(/^cairn repair .*-repaired\.safetensors$/);
  const target = join(await tempFolder('repaired'), 'rest.safetensors');
  await answerSaveDialog(app(), target);
  await dialog.getByRole('button', { name: 'Repair…' }).click();
  await expect(dialog).toContainText(/Wrote \d+ tensors? to rest\.safetensors/);
  expect((await readFile(target)).includes('cairn_repair')).toBe(true);
});

test('a conversion that is cancelled, or whose dialog is closed, leaves nothing', async () => {
  const run = await copySampleRun();
  const large = 'best_models/model_v0099_reward9.0000_20270101_000000.safetensors';
  await writeFile(join(run, large), largeFile());
  await truncate(join(run, large), 2 * 1024 ** 3);
  const page = await open(run, 27);
  const folder = await tempFolder('converted');
  await answerSaveDialog(app(), join(folder, 'large.pt'));
  for (const stop of ['Cancel it', 'close'] as const) {
    const dialog = await openFromMenu(page, large, 'Convert…', /^Convert v99$/);
    await dialog.getByRole('button', { name: 'Convert…' }).click();
    const bar = dialog.getByRole('status').filter({ hasText: 'Writing the other file' });
    await expect.poll(() => readdir(folder)).toHaveLength(1);
    if (stop === 'close') await page.keyboard.press('Escape');
    else await bar.getByRole('button', { name: 'Cancel' }).click();
    await expect(bar).toHaveCount(0);
    await expect.poll(() => readdir(folder)).toEqual([]);
    if (stop === 'close') await expect(page.getByText('The other file is not written')).toBeVisible();
    else await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});

/** The head of a file of 2 GiB of zeros, all of one tensor. */
function largeFile(): Buffer {
  const size = 2 * 1024 ** 3 - 128;
  const header = JSON.stringify({ w: { dtype: 'F32', shape: [size / 4], data_offsets: [0, size] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(120n);
  return Buffer.concat([length, Buffer.from(header.padEnd(120))]);
}
