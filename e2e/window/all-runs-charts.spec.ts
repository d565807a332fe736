import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectNothingSerious } from '../driver/accessible.ts';
import { detailsOf, openTwoRuns, type TwoRuns } from '../driver/all-runs-page.ts';
import {
  drag,
  hoverAlong,
  openCharts,
  parallelOf,
  scatterOf,
  surfaceOf,
  timelineOf,
  turnRoomForFar,
} from '../driver/charts-page.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readSvg } from '../driver/read-svg.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount, queryBox, rowsOf } from '../driver/versions-table.ts';
import { answerWithFile, isThere, press } from '../driver/written-run.ts';

const { open, app } = openedRuns();
let page: Page;
let runs: TwoRuns;
test.beforeEach(async () => {
  ({ page, runs } = await openTwoRuns(open));
});

const lines = () => parallelOf(page).locator('[data-lines]');
const points = () => scatterOf(page).locator('[data-points]');

test('the versions of all open runs are in the same charts, each told with its run; what is chosen or asked for there is so in the table', async () => {
  await openCharts(page);
  const legend = page.getByRole('list', { name: 'Colours of the runs' });
  await expect(legend.getByRole('listitem')).toHaveText(['ppo', 'sac']);
  const colours = await legend
    .locator('circle')
    .evaluateAll((all) => all.map((one) => one.getAttribute('fill')));
  expect(new Set(colours).size).toBe(2);
  await expect(lines()).toHaveText('52 lines');
  await expect(points()).toHaveText('48 points');
  await turnRoomForFar(page);
  const { title } = await hoverAlong(page, surfaceOf(scatterOf(page)), [0.2, 0.95], [0.2, 0.5]);
  expect(title).toMatch(/^(ppo|sac) · v1$/);
  await expectNothingSerious(page);

  await queryBox(page).fill('run:sac');
  await expect(lines()).toHaveText('26 lines');
  await expect(points()).toHaveText('24 points');
  await press(page, 'Show all versions');
  await drag(page, surfaceOf(scatterOf(page)), [
    [0.5, 0.02],
    [0.99, 0.6],
  ]);
  await expect(detailsOf(page)).toContainText(/\d+ versions in 2 runs/);
  await scatterOf(page).getByRole('button', { name: 'Show as table' }).click();
  await expect(
    scatterOf(page)
      .getByRole('cell', { name: /^(ppo|sac) · v\d+/ })
      .first(),
  ).toBeVisible();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expectVersionCount(page, 52);
  const chosen = rowsOf(page).and(page.locator('[aria-selected="true"]'));
  await expect.poll(() => chosen.count()).toBeGreaterThan(2);
});

test('a range of one axis leaves versions of both runs; where the runs rank alike there is one front of all', async () => {
  await openCharts(page);
  await expect(scatterOf(page)).toContainText('↑ better');
  await scatterOf(page).getByRole('button', { name: 'Higher is better' }).first().click();
  for (const run of [runs.ppo, runs.sac])
    await expect
      .poll(async () => {
        const path = join(run, '.cairn/choices.json');
        return (await isThere(path)) && (await readFile(path, 'utf8')).includes('"max"');
      })
      .toBe(true);
  await expect(scatterOf(page).locator('[data-front]')).toHaveText(/\d+ on the Pareto front/);
  await parallelOf(page).getByRole('button', { name: 'Axes and ranges' }).click();
  await page.getByRole('spinbutton', { name: 'Sharpe ratio from' }).fill('1.6');
  await page.keyboard.press('Escape');
  await expect(page.locator('.range-chip')).toHaveText(/Sharpe ratio/);
  const left = Number(await points().getAttribute('data-points'));
  expect(left % 2).toBe(0);
  await page.getByRole('tab', { name: 'Versions' }).click();
  expect(
    await rowsOf(page)
      .locator('[data-column="run"]')
      .evaluateAll((cells) => [...new Set(cells.map((cell) => cell.textContent))].sort()),
  ).toEqual(['ppo', 'sac']);
});

test('runs that rank by different ends of a metric have no front of all, and that is said', async () => {
  await page.getByRole('button', { name: /^sac 26/ }).click();
  await page.getByRole('button', { name: /^best by Sharpe ratio/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('listitem')
    .filter({ hasText: 'Sharpe ratio' })
    .getByRole('button', { name: 'Lower is better' })
    .click();
  await expect(page.getByRole('button', { name: /^best by Sharpe ratio ↓/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+A');
  await openCharts(page);
  await expect(scatterOf(page)).toContainText('runs differ');
  await expect(scatterOf(page)).toContainText(/These runs disagree on which end of .*Sharpe ratio is better/);
  await expect(scatterOf(page).locator('[data-front]')).toHaveCount(0);
});

test('backups of every run stand on the timeline by the name of their run; what is exported says which colour is which run', async () => {
  for (const run of [runs.ppo, runs.sac]) await readJson(['backup', run, 'v2']);
  await openCharts(page);
  const timeline = timelineOf(page);
  await expect(timeline).toContainText('2 backups');
  await timeline.getByRole('button', { name: 'Show as table' }).click();
  const table = timeline.getByRole('table', { name: 'Backups and prunes' });
  await expect(table).toContainText(/ppo · /);
  await expect(table).toContainText(/sac · /);
  await timeline.getByRole('button', { name: 'Show as chart' }).click();
  const file = join(await tempFolder('chart'), 'scatter.svg');
  await answerWithFile(app(), file);
  await scatterOf(page).getByRole('button', { name: 'Export the chart' }).click();
  await press(page, 'SVG drawing…');
  await expect.poll(() => isThere(file)).toBe(true);
  const svg = await readSvg(file);
  for (const name of ['ppo', 'sac', 'best of ppo']) expect(svg).toContain(name);
});
