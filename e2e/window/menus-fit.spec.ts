import { expect, type Locator, type Page, test } from '@playwright/test';
import { shareCairn } from '../driver/launch-cairn.ts';
import { outsideWindow } from '../driver/outside-window.ts';
import { resizeWindow } from '../driver/resize-window.ts';
import { expectVersionCount, headOf, rowsOf } from '../driver/versions-table.ts';
import { press } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const cairn = shareCairn(async () => ({ runs: [await copySampleRun()] }));

const zoom = (factor: number) =>
  cairn().electron.evaluate(
    ({ BrowserWindow }, level) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(level),
    factor,
  );

test.beforeEach(async () => {
  await resizeWindow(cairn(), 1024, 700);
  await expectVersionCount(cairn().page, 26);
});
test.afterEach(() => zoom(1));

/** The rectangle of what is in view must be within that of the window. */
async function expectInWindow(part: Locator): Promise<void> {
  await expect
    .poll(() =>
      part.evaluate((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= window.innerWidth && bottom <= window.innerHeight;
      }),
    )
    .toBe(true);
}

/** Whether a part can be seen in what scrolls around it. */
function expectSeen(part: Locator): Promise<void> {
  return expect(part).toBeInViewport({ ratio: 0.95 });
}

/** The last row that is whole in view. */
async function lowRow(page: Page): Promise<Locator> {
  const bottoms = await rowsOf(page).evaluateAll((rows) =>
    rows.map((row) => row.getBoundingClientRect().bottom),
  );
  const floor = await page
    .getByRole('grid')
    .evaluate((grid) => grid.getBoundingClientRect().top + grid.clientHeight);
  return rowsOf(page).nth(bottoms.findLastIndex((bottom) => bottom <= floor));
}

test('the menu of a row fits in the window, wherever the row is', async () => {
  const { page } = cairn();
  for (const row of [rowsOf(page).first(), rowsOf(page).nth(8), await lowRow(page)]) {
    await row.click({ button: 'right' });
    const menu = page.getByRole('menu');
    await expectInWindow(menu);
    for (const name of ['Back up…', 'Move to trash']) await expectSeen(menu.getByText(name, { exact: true }));
    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
  }
});

test('a menu higher than the window scrolls, and by keys what has the focus is in view', async () => {
  const { page } = cairn();
  await zoom(2);
  await page.waitForFunction(() => window.innerHeight <= 350);
  await headOf(page, 'Version').click({ button: 'right' });
  await page.keyboard.press('Escape');
  await rowsOf(page).first().click({ button: 'right' });
  const menu = page.getByRole('menu');
  await expectInWindow(menu);
  for (const key of ['End', 'ArrowUp', 'Home', 'ArrowDown', 'ArrowUp', 'ArrowUp']) {
    await page.keyboard.press(key);
    await expectSeen(menu.locator(':focus'));
  }
  await expect(menu.locator(':focus')).toContainText('Move to trash');
  await page.keyboard.press('Escape');
});

test('no control of any page lies outside of the window, and long commands do not make a page wider', async () => {
  const { page } = cairn();
  await rowsOf(page).first().click();
  await rowsOf(page)
    .nth(3)
    .click({ modifiers: ['Shift'] });
  const tabs = page.getByRole('tablist', { name: 'Pages of this run' }).getByRole('tab');
  await expect(tabs).toHaveCount(6);
  for (const tab of await tabs.all()) {
    await tab.click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
    await expect.poll(() => outsideWindow(page)).toEqual([]);
  }
  await tabs.first().click();
});

for (const factor of [1, 2])
  for (const name of ['Columns', 'Groups and row height', 'Saved views', 'Filter by conditions', /^best by/])
    test(`what ${name} opens fits in the window at zoom ${factor}, to its last control`, async () => {
      const { page } = cairn();
      await zoom(factor);
      await page.waitForFunction((level) => window.innerHeight <= 700 / level, factor);
      await press(page, name);
      const popover = page.locator('.mantine-Popover-dropdown:visible');
      await expectInWindow(popover);
      const last = popover.locator('button:visible, input:visible').last();
      await last.scrollIntoViewIfNeeded();
      await expectSeen(last);
      await expectInWindow(last);
      await page.keyboard.press('Escape');
      await expect(popover).toHaveCount(0);
    });
