import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectNothingSerious } from '../driver/accessible.ts';
import { detailsOf, openTwoRuns, type TwoRuns } from '../driver/all-runs-page.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
import { expectVersionCount, headOf, queryBox, rowIn, rowsOf, withMinus } from '../driver/versions-table.ts';
import { best, commandOf, first, press, second } from '../driver/written-run.ts';
import { saveVersion } from '../fixtures/save-version.ts';

const { open, app } = openedRuns();
let page: Page;
let runs: TwoRuns;
test.beforeEach(async () => {
  ({ page, runs } = await openTwoRuns(open));
});

const details = () => detailsOf(page);
const clipboard = () => app().electron.evaluate(({ clipboard: board }) => board.readText());
const headings = () => page.locator('[data-group]');
const runsShown = () =>
  rowsOf(page)
    .locator('[data-column="run"]')
    .evaluateAll((cells) => [...new Set(cells.map((cell) => cell.textContent))].sort());

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
    await expect(heading.locator('[data-column="reward"]')).toHaveText(withMinus(reward.toFixed(4)));
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
  await page.getByRole('button', { name: /best by Sharpe ratio/ }).click();
  await page.getByRole('radio', { name: 'Max drawdown' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+A');
  await expectVersionCount(page, 53);
  await expect(details()).toContainText(
    'There is no best of all: the runs rank by different metrics, ppo by Sharpe ratio ↑',
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
  await press(page, 'Choose other versions');
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
