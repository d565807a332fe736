import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectNothingSerious } from '../driver/accessible.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
import { makeHuge } from '../driver/slow-reading.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import {
  expectIntegrity,
  expectVersionCount,
  headOf,
  queryBox,
  rowIn,
  rowsOf,
  tableOf,
} from '../driver/versions-table.ts';
import {
  answerWithFile,
  answerWithFolder,
  best,
  commandOf,
  first,
  isThere,
  press,
  second,
  undo,
} from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { saveVersion } from '../fixtures/save-version.ts';

const { open, app } = openedRuns();
let page: Page;
let runs: { ppo: string; sac: string };
test.beforeEach(async () => {
  runs = { ppo: await copySampleRun('ppo'), sac: await copySampleRun('sac') };
  page = await open([runs.ppo, runs.sac]);
  await page.getByRole('button', { name: /^All open runs/ }).click();
  await expectVersionCount(page, 52);
});

const details = () => page.getByRole('complementary', { name: 'Details' });
const clipboard = () => app().electron.evaluate(({ clipboard: board }) => board.readText());
const headings = () => page.locator('[data-group]');
const runsShown = () =>
  rowsOf(page)
    .locator('[data-column="run"]')
    .evaluateAll((cells) => [...new Set(cells.map((cell) => cell.textContent))].sort());
const marksOf = async (run: string) => {
  const path = join(run, '.cairn/marks.json');
  return (await isThere(path)) ? JSON.parse(await readFile(path, 'utf8')).versions : [];
};

/** The first versions of both runs, and those alone. */
async function chooseFirstOfBoth(): Promise<void> {
  await queryBox(page).fill(`file = "${first}" or file = "${second}"`);
  await expectVersionCount(page, 4);
  await rowIn(page, 'ppo', first).click();
  await rowIn(page, 'sac', second).click({ modifiers: ['Control'] });
  await expect(details()).toContainText('2 versions in 2 runs');
}

test('all open runs are in one table: sorted, asked for by run, grouped by run with the best of each', async () => {
  await expect(page.getByRole('heading', { name: 'All open runs' })).toBeVisible();
  await expect(page.locator('.badge-best')).toHaveCount(2);
  await expect(page.locator('.badge-best', { hasText: 'best of all · sharpe ↑' })).toHaveCount(1);
  await expect(details()).toContainText(/Best of all.*v11 of/);
  await headOf(page, 'Run').getByRole('button').click();
  await expect(headOf(page, 'Run')).toHaveAttribute('aria-sort', 'ascending');
  await expect(rowsOf(page).first().locator('[data-column="run"]')).toHaveText('ppo');
  await queryBox(page).fill('run:sac and kind = best');
  await expectVersionCount(page, 17);
  expect(await runsShown()).toEqual(['sac']);
  await queryBox(page).fill('');

  await page.getByRole('button', { name: 'Groups and row height' }).click();
  await page.getByRole('radio', { name: 'Run', exact: true }).click();
  await page.getByRole('radio', { name: 'Of the best version', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(headings()).toHaveCount(2);
  const { versions } = (await readJson(['ls', runs.sac])) as {
    versions: { version: number; reward: number }[];
  };
  const reward = versions.find(({ version }) => version === 11)?.reward ?? Number.NaN;
  for (const run of ['ppo', 'sac']) {
    const heading = page.locator(`[data-group="${run}"]`);
    await expect(heading).toContainText('v11');
    await expect(heading.locator('[data-column="reward"]')).toHaveText(reward.toFixed(4));
  }
  await expectNothingSerious(page);
});

test('what is saved into one of the runs shows at once; a run that ranks otherwise leaves no best of all', async () => {
  const { id } = await saveVersion(runs.sac, { version: 90, reward: 0.9, metrics: { entropy: 0.5 } });
  await expectVersionCount(page, 53);
  await expect(rowIn(page, 'sac', id)).toBeVisible();
  await queryBox(page).fill('entropy = 0.5');
  await expectVersionCount(page, 1);
  await queryBox(page).fill('');

  await page.getByRole('button', { name: /^sac 27/ }).click();
  await expect(page.getByRole('heading', { name: 'sac' })).toBeVisible();
  await page.getByRole('button', { name: /best by sharpe/ }).click();
  await page.getByRole('radio', { name: 'max_drawdown' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+A');
  await expectVersionCount(page, 53);
  await expect(details()).toContainText(
    'There is no best of all: the runs rank by different metrics, ppo by sharpe ↑',
  );
  await expect(page.locator('.badge-best', { hasText: 'of all' })).toHaveCount(0);
});

test('a person says which of the runs are in the table; a run that is closed leaves it', async () => {
  await press(page, '2 runs');
  const picker = page.getByRole('group', { name: 'Runs in this table' });
  await picker.getByRole('checkbox', { name: 'ppo' }).uncheck();
  await expectVersionCount(page, 26);
  await expect(picker.getByRole('checkbox', { name: 'sac' })).toBeDisabled();
  await picker.getByRole('checkbox', { name: 'ppo' }).check();
  await expectVersionCount(page, 52);
  await expectNothingSerious(page);
  await page.keyboard.press('Escape');
  await press(page, 'Close ppo');
  await expect(page.getByRole('heading', { name: 'sac' })).toBeVisible();
  await expectVersionCount(page, 26);
  await expect(page.getByRole('button', { name: /^All open runs/ })).toHaveCount(0);
});

test('versions of both runs are pinned and tagged, each in its own run, and one undo takes it back', async () => {
  await chooseFirstOfBoth();
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
  await chooseFirstOfBoth();
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
  await chooseFirstOfBoth();
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
    const { backups } = (await readJson(['backups', run])) as { backups: { versions: unknown }[] };
    expect(backups).toHaveLength(1);
    expect(JSON.stringify(backups)).toContain('1');
    expect(await isThere(join(run, id))).toBe(true);
  }
});

test('versions of both runs are copied, exported as a list and as verified copies, told by their run', async () => {
  await chooseFirstOfBoth();
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
  expect(lines.map((line) => line.split(',').slice(0, 2).join()).sort()).toEqual([
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

test('versions of both runs are verified in their runs; what cannot span runs says why', async () => {
  await chooseFirstOfBoth();
  await tableOf(page).press('v');
  await expectIntegrity(rowIn(page, 'ppo', first), 'verified');
  await expectIntegrity(rowIn(page, 'sac', second), 'verified');
  await expectIntegrity(rowIn(page, 'sac', first), 'unverified');
  await rowIn(page, 'ppo', first).click({ button: 'right' });
  const benchmark = page.getByRole('menuitem', { name: /^Benchmark…/ });
  await expect(benchmark).toBeDisabled();
  await expect(benchmark).toContainText('These are versions of different runs.');
  await expectNothingSerious(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Charts', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await rowIn(page, 'ppo', second).click();
  await expect(details().getByRole('heading', { name: 'v2 of ppo' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Charts', exact: true })).not.toHaveAttribute(
    'aria-disabled',
  );
  await press(page, 'Charts');
  await expect(page.getByRole('tab', { name: 'Charts', selected: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'ppo' })).toBeVisible();
});

test('stopping the verification of one of the runs begins that of no other', async () => {
  const huge = join(runs.ppo, 'checkpoints/huge.pt');
  await makeHuge(huge, 40);
  // What is no whole file and was touched a moment ago counts as being written.
  await utimes(huge, 1_700_000_000, 1_700_000_000);
  await expectVersionCount(page, 53);
  await press(page, 'Verify these runs');
  await press(page, 'Stop');
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await rowIn(page, 'sac', second).click();
  await tableOf(page).press('v');
  await expectIntegrity(rowIn(page, 'sac', second), 'verified');
  await expectIntegrity(rowIn(page, 'sac', first), 'unverified');
});

test('where the page is shown anew, it is the table of all again', async () => {
  await page.reload();
  await expectVersionCount(page, 52);
  await expect(page.getByRole('heading', { name: 'All open runs' })).toBeVisible();
});

test('the table is reached from the palette, and a view of it is its own', async () => {
  await page.getByRole('button', { name: /^ppo 26/ }).click();
  await expectVersionCount(page, 26);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('in one table');
  await page.keyboard.press('Enter');
  await expectVersionCount(page, 52);
  await queryBox(page).fill('run:ppo');
  await press(page, 'Saved views');
  await page.getByRole('textbox', { name: 'Save what is shown as' }).fill('Only PPO');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await queryBox(page).fill('');
  await press(page, 'Saved views');
  await press(page, 'Only PPO');
  await expectVersionCount(page, 26);
  await page.getByRole('button', { name: /^ppo 26/ }).click();
  await press(page, 'Saved views');
  await expect(page.getByRole('button', { name: 'Only PPO', exact: true })).toHaveCount(0);
});

test('the best of each run stand side by side, each under its run; what is taken out says so too', async () => {
  const sidecar = join(runs.sac, best.replace('.pt', '.json'));
  const said = JSON.parse(await readFile(sidecar, 'utf8'));
  await writeFile(sidecar, JSON.stringify({ ...said, metrics: { ...said.metrics, sharpe: 1.9 } }));
  await page.getByRole('tab', { name: 'Side by side' }).click();
  await press(page, 'Compare the best of each run');
  const table = page.getByRole('table', { name: 'Versions side by side' });
  await expect(table.getByRole('columnheader')).toHaveText(['Value', /^ppo · v11best/, /^sac · v11best/]);
  await expect(table.locator('[data-value="sharpe"]').getByRole('rowheader')).toContainText('↑');
  await press(page, 'Export side by side');
  await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
  await expect.poll(clipboard).toContain('|  | `ppo · v11` (baseline) | `sac · v11` |');
  await press(page, 'Choose others');
  await expect(page.getByRole('tab', { name: 'Versions', selected: true })).toBeVisible();
  await expect(details()).toContainText('2 versions in 2 runs');
});

test('weights of versions of two runs are compared; the command does the same', async () => {
  await rowIn(page, 'ppo', first).click();
  await rowIn(page, 'sac', second).click({ modifiers: ['Control'] });
  await press(details(), 'Compare weights…');
  const dialog = page.getByRole('dialog', { name: 'Compare weights' });
  await expect(dialog.getByRole('combobox', { name: 'From' })).toContainText(/(ppo|sac) · v[12]/);
  await expect(dialog.getByRole('status')).toContainText(
    /8 changed, 0 identical, 0 added, 24 removed|8 changed, 0 identical, 24 added, 0 removed/,
  );
  await expectNothingSerious(page);
  expect(JSON.parse((await runLine(`${await commandOf(dialog)} --json`)).stdout)).toMatchObject({
    tensors: { changed: expect.anything() },
  });
});
