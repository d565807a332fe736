import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import {
  drag,
  frontOf,
  hoverAlong,
  openCharts,
  parallelOf,
  reading,
  scatterOf,
  surfaceOf,
  turnRoomForFar,
} from '../driver/charts-page.ts';
import { asListing, type Version } from '../driver/json-shapes.ts';
import { shareCairn } from '../driver/launch-cairn.ts';
import { readJson } from '../driver/run-cli.ts';
import { expectVersionCount, queryBox, rowOf, withMinus } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { saveVersion } from '../fixtures/save-version.ts';

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
  await surfaceOf(scatterOf(page)).press('0');
  await surfaceOf(scatterOf(page)).press('Escape');
});

const details = () => cairn().page.getByRole('complementary', { name: 'Details' });
const hasBoth = (version: Version) => reward(version) !== null && sharpe(version) !== null;

test('every version with both values is a point; which end is better is asked, and then the front is as defined', async () => {
  const { page } = cairn();
  const scatter = scatterOf(page);
  await expect(scatter.locator('[data-points]')).toHaveText(`${versions.filter(hasBoth).length} points`);
  await scatter.getByRole('combobox', { name: 'Up' }).selectOption({ label: 'Num trades' });
  await expect(scatter).toContainText('Choose which end of Num trades is better');
  await scatter.getByRole('combobox', { name: 'Up' }).selectOption({ label: 'Reward' });
  const front = frontOf(versions, sharpe, reward);
  await expect(scatter.locator('[data-front]')).toContainText(`${front.length} on the Pareto front`);
  await scatter.getByRole('button', { name: 'Show as table' }).click();
  const rows = scatter.getByRole('row').filter({ hasText: 'on it' });
  await expect(rows).toHaveCount(front.length);
  await expect(scatter.getByRole('row')).toHaveCount(versions.filter(hasBoth).length + 1);
  await scatter.getByRole('button', { name: 'Show as chart' }).click();
});

test('a version that is far worse than all others stands at the edge, where it is told; it has room where that is asked for', async () => {
  const { page } = cairn();
  const scatter = scatterOf(page);
  const far = scatter.locator('[data-far]');
  await expect(far).toContainText('1 far off');
  const [lowest] = versions.filter(hasBoth).toSorted((a, b) => (sharpe(a) ?? 0) - (sharpe(b) ?? 0));
  // The corner between the axes, as far from the edges as their words take.
  const { width = 1, height = 1 } = (await surfaceOf(scatter).boundingBox()) ?? {};
  const x = 67 / width;
  const told = await hoverAlong(page, surfaceOf(scatter), [x, 1 - 40 / height], [x, 1 - 56 / height]);
  expect(told.text).toContain(withMinus(String(sharpe(lowest as Version))));
  await turnRoomForFar(page);
  await expect(far).toHaveCount(0);
  await turnRoomForFar(page);
  await expect(far).toBeVisible();
  await surfaceOf(scatter).press('-');
  await expect(far).toHaveCount(0);
  await surfaceOf(scatter).press('0');
  await expect(far).toBeVisible();
});

test('a query leaves the points it asks for', async () => {
  const { page } = cairn();
  const query = 'sharpe > 1.3 and kind = best';
  await queryBox(page).fill(query);
  const asked = asListing(await readJson(['ls', run, '--check', '--where', query])).versions.filter(hasBoth);
  await expect(scatterOf(page).locator('[data-points]')).toHaveText(`${asked.length} points`);
  await queryBox(page).fill('zzzz');
  await expect(scatterOf(page)).toContainText('No version is shown');
  await page.getByRole('button', { name: 'Show all versions' }).click();
  await expect(queryBox(page)).toHaveValue('');
  await expect(scatterOf(page).locator('[data-points]')).toHaveText(
    `${versions.filter(hasBoth).length} points`,
  );
});

test('the version under the pointer is told and a click chooses it, here and in the table', async () => {
  const { page } = cairn();
  const surface = surfaceOf(scatterOf(page));
  await turnRoomForFar(page);
  const told = await hoverAlong(page, surface, [0.14, 0.9], [0.3, 0.6]);
  const lowest = versions.filter(hasBoth).toSorted((a, b) => (sharpe(a) ?? 0) - (sharpe(b) ?? 0))[0];
  expect(told.text).toContain(withMinus(String(reward(lowest as Version))));
  await page.mouse.down();
  await page.mouse.up();
  await turnRoomForFar(page);
  await expect(details().getByRole('heading', { level: 2 }).first()).toHaveText(
    told.title.replace(/ ·.*/, ''),
  );
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(rowOf(page, lowest?.id ?? '')).toHaveAttribute('aria-selected', 'true');
});

test('a box and a lasso choose what they enclose; Ctrl adds, Esc leaves one', async () => {
  const { page } = cairn();
  const scatter = scatterOf(page);
  const surface = surfaceOf(scatter);
  const both = versions.filter(hasBoth).length;
  await turnRoomForFar(page);
  await drag(page, surface, [
    [0.03, 0.03],
    [0.99, 0.9],
  ]);
  await expect(details()).toContainText(`${both} versions`);
  await surface.press('Escape');
  await scatter.getByRole('button', { name: 'Select with a lasso' }).click();
  await drag(page, surface, [
    [0.7, 0.02],
    [0.99, 0.02],
    [0.99, 0.5],
    [0.7, 0.5],
  ]);
  const upper = versions.filter((version) => (sharpe(version) ?? -1) > 1).length;
  await expect(details()).toContainText(`${upper} versions`);
  await page.keyboard.down('Control');
  await drag(page, surface, [
    [0.05, 0.6],
    [0.3, 0.6],
    [0.3, 0.95],
    [0.05, 0.95],
  ]);
  await page.keyboard.up('Control');
  await expect(details()).toContainText(`${both} versions`);
  await scatter.getByRole('button', { name: 'Select with a box' }).click();
  await turnRoomForFar(page);
});

test('Esc gives up a lasso that is being drawn, and nothing else', async () => {
  const { page } = cairn();
  const scatter = scatterOf(page);
  const surface = surfaceOf(scatter);
  const asked = versions
    .filter((version) => hasBoth(version) && (sharpe(version) ?? 0) > 0)
    .toSorted((a, b) => (sharpe(a) ?? 0) - (sharpe(b) ?? 0));
  await queryBox(page).fill('sharpe > 0');
  await expect(scatter.locator('[data-points]')).toHaveText(`${asked.length} points`);
  await surface.press('Home');
  const chosen = withMinus(String(reward(asked[0] as Version)?.toFixed(4)));
  await expect(details()).toContainText(chosen);
  await scatter.getByRole('button', { name: 'Select with a lasso' }).click();
  const { x = 0, y = 0, width = 0, height = 0 } = (await surface.boundingBox()) ?? {};
  await page.mouse.move(x + 0.1 * width, y + 0.05 * height);
  await page.mouse.down();
  for (const [across, down] of [
    [0.95, 0.05],
    [0.95, 0.85],
    [0.1, 0.85],
  ] as const)
    await page.mouse.move(x + across * width, y + down * height, { steps: 3 });
  await expect(scatter.locator('.plot-outline')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(scatter.locator('.plot-outline')).toHaveCount(0);
  await page.mouse.up();
  await expect(details()).toContainText(chosen);
  await expect(queryBox(page)).toHaveValue('sharpe > 0');
  await scatter.getByRole('button', { name: 'Select with a box' }).click();
});

test('arrows go from version to version by the axis across, and zooming is undone by one press', async () => {
  const { page } = cairn();
  const scatter = scatterOf(page);
  const surface = surfaceOf(scatter);
  const ordered = versions.filter(hasBoth).toSorted((a, b) => (sharpe(a) ?? 0) - (sharpe(b) ?? 0));
  await surface.press('Home');
  await expect(details()).toContainText(withMinus(String(reward(ordered[0] as Version)?.toFixed(4))));
  await surface.press('ArrowRight');
  await expect(details()).toContainText(withMinus(String(reward(ordered[1] as Version)?.toFixed(4))));
  const reset = scatter.getByRole('button', { name: 'Reset zoom' });
  await expect(reset).toBeDisabled();
  await surface.press('+');
  await expect(reset).toBeEnabled();
  await reset.click();
  await expect(reset).toBeDisabled();
});

test('axes and colours are chosen from lists, and axe finds nothing serious', async () => {
  const { page } = cairn();
  const scatter = scatterOf(page);
  await scatter.getByRole('combobox', { name: 'Coloured by' }).selectOption({ label: 'by Step' });
  await scatter.getByRole('combobox', { name: 'Across' }).selectOption({ label: 'Step' });
  const withStep = versions.filter(
    (version) => reward(version) !== null && 'step' in version && version.step !== null,
  );
  await expect(scatter.locator('[data-points]')).toHaveText(`${withStep.length} points`);
  await expectAccessible(page, 'body');
  await scatter.getByRole('combobox', { name: 'Across' }).selectOption({ label: 'Sharpe ratio' });
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expectVersionCount(page, 26);
});

test('of many measures the menu of axes lists some, and finds the others by their names', async () => {
  const { page } = cairn();
  const metrics = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`layer_${index}_norm`, index]),
  );
  await saveVersion(run, { version: 60, reward: 0.1, metrics });
  await parallelOf(page).getByRole('button', { name: 'Axes and ranges' }).click();
  const menu = page.getByRole('dialog', { name: 'Axes and ranges' });
  await expect(menu).toContainText(/\d more: type to narrow down/);
  await expect(menu.getByRole('checkbox')).toHaveCount(200);
  await menu.getByRole('textbox', { name: 'Find by name' }).fill('layer 299');
  await expect(menu.getByRole('checkbox', { name: 'Layer 299 norm' })).toBeVisible();
});
