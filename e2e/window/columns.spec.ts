import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { resizeWindow } from '../driver/resize-window.ts';
import { cellOf, expectVersionCount, headOf, tableOf } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';

let cairn: Cairn;
let run: string;
test.beforeEach(async () => {
  run = await copySampleRun();
  cairn = await launchCairn({ runs: [run] });
  await expectVersionCount(cairn.page, 26);
});
test.afterEach(() => cairn.close());

function headings(page: Page): Promise<string[]> {
  return page
    .getByRole('columnheader')
    .evaluateAll((heads) => heads.map((head) => head.textContent?.trim() ?? ''));
}

async function width(page: Page, label: string): Promise<number> {
  return Math.round((await headOf(page, label).boundingBox())?.width ?? 0);
}

test('every metric found in the run is a column that can be shown or hidden', async () => {
  const { page } = cairn;
  expect(await headings(page)).toEqual(
    expect.arrayContaining([
      'Version',
      'Integrity',
      'Reward',
      'Sharpe ratio',
      'Win rate',
      'Step',
      'Episode',
      'Time',
      'Size',
      'Checksum',
      'Backups',
    ]),
  );
  expect(await headings(page)).not.toContain('Profit factor');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Profit factor' }).check();
  await page.getByRole('checkbox', { name: 'Kind' }).uncheck();
  await page.keyboard.press('Escape');
  expect(await headings(page)).toContain('Profit factor');
  expect(await headings(page)).not.toContain('Kind');
  await expect(cellOf(page, best, 'metric:profit_factor')).toHaveText(/^\d+\.\d{4}$/);
});

test('a choice that there is no room to keep holds for this window, and that is said once', async () => {
  const { page } = cairn;
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const name of ['Profit factor', 'Entropy']) await page.getByRole('checkbox', { name }).check();
  await page.keyboard.press('Escape');
  expect(await headings(page)).toEqual(expect.arrayContaining(['Profit factor', 'Entropy']));
  await expect(page.getByText('This choice could not be saved')).toHaveCount(1);
});

test('columns move and resize by mouse and by keyboard, and all of it is remembered', async () => {
  const { page, userData } = cairn;
  await headOf(page, 'Reward').getByRole('button').dragTo(headOf(page, 'Integrity'));
  await expect.poll(() => headings(page)).toEqual(expect.arrayContaining(['Version', 'Reward', 'Integrity']));
  expect((await headings(page)).indexOf('Reward')).toBe(2);
  await headOf(page, 'Sharpe ratio').getByRole('button').focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(async () => (await headings(page)).indexOf('Sharpe ratio')).toBe(4);

  const before = await width(page, 'Version');
  const edge = await headOf(page, 'Version').boundingBox();
  if (!edge) throw new Error('the heading is not on screen');
  await page.mouse.move(edge.x + edge.width - 2, edge.y + edge.height / 2);
  await page.mouse.down();
  await page.mouse.move(edge.x + edge.width + 78, edge.y + edge.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => width(page, 'Version')).toBe(before + 80);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Kind' }).uncheck();
  await page.keyboard.press('Escape');
  await headOf(page, 'Sharpe ratio').getByRole('button').click();
  const arranged = await headings(page);

  await cairn.close();
  cairn = await launchCairn({ userData, runs: [await copySampleRun()] });
  await expectVersionCount(cairn.page, 26);
  await expect.poll(() => headings(cairn.page)).toEqual(arranged);
  expect(await width(cairn.page, 'Version')).toBe(before + 80);
  await expect(headOf(cairn.page, 'Sharpe ratio')).toHaveAttribute('aria-sort', 'descending');
});

test('the heads are one stop of Tab: arrows, Home and End go from one to the next, and Enter sorts', async () => {
  const { page } = cairn;
  const head = (name: string) => headOf(page, name).getByRole('button');
  await head('Version').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(head('Integrity')).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(head('Version')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(headOf(page, 'Integrity')).not.toHaveAttribute('aria-sort', 'none');
  await page.keyboard.press('Tab');
  await expect(page.locator('[role="columnheader"] :focus')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await expect(head('Integrity')).toBeFocused();
});

test('what somebody arranged stays when a metric comes and another page was looked at meanwhile', async () => {
  const { page } = cairn;
  await headOf(page, 'Sharpe ratio').getByRole('button').click();
  await headOf(page, 'Reward').getByRole('button').focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Kind' }).uncheck();
  await page.keyboard.press('Escape');
  const arranged = await headings(page);
  const sidecar = join(run, best.replace('.pt', '.json'));
  await writeFile(
    sidecar,
    (await readFile(sidecar, 'utf8')).replace('"sharpe":', '"novelty": 1.5, "sharpe":'),
  );
  await page.getByRole('button', { name: 'Columns' }).click();
  await expect(page.getByRole('checkbox', { name: 'Novelty' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(headOf(page, 'Sharpe ratio')).toHaveAttribute('aria-sort', 'descending');
  expect((await headings(page)).filter((name) => name !== 'Novelty')).toEqual(arranged);
});

/** The columns that are seen whole, without scrolling. */
async function headsInView(page: Page): Promise<string[]> {
  return tableOf(page).evaluate((table) => {
    const right = table.getBoundingClientRect().left + table.clientWidth;
    return [...table.querySelectorAll('[role="columnheader"]')]
      .filter((head) => head.getBoundingClientRect().right <= right)
      .map((head) => head.textContent?.trim() ?? '');
  });
}

test('in a small window what tells which version to take comes first, and the wide one keeps its order', async () => {
  const { page } = cairn;
  const wide = await headings(page);
  await resizeWindow(cairn, 1024, 700);
  await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
  await expect.poll(() => headsInView(page)).toEqual(['Version', 'Sharpe ratio', 'Integrity', 'Reward']);
  await page.getByRole('button', { name: 'Close details' }).click();
  expect((await headings(page)).slice(0, 4)).toEqual(['Version', 'Sharpe ratio', 'Integrity', 'Reward']);
  await resizeWindow(cairn, 1440, 900);
  await expect.poll(() => headings(page)).toEqual(wide);
});

test('what somebody moved, hid or pinned stays as they left it in a small window', async () => {
  const { page } = cairn;
  await headOf(page, 'Reward').getByRole('button').dragTo(headOf(page, 'Pin'));
  await expect.poll(async () => (await headings(page)).indexOf('Reward')).toBe(1);
  const arranged = await headings(page);
  await resizeWindow(cairn, 1024, 700);
  expect(await headings(page)).toEqual(arranged);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Reset columns and sorting' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await headings(page)).indexOf('Sharpe ratio')).toBe(1);
  await headOf(page, 'Kind').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Pin column at the left' }).click();
  await expect
    .poll(async () => (await headings(page)).slice(0, 3))
    .toEqual(['Version', 'Kind', 'Sharpe ratio']);
});
