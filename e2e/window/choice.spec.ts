import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { openedRuns } from '../driver/opened-runs.ts';
import { cellOf, queryBox, rowsOf, selectVersion, tableOf } from '../driver/versions-table.ts';
import { isThere } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const tenth = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';

const { open } = openedRuns();

const chosenIds = (page: Page) =>
  page
    .locator('[role="row"][aria-selected="true"]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-version-id') ?? ''));

/** Whether the details are those of the run, with how sure its best is. */
async function expectOverview(page: Page, isShown: boolean): Promise<void> {
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByText('How sure is that?')).toBeVisible({ visible: isShown });
}

test('Shift chooses a range by mouse and by keys, Ctrl one more or less, Esc leaves one, then none', async () => {
  const page = await open(await copySampleRun());
  await rowsOf(page).nth(2).click();
  await rowsOf(page)
    .nth(5)
    .click({ modifiers: ['Shift'] });
  await expect.poll(() => chosenIds(page)).toHaveLength(4);
  await rowsOf(page)
    .nth(3)
    .click({ modifiers: ['ControlOrMeta'] });
  await expect.poll(() => chosenIds(page)).toHaveLength(3);
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('3 versions');
  await page.keyboard.press('Escape');
  await expect.poll(() => chosenIds(page)).toHaveLength(1);
  await expectOverview(page, false);
  await page.keyboard.press('Escape');
  await expect.poll(() => chosenIds(page)).toHaveLength(0);
  await expectOverview(page, true);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => chosenIds(page)).toHaveLength(1);
  await page.getByRole('button', { name: 'Back to this run' }).click();
  await expectOverview(page, true);
  await rowsOf(page).nth(5).click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(() => chosenIds(page)).toHaveLength(3);
  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('26 versions');
});

test('chosen versions go to the trash together and come back together; a hidden one stays', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await selectVersion(page, tenth);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(() => chosenIds(page)).toHaveLength(3);
  const ids = await chosenIds(page);
  const [, , last = ''] = ids;
  await queryBox(page).fill(`version >= ${Number(/_v(\d+)_/.exec(last)?.[1]) + 1}`);
  await expect.poll(() => chosenIds(page)).toHaveLength(2);
  await tableOf(page).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('2 versions are in the trash')).toBeVisible();
  const there = () => Promise.all(ids.map((id) => isThere(join(run, id))));
  expect(await there()).toEqual([false, false, true]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('2 versions are back')).toBeVisible();
  expect(await there()).toEqual([true, true, true]);
});

test('chosen versions are verified together, and no other', async () => {
  const page = await open(await copySampleRun());
  await selectVersion(page, tenth);
  await page.keyboard.press('Shift+ArrowDown');
  const ids = await chosenIds(page);
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  for (const id of ids)
    await expect(cellOf(page, id, 'integrity')).toHaveAttribute('data-integrity', 'verified');
  await expect(page.locator('[data-integrity="verified"]')).toHaveCount(ids.length);
});
