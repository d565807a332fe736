import { expect, type Page, test } from '@playwright/test';
import { openedRuns } from '../driver/opened-runs.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open } = openedRuns();

/** The parts of the page that came with a look of their own, by the name of their file. */
const looksRead = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].map(
      ({ href }) => /([^/]+)-[\w-]{8}\.css$/.exec(href)?.[1] ?? '',
    ),
  );

test('what is likely to be asked for next is read while a run is looked at, before anybody asks for it', async () => {
  const page = await open(await copySampleRun());
  for (const part of ['SideBySidePage', 'ContentsTab', 'Charts'])
    await expect.poll(() => looksRead(page)).toContain(part);
});

test('a page that was read ahead is on the screen with the very click', async () => {
  const page = await open(await copySampleRun());
  // Read last: the others are there by then.
  await expect.poll(() => looksRead(page)).toContain('Charts');
  const isShown = await page.evaluate(async () => {
    document.querySelector<HTMLElement>('#run-tab-sideBySide')?.click();
    await Promise.resolve();
    return document.querySelector('#run-panel')?.textContent?.includes('Compare the best with the latest');
  });
  expect(isShown).toBe(true);
});
