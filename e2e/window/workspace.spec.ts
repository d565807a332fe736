import { readFile, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { openedWorkspace } from '../driver/opened-workspace.ts';
import { outsideWindow } from '../driver/outside-window.ts';
import { resizeWindow } from '../driver/resize-window.ts';
import { readJson } from '../driver/run-cli.ts';
import {
  cellsOf,
  expectRunCount,
  expectSearched,
  runRow,
  runRows,
  runsFilter,
} from '../driver/runs-table.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount, headOf, readProblems, sortBy, statusLine } from '../driver/versions-table.ts';
import { makeEmptyFolders, makeManyRuns } from '../fixtures/make-workspace.ts';

const first = 'lr=0.1';
const second = 'lr=0.01';

const { app, opened, outputs } = openedWorkspace();

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

test('a folder of runs named on the command line shows the runs that cairn runs finds, and what each is', async () => {
  const page = await opened();
  await expect(heading(page, 'outputs')).toBeVisible();
  await expectRunCount(page, 4);
  const { runs } = (await readJson(['runs', outputs()])) as {
    runs: { path: string; versions: number; bytes: number }[];
  };
  expect((await cellsOf(page, 'run')).sort()).toEqual(
    [`${first}\n2026-03-01/10-00-00`, `${second}\n2026-03-01/10-05-00`, 'older/simple', 'zoo/ppo_1'].sort(),
  );
  expect(runs.map(({ path }) => path)).toEqual([
    '2026-03-01/10-00-00',
    '2026-03-01/10-05-00',
    'older/simple',
    'zoo/ppo_1',
  ]);
  const row = runRow(page, first);
  await expect(row.locator('[data-column="best"]')).toHaveText('1.6467 Sharpe ratio ↑');
  await expect(row.locator('[data-column="latest"]')).toHaveText('v17');
  await expect(row.locator('[data-column="versions"]')).toHaveText('26');
  await expect(row.locator('[data-column="state"]')).toHaveText('3 problems');
  await expect(row.locator('[data-column="time"]')).toContainText('2026-03-02');
  const versions = runs.reduce((sum, run) => sum + run.versions, 0);
  const bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
  await expect(statusLine(page)).toContainText(`4 runs · ${versions} versions`);
  await expect(statusLine(page).locator('.status-facts')).toHaveAttribute(
    'title',
    `${bytes.toLocaleString('en-US')} bytes`,
  );
  expect((await readProblems(page)).join('\n')).toContain('a symbolic link is not followed');
});

test('every column sorts both ways', async () => {
  const page = await opened();
  const paths = async (label: string) => {
    await sortBy(page, label);
    return (await cellsOf(page, 'run')).map((text) => text.split('\n').at(-1));
  };
  expect(await paths('Versions')).toEqual([
    'older/simple',
    'zoo/ppo_1',
    '2026-03-01/10-00-00',
    '2026-03-01/10-05-00',
  ]);
  await expect(headOf(page, 'Versions')).toHaveAttribute('aria-sort', 'ascending');
  expect(await paths('Versions')).toEqual([
    '2026-03-01/10-00-00',
    '2026-03-01/10-05-00',
    'zoo/ppo_1',
    'older/simple',
  ]);
  expect((await paths('Best'))[0]).toBe('older/simple');
  expect((await paths('Best'))[0]).toBe('zoo/ppo_1');
  for (const label of ['Run', 'Latest', 'Size', 'State', 'Newest']) {
    const up = await paths(label);
    const down = await paths(label);
    expect([label, down]).not.toEqual([label, up]);
  }
});

test('words and conditions filter, a fault is told, and Esc shows all again', async () => {
  const page = await opened();
  await runsFilter(page).fill('"lr=0.01"');
  await expectRunCount(page, 1);
  await expect(page.getByRole('status').filter({ hasText: '1 of 4' })).toBeVisible();
  await runsFilter(page).fill('versions > 5 and layout = cairn');
  await expectRunCount(page, 2);
  await runsFilter(page).fill('vers');
  await expect(page.getByRole('option', { name: /^versions/ })).toBeVisible();
  await runsFilter(page).fill('reward > 3');
  await expect(page.getByText('the value of its best version, best_value')).toBeVisible();
  await runsFilter(page).fill('rewards > 3');
  await expect(page.getByText('A run has path, folder, override')).toBeVisible();
  await runsFilter(page).fill('nothing like this');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await press(page, 'Show all runs');
  await expectRunCount(page, 4);
  await page.keyboard.press('/');
  await page.keyboard.type('zoo');
  await expectRunCount(page, 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expectRunCount(page, 4);
});

test('arrows and Enter open a run, and one click goes back to the list as it was left', async () => {
  const page = await opened();
  await sortBy(page, 'Versions');
  await runsFilter(page).fill('versions > 5');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await expect(runRow(page, second)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(heading(page, '2026-03-01/10-05-00')).toBeVisible();
  await expectVersionCount(page, 26);
  await press(page, 'All runs in outputs');
  await expectRunCount(page, 3);
  await expect(runsFilter(page)).toHaveValue('versions > 5');
  await expect(headOf(page, 'Versions')).toHaveAttribute('aria-sort', 'ascending');
  await expect(runRow(page, second)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(runRow(page, first)).toHaveAttribute('aria-selected', 'true');
  await runRow(page, 'zoo/ppo_1').dblclick();
  await expect(heading(page, 'ppo_1')).toBeVisible();
});

test('several runs open in one table, and the best of each side by side where that is asked for', async () => {
  const page = await opened();
  await runRow(page, first).click();
  await expect(page.getByRole('button', { name: 'Compare best' })).toHaveAttribute('aria-disabled', 'true');
  await runRow(page, second).click({ modifiers: ['Shift'] });
  await expect(statusLine(page)).toContainText('2 runs selected · 52 versions');
  await press(page, 'Open 2 runs');
  await expect(heading(page, 'All open runs')).toBeVisible();
  await expectVersionCount(page, 52);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^outputs/ })
    .click();
  await runRow(page, 'zoo/ppo_1').click({ modifiers: ['ControlOrMeta'] });
  await press(page, 'Compare best');
  await expect(heading(page, 'All open runs')).toBeVisible();
  const columns = page.getByRole('table', { name: 'Versions side by side' }).getByRole('columnheader');
  await expect(columns).toHaveText(['Value', /best/, /best/, /best/]);
});

test('the menu of a run copies its path, shows it in its folder and opens it', async () => {
  const page = await opened();
  const { electron } = app();
  await electron.evaluate(({ shell, clipboard }) => {
    clipboard.clear();
    shell.showItemInFolder = (path) => clipboard.writeText(`shown ${path}`);
  });
  const clipboard = () => electron.evaluate(({ clipboard: board }) => board.readText());
  const choose = async (item: string) => {
    await runRow(page, 'older/simple').click({ button: 'right' });
    await page.getByRole('menuitem', { name: item }).click();
  };
  await choose('Copy path');
  await expect.poll(clipboard).toBe(join(outputs(), 'older/simple'));
  await choose('Show in folder');
  await expect.poll(clipboard).toBe(`shown ${join(outputs(), 'older/simple')}`);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+Shift+c');
  await expect
    .poll(async () => (await clipboard()).split('\n').sort())
    .toEqual(
      ['2026-03-01/10-00-00', '2026-03-01/10-05-00', 'older/simple', 'zoo/ppo_1'].map((path) =>
        join(outputs(), path),
      ),
    );
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Open 4 runs' })).toBeVisible();
  await page.keyboard.press('Escape');
  await runRow(page, 'older/simple').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Open/ }).click();
  await expect(heading(page, 'All open runs')).toBeVisible();
});

test('the paths of runs are copied but for one that is gone, and that is said', async () => {
  const page = await opened();
  await app().electron.evaluate(({ clipboard }) => clipboard.clear());
  await rm(join(outputs(), 'older/simple'), { recursive: true });
  await runRow(page, 'zoo/ppo_1').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+Shift+c');
  await expect(page.getByText('Copied 3 paths: 1 of 4 runs can no longer be found')).toBeVisible();
  const text = await app().electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(text.split('\n').sort()).toEqual(
    ['2026-03-01/10-00-00', '2026-03-01/10-05-00', 'zoo/ppo_1'].map((path) => join(outputs(), path)),
  );
});

test('what came in the place of a run is not opened', async () => {
  const page = await opened();
  const outside = await tempFolder('outside');
  await rm(join(outputs(), 'zoo/ppo_1'), { recursive: true });
  await symlink(outside, join(outputs(), 'zoo/ppo_1'));
  await runRow(page, 'zoo/ppo_1').dblclick();
  await expect(page.getByRole('alert')).toContainText('Something else came in the place of this folder');
  await expect(heading(page, 'outputs')).toBeVisible();
});

test('a folder of runs is a recent, by dialog and drop too, and is searched again when it is opened', async () => {
  const page = await opened();
  await press(page, 'Close outputs');
  await expect(page.getByRole('region', { name: 'Recent runs' })).toContainText('outputs');
  const recents = JSON.parse(await readFile(join(app().userData, 'recents.json'), 'utf8'));
  expect(recents).toMatchObject([{ folder: outputs(), kind: 'workspace' }]);
  await page.getByRole('button', { name: /^Folder of runs outputs/ }).click();
  await expectRunCount(page, 4);
  await press(page, 'Close outputs');
  await app().electron.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
  }, outputs());
  await page.keyboard.press('Control+o');
  await expectRunCount(page, 4);
  await press(page, 'Close outputs');
  const session = await page.context().newCDPSession(page);
  const at = { x: 600, y: 400, data: { items: [], files: [outputs()], dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at });
  await expectRunCount(page, 4);
});

test('a page that is loaded anew has the runs that were found', async () => {
  const page = await opened();
  await page.reload();
  await expectRunCount(page, 4);
  await expect(heading(page, 'outputs')).toBeVisible();
});

test('a search can be stopped, and begun again', async () => {
  const many = await makeManyRuns(800);
  const { page, electron } = app();
  await opened();
  await electron.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
  }, many);
  await page.keyboard.press('Control+o');
  await press(page, 'Stop searching');
  await expect(statusLine(page)).toContainText('there may be more runs');
  await expect(heading(page, basename(many))).toBeVisible();
  await press(page, 'Search again');
  await expectRunCount(page, 800);
  await expectSearched(page);
  expect(await runRows(page).count()).toBeLessThan(100);
  await runRows(page).first().click();
  await page.keyboard.press('End');
  await expect(runRow(page, 'run_799')).toBeVisible();
  await page.keyboard.press('Enter');
  await press(page, `All runs in ${basename(many)}`);
  await expect(runRow(page, 'run_799')).toBeVisible();
});

test('no control lies outside of a narrow window, even where its words are long', async () => {
  const page = await opened();
  await resizeWindow(app(), 1024, 640);
  await runRows(page).first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByRole('button', { name: 'Open 4 runs' })).toBeVisible();
  await runsFilter(page).fill('versions >');
  await expect(page.getByRole('toolbar', { name: 'Runs' }).getByRole('status')).toHaveText(
    '4 runs · unfinished query',
  );
  expect(await outsideWindow(page)).toEqual([]);
  // What is left of the words can be seen.
  expect((await page.locator('.toolbar-partly').boundingBox())?.width).toBeGreaterThan(40);
});

test('a folder without runs says so, opens as a run, and is searched again from there', async () => {
  await opened();
  const { page, electron } = app();
  const empty = await makeEmptyFolders();
  await electron.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
  }, empty);
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('heading', { name: 'No runs here' })).toBeVisible();
  await press(page, 'Open it as a run');
  await expect(page.getByRole('heading', { name: 'No versions yet' })).toBeVisible();
  await press(page, 'Search this folder for runs');
  await expect(page.getByRole('heading', { name: 'No runs here' })).toBeVisible();
});
