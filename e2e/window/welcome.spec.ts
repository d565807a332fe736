import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { runCli } from '../driver/run-cli.ts';
import { expectVersionCount, tableOf } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

let cairn: Cairn;
let page: Page;
test.beforeEach(async () => {
  cairn = await launchCairn();
  ({ page } = cairn);
});
test.afterEach(() => cairn.close());

/** The system's own dialog cannot be driven: this answers for the person, and counts how often it was shown. */
async function answerDialog(folder: string | null): Promise<() => Promise<number>> {
  await cairn.electron.evaluate(({ dialog }, answer) => {
    const shown = { count: 0 };
    Object.assign(globalThis, { shownDialogs: shown });
    dialog.showOpenDialog = async () => {
      shown.count += 1;
      return { canceled: answer === null, filePaths: answer === null ? [] : [answer] };
    };
  }, folder);
  return () =>
    cairn.electron.evaluate(
      () => (globalThis as unknown as { shownDialogs: { count: number } }).shownDialogs.count,
    );
}

test('the sample run opens from the welcome screen, as a copy that may be played with, and is a recent run after', async () => {
  await expect(page.getByRole('heading', { name: 'Cairn' })).toBeVisible();
  await page.getByRole('button', { name: 'Open the sample run' }).click();
  await expectVersionCount(page, 26);
  expect(await page.title()).toBe('Sample run – Cairn');
  expect(await readdir(cairn.userData)).toContain('Sample run');
  expect((await runCli(['ls', join(cairn.userData, 'Sample run'), '--csv'])).stdout.split('\n')).toHaveLength(
    28,
  );
  await page.getByRole('button', { name: 'Close Sample run' }).click();
  await page.getByRole('region', { name: 'Recent runs' }).getByText('Sample run', { exact: true }).click();
  await expectVersionCount(page, 26);
});

test('recent runs are remembered; one that is gone is greyed out and can be removed', async () => {
  const run = await copySampleRun();
  await answerDialog(run);
  await page.getByRole('button', { name: 'Open folder…' }).click();
  await expectVersionCount(page, 26);
  await cairn.close();
  await rm(run, { recursive: true });
  cairn = await launchCairn({ userData: cairn.userData });
  ({ page } = cairn);
  const recents = page.getByRole('region', { name: 'Recent runs' });
  const gone = recents.getByRole('listitem').filter({ hasText: 'sample-run' });
  await expect(gone.getByRole('button').first()).toBeDisabled();
  await expect(gone).toContainText('not found');
  await gone.getByRole('button', { name: /^Remove/ }).click();
  await expect(gone).toHaveCount(0);
  await cairn.close();
  cairn = await launchCairn({ userData: cairn.userData });
  ({ page } = cairn);
  await expect(page.getByRole('button', { name: 'Open folder…' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Recent runs' }).getByRole('listitem')).toHaveCount(0);
});

test('a run can be opened, looked at and closed with the keyboard alone', async () => {
  const shown = await answerDialog(await copySampleRun());
  const open = page.getByRole('button', { name: 'Open folder…' });
  for (let tabs = 0; tabs < 10; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await open.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(open).toBeFocused();
  await page.keyboard.press('Enter');
  await expectVersionCount(page, 26);
  expect(await shown()).toBe(1);
  await expect(tableOf(page)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[role="row"][aria-selected="true"]')).toHaveCount(1);
});

test('Ctrl+O asks once, and thinking better of it changes nothing', async () => {
  const shown = await answerDialog(null);
  await page.keyboard.press('Control+o');
  await expect.poll(shown).toBe(1);
  await expect(page.getByRole('button', { name: 'Open the sample run' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await shown()).toBe(1);
});

test('a run on the command line that cannot be opened is said in the window', async () => {
  await cairn.close();
  cairn = await launchCairn({ runs: ['/nothing/here'] });
  await expect(cairn.page.getByRole('alert')).toContainText('Cannot open /nothing/here');
  await expect(cairn.page.getByRole('button', { name: 'Open the sample run' })).toBeVisible();
});

test('a folder that cannot be opened is said, and nothing else changes', async () => {
  const run = await copySampleRun();
  await answerDialog(run);
  await rm(run, { recursive: true });
  await page.getByRole('button', { name: 'Open folder…' }).click();
  await expect(page.getByRole('alert')).toContainText('Cannot open');
  await expect(page.getByRole('button', { name: 'Open the sample run' })).toBeVisible();
});
