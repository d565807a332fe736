import { chmod } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount, selectVersion } from '../driver/versions-table.ts';
import { first, openDialog, press } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

let cairn: Cairn | null = null;
test.afterEach(async () => {
  await cairn?.close();
  cairn = null;
});

async function start(runs: string[], size: { width: number; height: number }): Promise<Page> {
  cairn = await launchCairn({ runs });
  await cairn.electron.evaluate(({ BrowserWindow }, asked) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(asked.width, asked.height);
  }, size);
  await expect.poll(() => cairn?.page.evaluate(() => window.innerHeight)).toBe(size.height);
  return cairn.page;
}

/** What can be pressed or filled in and has a toast before it where it would be seen, by its name. */
function coveredByToasts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'button, a, input, select, textarea, [role="tab"]',
    );
    const shares = [0.1, 0.5, 0.9];
    const isWithin = ({ left, top, right, bottom }: DOMRect, x: number, y: number) =>
      x >= left && x <= right && y >= top && y <= bottom;
    /** Whether what scrolls around it shows that point of it. */
    const isShown = (around: Element | null, x: number, y: number): boolean => {
      if (!around) return true;
      const clips = getComputedStyle(around).overflow !== 'visible';
      if (clips && !isWithin(around.getBoundingClientRect(), x, y)) return false;
      return isShown(around.parentElement, x, y);
    };
    const isCovered = (control: Element) => {
      const { left, top, width, height } = control.getBoundingClientRect();
      const places = shares.flatMap((x) => shares.map((y) => [left + width * x, top + height * y] as const));
      return places.some(
        ([x, y]) =>
          isShown(control.parentElement, x, y) && document.elementFromPoint(x, y)?.closest('.toasts'),
      );
    };
    return [...controls]
      .filter((control) => !control.closest('.toasts') && isCovered(control))
      .map((control) => control.ariaLabel ?? control.textContent ?? control.outerHTML);
  });
}

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 640 },
];

for (const size of sizes)
  test(`toasts cover nothing that can be pressed, in a window of ${size.width} × ${size.height}`, async () => {
    const page = await start([await copySampleRun()], size);
    await expectVersionCount(page, 26);
    await selectVersion(page, first);
    await page.keyboard.press('Delete');
    await expect(page.getByText('v1 is in the trash')).toBeVisible();
    expect(await coveredByToasts(page)).toEqual([]);
    await page.getByRole('button', { name: 'Settings' }).click({ trial: true });
    const dialog = await openDialog(page, 'Prune…', 'Prune');
    await expect(dialog.getByRole('button', { name: /^Move \d+ to trash$/ })).toBeEnabled();
    await expect(page.getByText('v1 is in the trash')).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).scrollIntoViewIfNeeded();
    expect(await coveredByToasts(page)).toEqual([]);
    await press(dialog, 'Cancel');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await press(page.getByRole('alert'), 'Undo');
    await expectVersionCount(page, 26);
  });

test('on the welcome screen and before settings a toast stands apart from both', async () => {
  const locked = await tempFolder('locked');
  await chmod(locked, 0o000);
  const page = await start([`${locked}/gone`], { width: 1000, height: 640 });
  await expect(page.getByRole('alert')).toBeVisible();
  expect(await coveredByToasts(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('group', { name: 'Backups with the run' }).getByLabel('Maximum size').fill('9 GB');
  await press(dialog, 'Save limits');
  await expect(page.getByText('Limits saved.')).toBeVisible();
  expect(await coveredByToasts(page)).toEqual([]);
});
