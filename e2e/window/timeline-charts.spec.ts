import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { openCharts, reading, scatterOf, timelineOf } from '../driver/charts-page.ts';
import { answerSaveDialog } from '../driver/contents-tab.ts';
import { asListing } from '../driver/json-shapes.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { queryBox } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { open, app } = openedRuns();

/** Moves along the signs above the timeline until one is told. */
async function tellFlag(page: Page): Promise<string> {
  const surface = timelineOf(page).getByRole('application');
  const box = await surface.boundingBox();
  if (!box) throw new Error('the timeline is not shown');
  for (let x = 40; x < box.width; x += 6) {
    await page.mouse.move(box.x + x, box.y + 15);
    const tip = surface.getByRole('tooltip');
    // Read at once: a drawing that becomes finer takes it away.
    const [told] = await tip.allTextContents();
    if (told) return told;
  }
  throw new Error('nothing is told above the timeline');
}

/** Exports the timeline as a drawing of that name, and reads it. */
async function exporterOf(page: Page): Promise<(name: string) => Promise<string>> {
  const folder = await tempFolder('charts');
  return async (name) => {
    const file = join(folder, name);
    await answerSaveDialog(app(), file);
    await timelineOf(page).getByRole('button', { name: 'Export the chart' }).click();
    await page.getByRole('button', { name: 'SVG drawing…' }).click();
    await expect.poll(() => existsSync(file)).toBe(true);
    return readFile(file, 'utf8');
  };
}

test('a measure that is added is drawn at once, on a strip of its own', async () => {
  const page = await open(await copySampleRun());
  await openCharts(page);
  const timeline = timelineOf(page);
  await timeline.getByRole('combobox', { name: 'Over' }).selectOption({ label: 'Version' });
  const exported = await exporterOf(page);
  // Each strip has a line of its best so far.
  const lines = (svg: string): number => svg.split('<polyline').length + svg.split('<path').length;
  const before = await exported('two.svg');
  await timeline.getByRole('button', { name: 'Measures' }).click();
  await page.getByRole('checkbox', { name: 'Win rate' }).check();
  await page.keyboard.press('Escape');
  const after = await exported('three.svg');
  expect(after).toMatch(/>Win[^<]*</);
  expect(lines(after)).toBeGreaterThan(lines(before));
});

test('backups and prunes stand on the timeline: pointed at, in the table, in the exported drawing, and they can be switched off', async () => {
  const run = await copySampleRun();
  await readJson(['backup', run, 'v3', 'v4', '--label', 'before the sweep']);
  const page = await open(run);
  await openCharts(page);
  const timeline = timelineOf(page);
  await expect(timeline).toContainText('1 backup');
  await timeline.getByRole('combobox', { name: 'Over' }).selectOption({ label: 'Version' });
  expect(await tellFlag(page)).toMatch(/Backed up: 2 versions.*When20.*before the sweep.*v3/);

  await readJson(['prune', run, '--keep-best', '5', '--kinds', 'all', '--yes']);
  await expect(timeline).toContainText('1 prune');
  await timeline.getByRole('combobox', { name: 'Over' }).selectOption({ label: 'Time' });
  expect(await tellFlag(page)).toMatch(/2 together · after what is shown.*Backed up: 2 versions.*Pruned: /);
  await timeline.getByRole('combobox', { name: 'Over' }).selectOption({ label: 'Step' });
  await expect(timeline).toContainText('1 without a place on this axis');

  await timeline.getByRole('button', { name: 'Show as table' }).click();
  const done = timeline.getByRole('region', { name: 'Backups and prunes' });
  await expect(done.getByRole('row')).toHaveCount(3);
  await expect(done.getByRole('row').nth(1)).toContainText(/Backed up · before the sweep.*v3/);
  await expect(done.getByRole('row').nth(2)).toContainText(/Pruned.*v\d/);
  await timeline.getByRole('switch', { name: 'Backups and prunes' }).click();
  await expect(done).toHaveCount(0);
  await timeline.getByRole('button', { name: 'Show as chart' }).click();
  await expect(timeline).not.toContainText('1 backup');
});

test('the timeline says how many versions it leaves out, and what they lack', async () => {
  const run = await copySampleRun();
  // All others have their steps in their files, if not on record.
  await writeFile(join(run, 'best_models/bare.pt'), 'of nothing');
  const { versions } = asListing(await readJson(['ls', run, '--check']));
  const page = await open(run, 27);
  await openCharts(page);
  const timeline = timelineOf(page);
  await timeline.getByRole('combobox', { name: 'Over' }).selectOption({ label: 'Step' });
  const stepless = versions.filter(({ step }) => step === null).length;
  expect(stepless).toBeGreaterThan(0);
  await expect(timeline.getByText(`${stepless} without Step`)).toBeVisible();
  await timeline.getByRole('combobox', { name: 'Over' }).selectOption({ label: 'Version' });
  await expect(timeline.getByText('without Step')).toHaveCount(0);
  const rewards = versions.filter(
    (version) => version.version !== null && reading('reward')(version) === null,
  );
  expect(rewards.length).toBeGreaterThan(0);
  await expect(timeline.getByText(`${rewards.length} without Reward`)).toBeVisible();
});

test('what stands above the timeline is in the drawing that is exported', async () => {
  const run = await copySampleRun();
  for (const version of ['v3', 'v5']) await readJson(['backup', run, version]);
  const page = await open(run);
  await openCharts(page);
  const timeline = timelineOf(page);
  await timeline.getByRole('combobox', { name: 'Over' }).selectOption({ label: 'Version' });
  await expect(timeline).toContainText('2 backups');
  const exported = await exporterOf(page);
  const dashes = (svg: string): number => svg.split('stroke-dasharray').length - 1;
  const shown = await exported('shown.svg');
  await timeline.getByRole('switch', { name: 'Backups and prunes' }).click();
  await expect(timeline).not.toContainText('2 backups');
  const hidden = await exported('hidden.svg');
  // Two lines through each of two strips.
  expect(dashes(shown) - dashes(hidden)).toBe(4);
});

test('axes go over all versions until they are fitted to those that are shown', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await openCharts(page);
  const exported = await exporterOf(page);
  const below = />−0\.\d+</;
  await queryBox(page).fill('reward > 0.2');
  await expect(timelineOf(page).getByText('without Reward')).toHaveCount(0);
  expect(await exported('all.svg')).toMatch(/>0</);
  await timelineOf(page).getByRole('button', { name: 'Fit the axes to what is shown' }).click();
  const fitted = await exported('fitted.svg');
  expect(fitted).not.toMatch(/>0</);
  expect(fitted).not.toMatch(below);
});

test('an axis is logarithmic where that is chosen, and says what has no place on it', async () => {
  const run = await copySampleRun();
  const { versions } = asListing(await readJson(['ls', run]));
  const page = await open(run);
  await openCharts(page);
  const [reward, sharpe] = [reading('reward'), reading('sharpe')];
  const drawn = versions.filter((each) => (reward(each) ?? 0) > 0 && sharpe(each) !== null);
  const scatter = scatterOf(page);
  await scatter.getByRole('button', { name: 'log axis of Reward' }).click();
  await expect(scatter.locator('[data-points]')).toHaveText(`${drawn.length} points`);
  await expect(scatter).toContainText(`${versions.length - drawn.length} without both above 0`);
  await timelineOf(page).getByRole('button', { name: 'Measures' }).click();
  await expect(page.getByRole('checkbox', { name: 'Logarithmic axis of Reward' })).toBeChecked();
  await page.getByRole('checkbox', { name: 'Logarithmic axis of Sharpe ratio' }).check();
  await page.keyboard.press('Escape');
  await expect(timelineOf(page)).toContainText('without Sharpe ratio above 0');
});
