import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectNothingSerious } from '../driver/accessible.ts';
import { chooseFirstOfBoth, detailsOf, openTwoRuns, type TwoRuns } from '../driver/all-runs-page.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { makeHuge } from '../driver/slow-reading.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectIntegrity, expectVersionCount, rowIn, tableOf } from '../driver/versions-table.ts';
import {
  answerWithFile,
  answerWithFolder,
  first,
  isThere,
  press,
  second,
  undo,
} from '../driver/written-run.ts';

const { open, app } = openedRuns();
let page: Page;
let runs: TwoRuns;
test.beforeEach(async () => {
  ({ page, runs } = await openTwoRuns(open));
});

const details = () => detailsOf(page);
const clipboard = () => app().electron.evaluate(({ clipboard: board }) => board.readText());
const marksOf = async (run: string) => {
  const path = join(run, '.cairn/marks.json');
  return (await isThere(path)) ? JSON.parse(await readFile(path, 'utf8')).versions : [];
};

test('versions of both runs are pinned and tagged, each in its own run, and one undo takes it back', async () => {
  await chooseFirstOfBoth(page);
  await tableOf(page).press('p');
  await expect(page.getByRole('alert').filter({ hasText: '2 versions in 2 runs are pinned' })).toBeVisible();
  expect(
    (await marksOf(runs.ppo)).map((mark: { id: string; pinned: boolean }) => [mark.id, mark.pinned]),
  ).toEqual([[first, true]]);
  expect(
    (await marksOf(runs.sac)).map((mark: { id: string; pinned: boolean }) => [mark.id, mark.pinned]),
  ).toEqual([[second, true]]);
  await undo(page, '2 versions in 2 runs are pinned');
  await expect.poll(async () => [await marksOf(runs.ppo), await marksOf(runs.sac)]).toEqual([[], []]);
  await details().getByLabel('Tags', { exact: true }).fill('both');
  await page.keyboard.press('Enter');
  for (const run of [runs.ppo, runs.sac])
    await expect.poll(async () => (await marksOf(run))[0]?.tags).toContain('both');
});

test('versions of both runs go to the trash of their runs, and one undo brings them back', async () => {
  await chooseFirstOfBoth(page);
  await tableOf(page).press('Delete');
  await expectVersionCount(page, 2);
  expect([await isThere(join(runs.ppo, first)), await isThere(join(runs.ppo, second))]).toEqual([
    false,
    true,
  ]);
  expect([await isThere(join(runs.sac, first)), await isThere(join(runs.sac, second))]).toEqual([
    true,
    false,
  ]);
  await undo(page, '2 versions in 2 runs are in the trash');
  await expectVersionCount(page, 4);
  expect([await isThere(join(runs.ppo, first)), await isThere(join(runs.sac, second))]).toEqual([true, true]);
});

test('versions of both runs are backed up, each with its run', async () => {
  await chooseFirstOfBoth(page);
  await press(details(), 'Back up…');
  const dialog = page.getByRole('dialog', { name: 'Back up 2 versions in 2 runs' });
  await expect(dialog).toContainText('A backup is made of each of the 2 runs.');
  await expectNothingSerious(page);
  await press(dialog, 'Back up');
  await expect(page.getByText(/^2 versions are backed up, .+, of 2 runs$/)).toBeVisible();
  for (const [run, id] of [
    [runs.ppo, first],
    [runs.sac, second],
  ] as const) {
    const { backups } = (await readJson(['backups', run])) as {
      backups: { id: string; versions: string[] }[];
    };
    // Beside it stands what training kept before it overwrote.
    const made = backups.filter((backup) => backup.id !== 'before-overwrite');
    expect(made.map(({ versions }) => versions)).toEqual([[id]]);
    expect(await isThere(join(run, id))).toBe(true);
  }
});

test('versions of both runs are copied, exported as a list and as verified copies, told by their run', async () => {
  await chooseFirstOfBoth(page);
  await tableOf(page).press('Control+c');
  await expect.poll(clipboard).toMatch(/^version\trun\t/);
  const copied = (await clipboard())
    .trim()
    .split('\n')
    .map((line) => line.split('\t').slice(0, 2).join());
  expect(copied.sort()).toEqual(['1,ppo', '2,sac', 'version,run']);

  const list = join(await tempFolder('list'), 'list.csv');
  await answerWithFile(app(), list);
  await press(page, 'Export the list');
  await page.getByRole('menuitem', { name: /^CSV/ }).click();
  await expect(page.getByText('4 versions are in list.csv')).toBeVisible();
  const lines = (await readFile(list, 'utf8')).trim().split('\r\n');
  const [, ids = ''] = (lines[0] ?? '').split(',');
  expect(ids).toBe('id');
  expect(lines.map((line) => line.split(',').toSpliced(1, 1).slice(0, 2).join()).sort()).toEqual([
    '1,ppo',
    '1,sac',
    '2,ppo',
    '2,sac',
    'version,run',
  ]);

  const folder = await tempFolder('copies');
  await answerWithFolder(app(), folder);
  await press(details(), 'Export…');
  await expect(page.getByText(/^2 verified copies in /)).toBeVisible();
  expect(await readdir(join(folder, 'ppo'))).toContain(first.replace('best_models/', ''));
  expect(await readdir(join(folder, 'sac'))).toContain(second.replace('best_models/', ''));
});

test('versions of both runs are verified in their runs', async () => {
  await chooseFirstOfBoth(page);
  await tableOf(page).press('v');
  await expectIntegrity(rowIn(page, 'ppo', first), 'verified');
  await expectIntegrity(rowIn(page, 'sac', second), 'verified');
  await expectIntegrity(rowIn(page, 'sac', first), 'unverified');
});

test('stopping the verification of one of the runs begins that of no other', async () => {
  const huge = join(runs.ppo, 'checkpoints/huge.pt');
  await makeHuge(huge, 40);
  // What is no whole file and was touched a moment ago counts as being written.
  await utimes(huge, 1_700_000_000, 1_700_000_000);
  await expectVersionCount(page, 53);
  await press(page, 'Verify these runs');
  await press(page, 'Cancel');
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await rowIn(page, 'sac', second).click();
  await tableOf(page).press('v');
  await expectIntegrity(rowIn(page, 'sac', second), 'verified');
  await expectIntegrity(rowIn(page, 'sac', first), 'unverified');
});
