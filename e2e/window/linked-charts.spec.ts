import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { drag, openCharts, parallelOf, reading, scatterOf, timelineOf } from '../driver/charts-page.ts';
import { answerSaveDialog } from '../driver/contents-tab.ts';
import { asListing, type Version } from '../driver/json-shapes.ts';
import { shareCairn } from '../driver/launch-cairn.ts';
import { readSvg } from '../driver/read-svg.ts';
import { resizeWindow } from '../driver/resize-window.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount, queryBox } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

const [reward, sharpe] = [reading('reward'), reading('sharpe')];
let versions: Version[] = [];

test.beforeEach(async () => {
  const { page } = cairn();
  versions = asListing(await readJson(['ls', run, '--check'])).versions;
  await openCharts(page);
  await queryBox(page).fill('');
});

const chips = () => cairn().page.locator('.range-chip');
const lines = () => parallelOf(cairn().page).locator('[data-lines]');
const between = (read: (version: Version) => number | null, low: number, high: number) =>
  versions.filter((version) => {
    const value = read(version);
    return value !== null && value >= low && value <= high;
  });

test('brushing an axis leaves what lies there in every chart and in the table; Esc shows all again', async () => {
  const { page } = cairn();
  const chart = parallelOf(page).locator('.plot');
  const { width = 1 } = (await chart.boundingBox()) ?? {};
  // The first axis stands 52 pixels from the left; its lower end is the lowest reward, far below all others.
  const axis = 52 / width;
  await drag(page, chart, [
    [axis, 0.05],
    [axis, 0.3],
    [axis, 0.6],
  ]);
  const left = between(reward, 0.1, 1).length;
  await expect(chips()).toHaveText(/Reward from 0\.\d+/);
  await expect(lines()).toHaveText(`${left} lines`);
  const drawn = between(reward, 0.1, 1).filter((version) => sharpe(version) !== null);
  await expect(scatterOf(page).locator('[data-points]')).toHaveText(`${drawn.length} points`);
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expectVersionCount(page, left);
  await page.keyboard.press('Escape');
  await expectVersionCount(page, 26);
  await expect(chips()).toHaveCount(0);
});

test('a range is set by keys too, and taken away by its chip', async () => {
  const { page } = cairn();
  const parallel = parallelOf(page);
  await parallel.getByRole('button', { name: 'Axes and ranges' }).click();
  await page.getByRole('spinbutton', { name: 'Sharpe ratio from' }).fill('1.3');
  await page.getByRole('spinbutton', { name: 'Sharpe ratio to' }).fill('1.6');
  await page.keyboard.press('Escape');
  await expect(lines()).toHaveText(`${between(sharpe, 1.3, 1.6).length} lines`);
  await expect(chips()).toHaveText('Sharpe ratio 1.3000 to 1.6000');
  await parallel.getByRole('button', { name: 'Show as table' }).click();
  await expect(parallel.getByRole('row')).toHaveCount(between(sharpe, 1.3, 1.6).length + 1);
  await parallel.getByRole('button', { name: 'Show as chart' }).click();
  await page.getByRole('button', { name: 'Show any Sharpe ratio' }).click();
  await expect(lines()).toHaveText('26 lines');
});

test('Esc while an axis is brushed leaves its range as it was', async () => {
  const { page } = cairn();
  const chart = parallelOf(page).locator('.plot');
  const { x = 0, y = 0, height = 0 } = (await chart.boundingBox()) ?? {};
  await page.mouse.move(x + 52, y + 0.05 * height);
  await page.mouse.down();
  await page.mouse.move(x + 52, y + 0.6 * height, { steps: 4 });
  await expect(chips()).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(chips()).toHaveCount(0);
  await page.mouse.move(x + 52, y + 0.4 * height, { steps: 2 });
  await page.mouse.up();
  await expect(chips()).toHaveCount(0);
  await expect(lines()).toHaveText('26 lines');
});

test('the timeline tells where the best so far was', async () => {
  const { page } = cairn();
  const timeline = timelineOf(page);
  await timeline.getByRole('combobox', { name: 'Over' }).selectOption({ label: 'Version' });
  await timeline.getByRole('button', { name: 'Show as table' }).click();
  const numbered = versions.filter(({ version }) => version !== null);
  let best = Number.NEGATIVE_INFINITY;
  const better = numbered
    .toSorted((a, b) => (a.version ?? 0) - (b.version ?? 0) || (reward(b) ?? -9) - (reward(a) ?? -9))
    .filter((version) => {
      const value = reward(version) ?? Number.NEGATIVE_INFINITY;
      if (value <= best) return false;
      best = value;
      return true;
    });
  await expect(timeline.getByRole('row')).toHaveCount(numbered.length + 1);
  const column = timeline.getByRole('cell').filter({ hasText: 'best so far' });
  await expect(timeline.getByRole('columnheader').last()).toHaveText('Best Sharpe ratio');
  expect(await column.count()).toBeGreaterThanOrEqual(better.length);
  const rows = await timeline.getByRole('row').allTextContents();
  for (const { version } of better)
    expect(rows.some((row) => row.startsWith(`v${version}`) && row.includes('best so far'))).toBe(true);
  await timeline.getByRole('button', { name: 'Show as chart' }).click();
});

test('each chart is exported as SVG and as PNG, where its user says', async () => {
  const { page } = cairn();
  const folder = await tempFolder('charts');
  const panels = { scatter: scatterOf(page), timeline: timelineOf(page), parallel: parallelOf(page) };
  for (const [name, panel] of Object.entries(panels)) {
    for (const [kind, format] of [
      ['SVG drawing…', 'svg'],
      ['PNG picture…', 'png'],
    ] as const) {
      const file = join(folder, `${name}.${format}`);
      await answerSaveDialog(cairn(), file);
      await panel.getByRole('button', { name: 'Export the chart' }).click();
      await page.getByRole('button', { name: kind }).click();
      await expect.poll(() => existsSync(file)).toBe(true);
      if (format === 'svg') expect(await readSvg(file)).toContain('Reward');
      else expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
    }
  }
});

test('lines are coloured by what ranks the run, and a legend says how: one far value does not make all others alike', async () => {
  const { page } = cairn();
  const file = join(await tempFolder('charts'), 'lines.svg');
  await answerSaveDialog(cairn(), file);
  await parallelOf(page).getByRole('button', { name: 'Export the chart' }).click();
  await page.getByRole('button', { name: 'SVG drawing…' }).click();
  await expect.poll(() => existsSync(file)).toBe(true);
  expect(await readFile(file, 'utf8')).toMatch(/>≤ 1\.\d+</);
});

test('a chart can have the page to itself', async () => {
  const { page } = cairn();
  await scatterOf(page).getByRole('button', { name: 'Show this chart alone' }).click();
  await expect(parallelOf(page)).toHaveCount(0);
  await scatterOf(page).getByRole('button', { name: 'Show all charts' }).click();
  await expect(parallelOf(page)).toBeVisible();
});

test('the charts of a narrow window keep their height, whatever a query leaves to be said of them', async () => {
  const { page } = cairn();
  await resizeWindow(cairn(), 1024, 768);
  const surfaces = [scatterOf(page), timelineOf(page)].map((panel) => panel.getByRole('application'));
  const heights = () => Promise.all(surfaces.map(async (surface) => (await surface.boundingBox())?.height));
  const before = await heights();
  for (const query of ['kind = checkpoint', 'reward > 0', 'v1']) {
    await queryBox(page).fill(query);
    await expect(lines()).not.toHaveText('26 lines');
    expect(await heights()).toEqual(before);
  }
  for (const summary of await page.locator('.chart-summary').all()) {
    expect((await summary.boundingBox())?.height).toBe(20);
    await summary.hover();
    await expect(summary).toHaveAttribute('title', /[a-z]/);
  }
  await resizeWindow(cairn(), 1280, 800);
});
