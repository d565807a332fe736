import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openedRuns } from '../driver/opened-runs.ts';
import {
  cellOf,
  expectVersionCount,
  queryBox,
  rowOf,
  selectVersion,
  tableOf,
} from '../driver/versions-table.ts';
import { best, contents, first, isThere, press, second, showPage, undo } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open } = openedRuns();

test('Delete moves the selected version to the trash and goes on to the next; undo brings it back', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const page = await open(run);
  await selectVersion(page, second);
  await page.keyboard.press('Delete');
  await expect(rowOf(page, second)).toHaveCount(0);
  await expect(rowOf(page, first)).toHaveAttribute('aria-selected', 'true');
  await expect(tableOf(page)).toBeFocused();
  expect(await isThere(join(run, second))).toBe(false);
  await undo(page, 'v2 is in the trash');
  await expect(rowOf(page, second)).toBeVisible();
  await expect(page.getByText('v2 is back')).toBeVisible();
  expect(await contents(run)).toEqual(before);
});

test('where every version is in the trash that is said, with the way there', async () => {
  const page = await open(await copySampleRun());
  await tableOf(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  const asked = page.getByRole('dialog', { name: 'Move 26 versions to the trash?' });
  await expect(asked).toContainText('is among them. No version is left in the run then.');
  await expect(asked.getByRole('button', { name: 'Move to trash' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No version is left' })).toBeVisible();
  await expect(page.getByText(/What there was waits in the trash .*: 26 versions, /)).toBeVisible();
  await page.getByRole('button', { name: 'Show the trash' }).click();
  await expect(page.getByRole('tab', { name: 'Trash' })).toHaveAttribute('aria-selected', 'true');
});

test('the best goes to the trash once that is confirmed, by the keyboard alone; undo brings it back', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const page = await open(run);
  await selectVersion(page, best);
  await page.keyboard.press('Delete');
  const asked = page.getByRole('dialog', { name: 'Move v11 to the trash?' });
  await expect(asked).toContainText('It is the best by Sharpe ratio.');
  await expect(asked.getByRole('button', { name: 'Move to trash' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(asked).toHaveCount(0);
  await expect(tableOf(page)).toBeFocused();
  expect(await contents(run)).toEqual(before);
  await page.keyboard.press('Delete');
  await expect(asked.getByRole('button', { name: 'Move to trash' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rowOf(page, best)).toHaveCount(0);
  expect(await isThere(join(run, best))).toBe(false);
  await undo(page, 'v11 is in the trash');
  await expect(rowOf(page, best)).toBeVisible();
  expect(await contents(run)).toEqual(before);
});

test('Delete leaves a selected version alone that the filter hides', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const page = await open(run);
  await selectVersion(page, second);
  await queryBox(page).fill('v0011');
  await expectVersionCount(page, 1);
  await tableOf(page).focus();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Escape');
  await expectVersionCount(page, 26);
  expect(await contents(run)).toEqual(before);
});

test('a run that must not be written to says so at each button, and Delete says why it does nothing', async () => {
  const run = await copySampleRun();
  await chmod(run, 0o555);
  const before = await contents(run);
  const page = await open(run);
  const details = await selectVersion(page, first);
  await page.keyboard.press('Delete');
  await expect(page.getByRole('alert')).toContainText('This run is read-only');
  await expect(page.getByRole('button', { name: 'Prune…', exact: true })).toBeDisabled();
  await details.getByRole('button', { name: 'More actions' }).click();
  await expect(page.getByRole('menuitem', { name: 'Move to trash' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Prune…' }).focus();
  await expect(page.getByRole('tooltip')).toContainText('read-only');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectVersionCount(page, 26);
  // What Cairn itself notes of such a run is kept elsewhere.
  await press(details, 'Pin');
  await expect(details.getByRole('button', { name: 'Unpin' })).toBeVisible();
  await expect(await showPage(page, 'Trash')).toContainText('The trash is empty');
  expect(await contents(run)).toEqual(before);
  expect(await isThere(join(run, '.cairn'))).toBe(false);
  await chmod(run, 0o755);
});

test('two versions of one number are told apart wherever they are named, until one of them is gone', async () => {
  const run = await copySampleRun();
  const twin = 'best_models/model_v2_reward0.1000_20240101_123000.pt';
  await copyFile(join(run, second), join(run, twin));
  const page = await open(run, 27);
  await expect(cellOf(page, second, 'version')).toContainText(
    'v2 (model_v0002_reward0.3404_20260302_095400.pt)',
  );
  const details = await selectVersion(page, twin);
  await expect(details).toContainText('v2 (model_v2_reward0.1000_20240101_123000.pt)');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('alert')).toContainText(
    'v2 (model_v2_reward0.1000_20240101_123000.pt) is in the trash',
  );
  await expect(cellOf(page, second, 'version')).toHaveText('v2');
  await press(page.getByRole('alert'), 'Undo');
  await expect(cellOf(page, second, 'version')).toContainText('v2 (model_v0002');
});
