import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { expectVersionCount, queryBox, rowIn, tableOf } from '../driver/versions-table.ts';
import { contents, dismissToasts, first, isThere, press, second } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const undoKey = 'ControlOrMeta+z';
const nothingLeft = /Nothing in this window to undo/;
/** A version of the sample run that a backup leaves out. */
const torn = 'v0015';

const { open } = openedRuns();

/** Copies of the sample run, by these names. */
function copyRuns(...names: string[]): Promise<string[]> {
  return Promise.all(names.map((name) => copySampleRun(name)));
}

/** Opens runs and shows the first two versions of each in one table. */
async function openTogether(...runs: string[]): Promise<Page> {
  const page = await open(runs);
  await page.keyboard.press('Control+Shift+A');
  await queryBox(page).fill(`file = "${first}" or file = "${second}"`);
  await expectVersionCount(page, runs.length * 2);
  return page;
}

async function showRun(page: Page, run: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${run} \\d+`) }).click();
  await expect(page.getByRole('heading', { name: run, exact: true })).toBeVisible();
}

async function undoByKey(page: Page, words: string | RegExp): Promise<void> {
  await tableOf(page).press(undoKey);
  await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
}

/** Moves the first version of ppo and the second of sac to the trash, as one act. */
async function trashInBoth(page: Page): Promise<void> {
  await rowIn(page, 'ppo', first).click();
  await rowIn(page, 'sac', second).click({ modifiers: ['Control'] });
  await tableOf(page).press('Delete');
  await expect(page.getByText('2 versions in 2 runs are in the trash')).toBeVisible();
}

test('what is moved to the trash and restored in the table of all runs is undone by the key, each in its run', async () => {
  const [ppo = '', sac = ''] = await copyRuns('ppo', 'sac');
  await readJson(['backup', sac, 'v2']);
  const whole = await readFile(join(sac, second));
  await writeFile(join(sac, second), 'damage');
  const before = [await contents(ppo), await contents(sac)];
  const page = await openTogether(ppo, sac);
  const trashFirst = async () => {
    await expectVersionCount(page, 4);
    await rowIn(page, 'ppo', first).click();
    await tableOf(page).press('Delete');
    await expectVersionCount(page, 3);
    expect(await isThere(join(ppo, first))).toBe(false);
  };
  await trashFirst();
  await undoByKey(page, 'v1 is back');
  expect(await contents(ppo)).toEqual(before[0]);
  await dismissToasts(page);

  await trashFirst();
  await rowIn(page, 'sac', second).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Restore/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Restore v2 from its backup' });
  await press(dialog, 'Restore 1 version');
  await expect(dialog).toBeHidden();
  await expect(tableOf(page)).toBeFocused();
  expect(await readFile(join(sac, second))).toEqual(whole);

  await undoByKey(page, 'The restore is undone: 1 version is back');
  expect(await contents(sac)).toEqual(before[1]);
  expect(await isThere(join(ppo, first))).toBe(false);
  await undoByKey(page, 'v1 is back');
  expect([await contents(ppo), await contents(sac)]).toEqual(before);
  await undoByKey(page, nothingLeft);
});

test('what was done to two runs is not undone where a third is shown, but in each of the two', async () => {
  const [ppo = '', sac = '', other = ''] = await copyRuns('ppo', 'sac', 'td3');
  const page = await openTogether(ppo, sac, other);
  await trashInBoth(page);
  await showRun(page, 'td3');
  await undoByKey(page, nothingLeft);
  expect([await isThere(join(ppo, first)), await isThere(join(sac, second))]).toEqual([false, false]);
  await showRun(page, 'sac');
  await undoByKey(page, '2 versions in 2 runs are back');
  expect([await isThere(join(ppo, first)), await isThere(join(sac, second))]).toEqual([true, true]);
});

test('an act on two runs that could be undone in one alone is undone in the other once that is possible', async () => {
  const [ppo = '', sac = ''] = await copyRuns('ppo', 'sac');
  const before = [await contents(ppo), await contents(sac)];
  const page = await openTogether(ppo, sac);
  await trashInBoth(page);
  await writeFile(join(sac, second), 'in the way');
  for (let count = 0; count < 2; count += 1) {
    await undoByKey(page, /cannot bring back .+a file of that name is there again/i);
    await dismissToasts(page);
    expect(await isThere(join(ppo, first))).toBe(true);
  }
  await rm(join(sac, second));
  await undoByKey(page, 'The rest of it was undone');
  expect([await contents(ppo), await contents(sac)]).toEqual(before);
});

test('where one of two runs cannot be backed up that is said beside what the other left out, and it alone is tried again', async () => {
  const [ppo = '', sac = ''] = await copyRuns('ppo', 'sac');
  await mkdir(join(sac, '.cairn'), { recursive: true });
  await writeFile(join(sac, '.cairn/backups'), 'in the way');
  const page = await openTogether(ppo, sac);
  await queryBox(page).fill(`file = "${second}" or file ~ "${torn}"`);
  await expectVersionCount(page, 4);
  await rowIn(page, 'ppo', second).click();
  await tableOf(page).press('Control+a');
  await tableOf(page).press('b');
  const dialog = page.getByRole('dialog', { name: 'Back up 4 versions in 2 runs' });
  await press(dialog, 'Back up');
  await expect(dialog.getByRole('alert')).toContainText('.cairn/backups');
  await expect(dialog.getByRole('status')).toHaveText(
    /^1 version is backed up, .+; 1 version was left out\.$/,
  );
  await expect(dialog.getByRole('list', { name: 'Left out' })).toContainText(torn);

  await rename(join(sac, '.cairn/backups'), join(sac, '.cairn/not-backups'));
  await press(dialog, 'Back up the others');
  await expect(dialog.getByRole('status')).toHaveText(
    /^2 versions are backed up, .+; 2 versions were left out\.$/,
  );
  await press(dialog, 'Done');
  for (const run of [ppo, sac]) {
    const { backups } = (await readJson(['backups', run])) as { backups: { id: string }[] };
    // Beside it stands what training kept before it overwrote.
    expect(backups.filter(({ id }) => id !== 'before-overwrite')).toHaveLength(1);
    expect(await readdir(join(run, '.cairn/backups'))).toContain('objects');
  }
});
