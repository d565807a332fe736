import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { drag, openCharts, parallelOf, scatterOf, timelineOf } from '../driver/charts-page.ts';
import { shareCairn } from '../driver/launch-cairn.ts';
import { expectVersionCount, queryBox } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  await trainDifferently(run);
  return { runs: [run] };
});

/** Best models of even numbers got another activation and discount; two say how long they were warmed up. */
async function trainDifferently(folder: string): Promise<void> {
  const models = join(folder, 'best_models');
  for (const name of (await readdir(models)).filter((each) => each.endsWith('.json'))) {
    const text = await readFile(join(models, name), 'utf8');
    const number = Number(/_v(\d+)_/.exec(name)?.[1]);
    const trained =
      number % 2 === 0 ? text.replace('"tanh"', '"relu"').replace('"gamma": 0.9', '"gamma": 0.99') : text;
    const isWarm = number === 9 || number === 11;
    const warm = isWarm ? trained.replace('"seed"', '"warmup": 10, "seed"') : trained;
    await writeFile(join(models, name), warm);
  }
}

/** How many best models have an even number. */
const different = 8;

const chips = () => cairn().page.locator('.range-chip');
const lines = () => parallelOf(cairn().page).locator('[data-lines]');

async function chooseAxes(page: Page, names: readonly string[]): Promise<void> {
  await parallelOf(page).getByRole('button', { name: 'Axes and ranges' }).click();
  const find = page.getByRole('textbox', { name: 'Find by name' });
  for (const name of names) {
    await find.fill(name);
    await page.getByRole('checkbox', { name, exact: true }).check();
  }
  await find.fill('');
}

test.beforeEach(async () => {
  const { page } = cairn();
  await openCharts(page);
  await queryBox(page).fill('');
});

test('how versions were trained has axes, words and numbers alike; a range of one leaves those versions everywhere', async () => {
  const { page } = cairn();
  await chooseAxes(page, ['activation', 'gamma']);
  await page.getByRole('combobox', { name: 'activation to' }).selectOption({ label: 'relu' });
  await page.keyboard.press('Escape');
  await expect(chips()).toHaveText('activation: relu');
  await page.getByRole('combobox', { name: 'activation to' }).waitFor({ state: 'hidden' });
  await expect(lines()).toHaveText(`${different} lines`);
  await expect(scatterOf(page).locator('[data-points]')).toHaveText(/^[1-8] points$/);
  await parallelOf(page).getByRole('button', { name: 'Show as table' }).click();
  const rows = parallelOf(page).getByRole('row');
  await expect(rows).toHaveCount(different + 1);
  await expect(rows.nth(1)).toContainText(/relu.*0\.9900/);
  await parallelOf(page).getByRole('button', { name: 'Show as chart' }).click();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expectVersionCount(page, different);
  await page.getByRole('button', { name: 'Show any activation' }).click();
  await expectVersionCount(page, 26);
});

test('an axis of words is brushed by the pointer, to the nearest word', async () => {
  const { page } = cairn();
  await chooseAxes(page, ['activation']);
  await page.keyboard.press('Escape');
  const chart = parallelOf(page).locator('.plot');
  const { width = 1, height = 1 } = (await chart.boundingBox()) ?? {};
  // The last axis but one may be another test's: the one of words says its words.
  const last = (await chart.getAttribute('aria-label'))?.split(', ').indexOf('activation') ?? -1;
  const count = (await chart.getAttribute('aria-label'))?.split(', ').length ?? 1;
  const across = (52 + ((width - 104) * last) / (count - 1)) / width;
  await drag(page, chart, [
    [across, 0.8],
    [across, 0.85],
    [across, 1 - 30 / height],
  ]);
  await expect(chips()).toHaveText('activation: relu');
  await expect(lines()).toHaveText(`${different} lines`);
  await page.getByRole('button', { name: 'Show any activation' }).click();
});

test('of what a version does not say it is said that it is not known', async () => {
  const { page } = cairn();
  await chooseAxes(page, ['warmup']);
  await page.keyboard.press('Escape');
  await expect(parallelOf(page)).toContainText('warmup is known of 2 of 26 versions');
});

test('the scatter and the timeline show it too', async () => {
  const { page } = cairn();
  await scatterOf(page).getByRole('combobox', { name: 'Across' }).selectOption({ label: 'gamma' });
  await expect(scatterOf(page).locator('[data-points]')).toHaveText(/^\d+ points$/);
  await scatterOf(page).getByRole('button', { name: 'Show as table' }).click();
  await expect(scatterOf(page).getByRole('columnheader', { name: 'gamma' })).toBeVisible();
  await expect(scatterOf(page)).toContainText('0.9900');
  await scatterOf(page).getByRole('button', { name: 'Show as chart' }).click();
  await timelineOf(page).getByRole('button', { name: 'Measures' }).click();
  await page.getByRole('checkbox', { name: 'gamma', exact: true }).check();
  await page.keyboard.press('Escape');
  await expect(timelineOf(page).getByRole('application')).toHaveAccessibleName(/gamma over/);
});

test('a version that comes later is read when it comes', async () => {
  const { page } = cairn();
  await chooseAxes(page, ['gamma']);
  await page.keyboard.press('Escape');
  const sidecar = join(run, 'best_models/model_v0017_reward0.4308_20260302_125400.json');
  const text = await readFile(sidecar, 'utf8');
  const added = sidecar.replaceAll('0017', '0019').replace('125400', '135400');
  await writeFile(added.replace('.json', '.pt'), await readFile(sidecar.replace('.json', '.pt')));
  await writeFile(
    added,
    text.replace('"gamma": 0.9', '"gamma": 0.5').replace('125400', '135400').replace('12:54:00', '13:54:00'),
  );
  await parallelOf(page).getByRole('button', { name: 'Show as table' }).click();
  await expect(parallelOf(page)).toContainText('0.5000');
  await parallelOf(page).getByRole('button', { name: 'Show as chart' }).click();
  await rm(added);
  await rm(added.replace('.json', '.pt'));
});
