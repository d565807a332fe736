import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectVersionCount, statusLine } from '../driver/versions-table.ts';
import { expectAccessible, isThere, openDialog, openedRuns, press, showPage } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open, app } = openedRuns();

/** Files that take seconds to read and no room: nothing but holes. */
async function makeHuge(run: string, gigabytes: number): Promise<void> {
  const path = join(run, 'checkpoints/huge.pt');
  await writeFile(path, '');
  await truncate(path, gigabytes * 1024 ** 3);
}

test('a backup shows how far it is, goes on in the background, stands in the list of tasks and is cancelled there', async () => {
  const run = await copySampleRun();
  await makeHuge(run, 60);
  const page = await open(run, 27);
  const dialog = await openDialog(page, 'Back up…', 'Back up this run');
  await press(dialog, 'Back up');
  const bar = dialog.getByRole('progressbar', { name: 'Backing up' });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  await expect(bar).toHaveAttribute('aria-valuetext', /of .+ GB/);
  await press(dialog, 'Go on in the background');
  await expect(dialog).toBeHidden();
  await press(statusLine(page), '1 task');
  const tasks = page.getByRole('dialog', { name: /^(1 task|Tasks)$/ });
  await expect(tasks).toContainText(/sample-run.*Backing up/s);
  await expectAccessible(page);
  await press(tasks, 'Cancel');
  await expect(tasks).toContainText(/Backing up sample-run.*cancelled in/s);
  await page.keyboard.press('Escape');
  await expect(await showPage(page, 'Backups')).toContainText('This run has no backups yet');
  expect(await isThere(join(run, '.cairn/backups/manifests'))).toBe(true);
});

test('the end of long work is told through the system when the window is not in front', async () => {
  const run = await copySampleRun();
  await makeHuge(run, 12);
  const page = await open(run, 27);
  await app().electron.evaluate(({ BrowserWindow, Notification }) => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show() {
      told.push(`${this.title} ${this.body}`);
    };
    BrowserWindow.prototype.isFocused = () => false;
  });
  await page.getByRole('button', { name: 'Verify run' }).click();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible({ timeout: 50_000 });
  const told = () => app().electron.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  expect(await told()).toEqual([expect.stringMatching(/^Verified sample-run: \d+ with a problem$/)]);
  await expectVersionCount(page, 27);
});
