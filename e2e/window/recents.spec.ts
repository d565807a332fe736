import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount } from '../driver/versions-table.ts';
import { contents } from '../driver/written-run.ts';
import { copySampleRun, makeGenerations } from '../fixtures/copy-runs.ts';

let cairn: Cairn;
test.afterEach(() => cairn.close());

const recentsOf = (page: Page): Locator => page.getByRole('region', { name: 'Recent runs' });
const lineOf = (page: Page, name: string): Locator =>
  recentsOf(page).getByRole('listitem').filter({ hasText: name });

/** A start that has had these runs open, and has none now. */
async function startAfter(...runs: string[]): Promise<Page> {
  cairn = await launchCairn({ runs });
  await expect(cairn.page.getByRole('heading', { level: 1 })).toBeVisible();
  await cairn.close();
  cairn = await launchCairn({ userData: cairn.userData });
  return cairn.page;
}

async function answerWith(path: string | null): Promise<void> {
  await cairn.electron.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = async () => ({
      canceled: answer === null,
      filePaths: answer === null ? [] : [answer],
    });
  }, path);
}

async function choose(page: Page, name: string, item: string): Promise<void> {
  await lineOf(page, name).hover();
  await lineOf(page, name)
    .getByRole('button', { name: `More for ${name}` })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** What is on record, as paths with a star where they have one. */
async function onRecord(): Promise<string[]> {
  const known = JSON.parse(await readFile(join(cairn.userData, 'recents.json'), 'utf8'));
  return known.map(
    ({ folder, starred }: { folder: string; starred: boolean }) => folder + (starred ? ' *' : ''),
  );
}

test('a recent run whose folder was moved is found again, and only its place in the list changes', async () => {
  const run = await copySampleRun();
  const page = await startAfter(run);
  const elsewhere = join(await tempFolder('moved'), 'renamed-run');
  const before = [...(await contents(run)).values()];
  await rename(run, elsewhere);
  await page.reload();
  await expect(lineOf(page, 'sample-run')).toContainText('folder not found');
  await answerWith(null);
  await lineOf(page, 'sample-run').getByRole('button', { name: 'Find sample-run…' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await onRecord()).toEqual([run]);
  await answerWith(elsewhere);
  await lineOf(page, 'sample-run').getByRole('button', { name: 'Find sample-run…' }).click();
  await expectVersionCount(page, 26);
  expect(await onRecord()).toEqual([elsewhere]);
  expect([...(await contents(elsewhere)).values()]).toEqual(before);
});

test('where it cannot be opened either, the list stays and that is said', async () => {
  const run = await copySampleRun();
  const page = await startAfter(run);
  await rename(run, `${run}-moved`);
  await page.reload();
  await answerWith('/nothing/here');
  await lineOf(page, 'sample-run').getByRole('button', { name: 'Find sample-run…' }).click();
  await expect(page.getByRole('alert')).toContainText('Cannot open /nothing/here');
  expect(await onRecord()).toEqual([run]);
});

test('a starred run stays on top, over a restart and when the list is cleared; the runs stay as they are', async () => {
  const { oldest, simple, typed } = await makeGenerations();
  let page = await startAfter(oldest, simple, typed);
  const names = () => recentsOf(page).locator('.recent-name').allTextContents();
  expect(await names()).toEqual(['typed', 'simple', 'oldest']);
  await choose(page, 'oldest', 'Star: keep on top');
  await expect.poll(names).toEqual(['oldest', 'typed', 'simple']);
  await choose(page, 'simple', 'Remove from the list');
  await expect.poll(names).toEqual(['oldest', 'typed']);
  await cairn.close();
  cairn = await launchCairn({ userData: cairn.userData });
  ({ page } = cairn);
  await expect.poll(names).toEqual(['oldest', 'typed']);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect.poll(names).toEqual(['oldest']);
  expect(await onRecord()).toEqual([`${oldest} *`]);
  await choose(page, 'oldest', 'Remove the star');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(recentsOf(page)).toContainText('The runs you open will be listed here');
  for (const run of [oldest, simple, typed]) expect((await contents(run)).size).toBeGreaterThan(0);
});

test('the sidebar fixes and removes recent runs too, in every window at once', async () => {
  const { simple, typed } = await makeGenerations();
  const run = await copySampleRun();
  const page = await startAfter(simple, typed);
  await rename(typed, `${typed}-moved`);
  await answerWith(run);
  await page.getByRole('button', { name: 'Open folder…' }).click();
  await expectVersionCount(page, 26);
  const opened = cairn.electron.waitForEvent('window');
  await page.evaluate(() =>
    (window as unknown as { cairn: { request(name: string, input: object): void } }).cairn.request(
      'openNewWindow',
      {},
    ),
  );
  const other = await opened;
  await expect(lineOf(other, 'simple')).toBeVisible();
  const sidebar = page.getByRole('navigation', { name: 'Runs' });
  await expect(sidebar.getByRole('button', { name: 'typed', exact: true })).toBeDisabled();
  await sidebar.getByRole('button', { name: 'More for typed' }).click();
  await answerWith(`${typed}-moved`);
  await page.getByRole('menuitem', { name: 'Find it elsewhere…' }).click();
  await expectVersionCount(page, 7);
  await sidebar.getByRole('button', { name: 'More for simple' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the list' }).click();
  await expect(sidebar.getByRole('button', { name: 'simple', exact: true })).toHaveCount(0);
  await expect(lineOf(other, 'simple')).toHaveCount(0);
  await expect(lineOf(other, 'typed-moved')).toBeVisible();
});
