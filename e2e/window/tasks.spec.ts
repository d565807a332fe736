import { truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { hearWhileAway } from '../driver/hear-while-away.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { expectVersionCount, statusLine } from '../driver/versions-table.ts';
import { isThere, press } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open, app } = openedRuns();

/** Files that take seconds to read and no room: nothing but holes. */
async function makeHuge(run: string, gigabytes: number): Promise<void> {
  const path = join(run, 'checkpoints/huge.pt');
  await writeFile(path, '');
  await truncate(path, gigabytes * 1024 ** 3);
  // What is no whole file and was touched a moment ago counts as being written.
  await utimes(path, 1_700_000_000, 1_700_000_000);
}

test('long work shows how far it is, goes on in the background, stands in the list of tasks and is cancelled there', async () => {
  const run = await copySampleRun();
  await makeHuge(run, 40);
  const page = await open(run, 27);
  await press(page, 'More about integrity');
  await press(page.getByRole('dialog', { name: 'More about integrity' }), 'Seal files without a checksum…');
  const dialog = page.getByRole('dialog', { name: 'Seal this run' });
  await press(dialog, 'Seal');
  const bar = dialog.getByRole('progressbar', { name: 'Sealing' });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  await expect(bar).toHaveAttribute('aria-valuetext', /of .+ GB .* left$/);
  await expectAccessible(page);
  await press(dialog, 'Go on in the background');
  await expect(dialog).toBeHidden();
  const asked = page.getByRole('dialog', { name: 'Stop running tasks?' });
  await press(page, 'Close sample-run');
  await expect(asked).toContainText(/sample-run.*Sealing/s);
  await expectAccessible(page);
  await press(asked, 'Keep running');
  await expect(asked).toBeHidden();
  await press(statusLine(page), '1 task');
  const tasks = page.getByRole('dialog', { name: /^(1 task|Tasks)$/ });
  await expect(tasks).toContainText(/sample-run.*Sealing/s);
  await expectAccessible(page);
  await press(tasks, 'Cancel');
  await expect(tasks).toContainText(/Sealing sample-run.*stopped in/s);
  await page.keyboard.press('Escape');
  expect(await isThere(join(run, 'SHA256SUMS'))).toBe(false);
  await press(page, 'Close sample-run');
  await expect(page.getByRole('tablist', { name: 'Pages of this run' })).toHaveCount(0);
});

test('the end of long work is told through the system when the window is not in front', async () => {
  const run = await copySampleRun();
  await makeHuge(run, 1);
  const page = await open(run, 27);
  const told = await hearWhileAway(app());
  await page.getByRole('button', { name: 'Verify run' }).click();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible({ timeout: 50_000 });
  expect(await told()).toEqual([expect.stringMatching(/^Verified sample-run: \d+ with a problem$/)]);
  await expectVersionCount(page, 27);
});
