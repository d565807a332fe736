import { appendFile, chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readJson } from '../driver/run-cli.ts';
import {
  expectVersionCount,
  queryBox,
  rowOf,
  selectVersion,
  statusLine,
  tableOf,
} from '../driver/versions-table.ts';
import {
  closeCairn,
  contents,
  expectAccessible,
  isThere,
  open,
  openAsItIs,
  openDialog,
  press,
  undo,
} from '../driver/writing-window.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const first = 'best_models/model_v0001_rewardn0.1214_20260302_094200.pt';
const second = 'best_models/model_v0002_reward0.3404_20260302_095400.pt';

test.afterEach(closeCairn);

test('what the plan says is what is pruned, and undo brings it back byte for byte', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const page = await open(run);
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await expect(dialog).toContainText('Best by sharpe ↑, higher is better');
  await dialog.getByLabel('Keep best').fill('3');
  await expect(dialog.getByRole('status')).toHaveText(/^14 of 26 versions go to the trash, .+ come back/);
  await expect(dialog.locator(`[data-change-id="${best}"]`)).toHaveText(/^Keep.*best #1 by sharpe/);
  await expect(dialog.locator(`[data-change-id="${first}"]`)).toHaveText(/^Remove.*no rule keeps it/);
  await expectAccessible(page);
  const planned = await dialog
    .locator('[data-tone="goes"]')
    .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-change-id') ?? ''));
  expect(await contents(run)).toEqual(before);

  await press(dialog, 'Move 14 to trash');
  await expect(dialog).toBeHidden();
  await expectVersionCount(page, 12);
  expect(planned).toHaveLength(14);
  for (const id of planned) expect(await isThere(join(run, id))).toBe(false);
  expect(await isThere(join(run, best))).toBe(true);

  await undo(page, '14 versions are in the trash');
  await expectVersionCount(page, 26);
  expect(await contents(run)).toEqual(before);
});

test('a plan follows its rules: the last one given counts, and none of them removes nothing', async () => {
  const page = await open(await copySampleRun());
  await page.getByRole('button', { name: 'Prune…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Prune' });
  await expect(dialog.getByRole('button', { name: /^Move \d+ to trash$/ })).toBeEnabled();
  const field = dialog.getByLabel('Keep best');
  for (const count of ['1', '2', '4']) await field.fill(count);
  await expect(dialog.getByRole('button', { name: 'Move 13 to trash' })).toBeEnabled();
  await field.fill('0');
  await expect(dialog.locator(`[data-change-id="${best}"]`)).toContainText('whatever the rules');
  await field.fill('');
  await expect(dialog.getByRole('status')).toHaveText('Nothing goes: all 26 versions stay.');
  await expect(dialog.getByRole('button', { name: 'Move to trash' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Prune…' })).toBeFocused();
});

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

test('a pinned version stays whatever the rules, until it is unpinned', async () => {
  const page = await open(await copySampleRun());
  const details = await selectVersion(page, first);
  await press(details, 'Pin');
  await expect(details.getByRole('button', { name: 'Unpin' })).toBeVisible();
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await expect(dialog.locator(`[data-change-id="${first}"]`)).toHaveText(/^Keep.*whatever the rules: pinned/);
  await press(dialog, 'Cancel');
  await press(details, 'Unpin');
  await expect(details.getByRole('button', { name: 'Pin', exact: true })).toBeVisible();
});

test('a prune does the plan on the screen: when the run changed meanwhile it is said, and the new plan shown', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await dialog.getByLabel('Keep best').fill('3');
  const button = dialog.getByRole('button', { name: /^Move \d+ to trash$/ });
  await expect(button).toHaveText('Move 14 to trash');
  // The same number of versions, but one of those that would go is another file now.
  await appendFile(join(run, first), 'trained on');
  await button.click();
  await expect(dialog.getByRole('alert')).toContainText('the run changed since this plan was made');
  expect(await isThere(join(run, second))).toBe(true);
  await expect(button).toBeEnabled();
  await button.click();
  await expect(dialog).toBeHidden();
  await expectVersionCount(page, 12);
});

test('the trash lists what can be brought back; emptying it says what is lost, and asks', async () => {
  const run = await copySampleRun();
  await readJson(['trash', run, 'v1']);
  await readJson(['trash', run, 'v2']);
  const page = await openAsItIs(run);
  await expectVersionCount(page, 24);
  let dialog = await openDialog(page, 'Trash', 'Trash');
  const items = dialog.getByRole('list', { name: 'In the trash' }).getByRole('listitem');
  await expect(items).toHaveCount(2);
  await expect(items.first()).toContainText('Moved by hand');
  await expect(items.first()).toContainText('model_v0002');
  await expectAccessible(page);
  await press(items.first(), 'Bring back');
  await expect(items).toHaveCount(1);
  expect(await isThere(join(run, second))).toBe(true);

  await press(dialog, 'Empty trash…');
  await expect(dialog).toContainText('1 version, 1');
  await expect(dialog).toContainText('model_v0001');
  await expectAccessible(page);
  await press(dialog, 'Keep them');
  await expect(items).toHaveCount(1);
  await press(dialog, 'Empty trash…');
  await press(dialog, 'Delete for good');
  await expect(dialog).toBeHidden();
  expect(await isThere(join(run, first))).toBe(false);
  expect(((await readJson(['trash', run])) as { operations: unknown[] }).operations).toEqual([]);
  dialog = await openDialog(page, 'Trash', 'Trash');
  await expect(dialog).toContainText('The trash is empty.');
  await press(dialog, 'Done');
  await expect(statusLine(page).getByRole('button', { name: 'Trash' })).toBeFocused();
});

test('damaged records of the trash and of backups are told, beside what is whole', async () => {
  const run = await copySampleRun();
  await readJson(['trash', run, 'v1']);
  await readJson(['trash', run, 'v2']);
  for (const version of ['v3', 'v4']) await readJson(['backup', run, version]);
  const [operation = ''] = await readdir(join(run, '.cairn/trash'));
  const [backup = ''] = await readdir(join(run, '.cairn/backups/manifests'));
  const paths = [`.cairn/trash/${operation}/manifest.json`, `.cairn/backups/manifests/${backup}`];
  for (const path of paths) await writeFile(join(run, path), '{');
  const page = await openAsItIs(run);
  await expectVersionCount(page, 24);
  let dialog = await openDialog(page, 'Trash', 'Trash');
  await expect(dialog.getByRole('list', { name: 'In the trash' }).getByRole('listitem')).toHaveCount(1);
  await expect(dialog.getByRole('region', { name: 'Damaged records in the trash' })).toContainText(operation);
  await expectAccessible(page);
  await press(dialog, 'Done');
  dialog = await openDialog(page, 'Restore…', 'Restore from a backup');
  await expect(dialog.getByRole('radio')).toHaveCount(1);
  await expect(dialog.getByRole('region', { name: 'Damaged records of backups' })).toContainText(backup);
  await expectAccessible(page);
});

test('a run that must not be written to says so at each button, and Delete does nothing', async () => {
  const run = await copySampleRun();
  await chmod(run, 0o555);
  const before = await contents(run);
  const page = await open(run);
  const details = await selectVersion(page, first);
  await page.keyboard.press('Delete');
  for (const name of ['Prune…', 'Restore…'])
    await expect(page.getByRole('button', { name, exact: true })).toBeDisabled();
  await details.getByRole('button', { name: 'More actions' }).click();
  await expect(page.getByRole('menuitem', { name: 'Move to trash' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('main')).toContainText('Read-only: no pruning, restoring or trash');
  await page.getByRole('button', { name: 'Prune…' }).focus();
  await expect(page.getByRole('tooltip')).toContainText('write-protected');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectVersionCount(page, 26);
  // What Cairn itself notes of such a run is kept elsewhere.
  await press(details, 'Pin');
  await expect(details.getByRole('button', { name: 'Unpin' })).toBeVisible();
  expect(await contents(run)).toEqual(before);
  expect(await isThere(join(run, '.cairn'))).toBe(false);
  await chmod(run, 0o755);
});
