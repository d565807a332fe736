import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Cairn } from '../driver/launch-cairn.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import {
  cellOf,
  expectVersionCount,
  queryBox,
  rowOf,
  selectVersion,
  tableOf,
} from '../driver/versions-table.ts';
import {
  contents,
  dismissToasts,
  first,
  isThere,
  openDialog,
  press,
  recordsOf,
  second,
  showPage,
} from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open, app } = openedRuns();
const undoKey = 'ControlOrMeta+z';
const nothingLeft = /Nothing in this window to undo/;

const pinnedIn = async (run: string) =>
  (
    JSON.parse(await readFile(join(run, '.cairn/marks.json'), 'utf8')) as { versions: { id: string }[] }
  ).versions.map(({ id }) => id);

/** What is answered after it came after what was chosen: the page has heard of that. */
async function chooseInMenu({ electron, page }: Cairn, menu: string, item: string): Promise<void> {
  await electron.evaluate(
    ({ Menu }, [menuLabel, itemLabel]) => {
      const found = Menu.getApplicationMenu()?.items.find(({ label }) => label === menuLabel);
      found?.submenu?.items.find(({ label }) => label === itemLabel)?.click();
    },
    [menu, item] as const,
  );
  await page.evaluate(() => {
    const { cairn } = window as unknown as {
      cairn: { request(name: 'getSettings', input: object): unknown };
    };
    return cairn.request('getSettings', {});
  });
}

test('the key undoes what was done last, one after the other, whatever it was, also when its toast is gone', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const page = await open(run);
  await selectVersion(page, second);
  await page.keyboard.press('p');
  await expect(page.getByText('v2 is pinned')).toBeVisible();
  await cellOf(page, first, 'version').click();
  await page.keyboard.press('Delete');
  await expectVersionCount(page, 25);
  await openDialog(page, 'Prune…', 'Prune');
  const dialog = page.getByRole('dialog', { name: 'Prune' });
  await dialog.getByLabel('Keep best', { exact: true }).fill('3');
  await press(dialog, /^Move \d+ to trash$/);
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/versions are in the trash/)).toBeVisible();
  await dismissToasts(page);

  await page.keyboard.press(undoKey);
  await expectVersionCount(page, 25);
  await expect(page.getByText(/versions are back/)).toBeVisible();
  await page.keyboard.press(undoKey);
  await expect(page.getByText('v1 is back')).toBeVisible();
  await expectVersionCount(page, 26);
  expect(await contents(run)).toEqual(before);
  expect(await pinnedIn(run)).toEqual([second]);
  await page.keyboard.press(undoKey);
  await expect(page.getByText('What was noted of v2 is as it was')).toBeVisible();
  expect(await pinnedIn(run)).toEqual([]);
  await page.keyboard.press(undoKey);
  await expect(page.getByText(nothingLeft)).toBeVisible();
});

test('a restore is undone by the key; what was brought back from the trash is not undone once more', async () => {
  const run = await copySampleRun();
  await readJson(['backup', run, 'v1']);
  const page = await open(run);
  await selectVersion(page, second);
  await page.keyboard.press('Delete');
  await expectVersionCount(page, 25);
  const trash = await showPage(page, 'Trash');
  await press(recordsOf(trash).first(), 'Moved by hand');
  await press(trash, 'Bring back');
  await expect(trash).toContainText('The trash is empty');
  await page.keyboard.press(undoKey);
  await expect(page.getByText(nothingLeft)).toBeVisible();

  await readJson(['trash', run, 'v1']);
  const backups = await showPage(page, 'Backups');
  const dialog = await openDialog(page, 'Restore…', /^Restore/, backups);
  await press(dialog, 'Restore 1 version');
  await expect(dialog).toBeHidden();
  expect(await isThere(join(run, first))).toBe(true);
  await page.keyboard.press(undoKey);
  await expect(page.getByText('The restore is undone: 1 version is in the trash')).toBeVisible();
  expect(await isThere(join(run, first))).toBe(false);
});

test('where somebody writes, the key and the menu undo the text; elsewhere what was done', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await selectVersion(page, second);
  await page.keyboard.press('Delete');
  await expectVersionCount(page, 25);
  const box = queryBox(page);
  await box.focus();
  await page.keyboard.insertText('v0001');
  await expectVersionCount(page, 1);
  await page.keyboard.press(undoKey);
  await expect(box).toHaveValue('');
  await page.keyboard.insertText('v0003');
  await chooseInMenu(app(), 'Edit', 'Undo');
  await expect(box).toHaveValue('');
  await expectVersionCount(page, 25);
  expect(await isThere(join(run, second))).toBe(false);

  await tableOf(page).focus();
  await chooseInMenu(app(), 'Edit', 'Undo');
  await expect(rowOf(page, second)).toHaveCount(1);
  expect(await isThere(join(run, second))).toBe(true);
});

test('while a dialog asks, nothing is undone behind it; the palette says what it would undo, and does', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await selectVersion(page, second);
  await page.keyboard.press('Delete');
  await expectVersionCount(page, 25);
  await openDialog(page, 'Prune…', 'Prune');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).focus();
  await page.keyboard.press(undoKey);
  await chooseInMenu(app(), 'Edit', 'Undo');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await isThere(join(run, second))).toBe(false);

  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('textbox', { name: 'Find a command' }).fill('undo');
  await expect(page.getByRole('button', { name: /Undo: v2 is in the trash/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expectVersionCount(page, 26);
  expect(await isThere(join(run, second))).toBe(true);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText(
    'Undo the last change in this window',
  );
});
