import { readFile, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { newWindow } from '../driver/new-window.ts';
import { readJson } from '../driver/run-cli.ts';
import { filesRead, makeHuge } from '../driver/slow-reading.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { allIds, expectVersionCount, statusLine } from '../driver/versions-table.ts';
import { answerWords, askedWords, press } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { saveVersion } from '../fixtures/save-version.ts';

let cairn: Cairn;
let run: string;
test.beforeEach(async () => {
  run = await copySampleRun();
  cairn = await launchCairn({ runs: [run] });
  await expectVersionCount(cairn.page, 26);
});
test.afterEach(() => cairn.close());

/** The run of the first window, opened in another from its list of recent runs. */
async function openInAnother(count = 26): Promise<Page> {
  const page = await newWindow(cairn);
  await page.getByRole('region', { name: 'Recent runs' }).getByText('sample-run', { exact: true }).click();
  await expectVersionCount(page, count);
  return page;
}

test('a run that is open in two windows is live in both', async () => {
  const other = await openInAnother();
  const { id } = await saveVersion(run, { version: 60, reward: 0.1 });
  for (const page of [cairn.page, other]) {
    await expectVersionCount(page, 27);
    expect(await allIds(page)).toContain(id);
  }
});

test('closing a run in one window leaves it open in the other', async () => {
  const other = await openInAnother();
  await other.getByRole('button', { name: 'Close sample-run' }).click();
  await expect(other.getByRole('heading', { name: 'Cairn' })).toBeVisible();
  await saveVersion(run, { version: 61, reward: 0.1 });
  await expectVersionCount(cairn.page, 27);
});

test('a folder that goes under two windows is told in both, and so is that it is back', async () => {
  const other = await openInAnother();
  const elsewhere = join(await tempFolder('moved'), 'run');
  await rename(run, elsewhere);
  for (const page of [cairn.page, other]) await expect(statusLine(page)).toContainText('The folder is gone');
  await rename(elsewhere, run);
  for (const page of [cairn.page, other]) {
    await expect(statusLine(page)).toContainText('Watching live');
    await expectVersionCount(page, 26);
  }
  await rm(run, { recursive: true });
  for (const page of [cairn.page, other]) await expect(statusLine(page)).toContainText('The folder is gone');
});

test('closing a window stops what it had begun, and nothing of another', async () => {
  test.skip(process.platform !== 'linux', 'reads /proc');
  for (const name of ['a.pt', 'b.pt', 'c.pt', 'd.pt']) await makeHuge(join(run, 'checkpoints', name), 64);
  await expectVersionCount(cairn.page, 30);
  const other = await openInAnother(30);
  for (const page of [cairn.page, other]) {
    await page.getByRole('button', { name: 'Verify run' }).click();
    await expect(page.getByRole('progressbar')).toBeVisible();
  }
  await other.close();
  const bar = cairn.page.getByRole('progressbar');
  const done = async () => Number(await bar.getAttribute('aria-valuenow'));
  const before = await done();
  await expect.poll(done).toBeGreaterThan(before);
  expect(await filesRead(cairn)).not.toEqual([]);
  await cairn.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(bar).toHaveCount(0);
  await expect.poll(() => filesRead(cairn)).toEqual([]);
});

test('a window in which something is being done asks before it closes', async () => {
  const huge = join(run, 'checkpoints/huge.pt');
  await makeHuge(huge, 64);
  // What is no whole file and was touched a moment ago counts as being written.
  await utimes(huge, 1_700_000_000, 1_700_000_000);
  await expectVersionCount(cairn.page, 27);
  const other = await openInAnother(27);
  await press(other, 'More about integrity');
  await press(other, 'Seal files without a checksum…');
  await press(other.getByRole('dialog', { name: 'Seal this run' }), 'Seal');
  const bar = other.getByRole('progressbar', { name: 'Sealing' });
  await expect(bar).toBeVisible();

  const window = await cairn.electron.browserWindow(other);
  await answerWords(cairn, 'Keep running');
  await window.evaluate((each) => each.close());
  await expect.poll(() => askedWords(cairn)).toEqual([expect.stringContaining('Seal: sample-run')]);
  const done = async () => Number(await bar.getAttribute('aria-valuenow'));
  const before = await done();
  await expect.poll(done).toBeGreaterThan(before);

  await answerWords(cairn, 'Stop it and close');
  const gone = other.waitForEvent('close');
  await window.evaluate((each) => each.close());
  await gone;
  await expect(readFile(join(run, 'SHA256SUMS'))).rejects.toThrow();
});

test('the sidebar tells of each open run what its best is, and how many files are not whole', async () => {
  const { page } = cairn;
  const line = page.getByRole('navigation', { name: 'Runs' }).getByRole('listitem').first();
  const { versions } = asListing(await readJson(['ls', run]));
  const best = versions.find(({ is_best }) => is_best);
  await expect(line).toContainText(`best ${Number(best?.metrics['sharpe']).toFixed(4)}`);
  await page.getByRole('button', { name: 'Verify run' }).click();
  await expect(line.getByRole('img', { name: '2 versions are not intact' })).toBeVisible();
});
