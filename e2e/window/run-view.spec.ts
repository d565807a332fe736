import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { shareCairn } from '../driver/launch-cairn.ts';
import { readJson } from '../driver/run-cli.ts';
import {
  allIds,
  cellOf,
  expectVersionCount,
  headOf,
  integrityOf,
  queryBox,
  readProblems,
  rowOf,
  rowsOf,
  selectVersion,
  sortBy,
  statusLine,
  tableOf,
} from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const latest = 'best_models/model_v0017_reward0.4308_20260302_125400.pt';

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

test.beforeEach(async () => {
  const { page } = cairn();
  await expectVersionCount(page, 26);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Reset columns and sorting' }).click();
  await page.keyboard.press('Escape');
  await queryBox(page).fill('');
});

test('every version of the run is a row, with what a script needs to find it', async () => {
  const { page } = cairn();
  const listing = asListing(await readJson(['ls', run]));
  expect((await allIds(page)).sort()).toEqual(listing.versions.map(({ id }) => id).sort());
  await expect(page.locator('[data-best]')).toHaveAttribute('data-version-id', best);
  await expect(page.locator('[data-latest]')).toHaveAttribute('data-version-id', latest);
  await expect(rowOf(page, best)).toContainText('best · sharpe ↑');
  await expect(rowOf(page, latest)).toContainText('latest');
  await expect(statusLine(page)).toContainText('26 versions');
  await expect(statusLine(page)).toContainText('Watching live');
});

test('torn files show without anybody asking', async () => {
  const { page } = cairn();
  const torn = integrityOf(page, 'checkpoints/checkpoint_step_000516096.pt');
  await expect(torn).toHaveAttribute('data-integrity', 'torn');
  await expect(torn).toHaveAttribute('title', '15,445 of 25,743 bytes: the end of the archive is missing');
});

test('a click sorts numbers as numbers, with NaN and missing last in both directions', async () => {
  const { page } = cairn();
  // The best first: of a Sharpe ratio that is the highest.
  for (const direction of ['descending', 'ascending']) {
    await sortBy(page, 'Sharpe ratio');
    await expect(headOf(page, 'Sharpe ratio')).toHaveAttribute('aria-sort', direction);
    const order = direction === 'ascending' ? 'asc' : 'desc';
    const wanted = asListing(await readJson(['ls', run, '--check', '--sort', `sharpe:${order}`])).versions;
    const measured = wanted.filter(({ metrics }) => typeof metrics['sharpe'] === 'number');
    const numbers = measured.map(({ metrics }) => metrics['sharpe']);
    // Files without a sidecar are asked when there is time.
    await expect.poll(async () => (await shownSharpes()).slice(0, numbers.length)).toEqual(numbers);
    const values = await shownSharpes();
    expect(values.slice(measured.length).every((value) => typeof value !== 'number')).toBe(true);
  }
  await sortBy(page, 'Sharpe ratio');
  await expect(headOf(page, 'Sharpe ratio')).toHaveAttribute('aria-sort', 'none');
  await headOf(page, 'Max drawdown').getByRole('button').press('Enter');
  await expect(headOf(page, 'Max drawdown')).toHaveAttribute('aria-sort', 'ascending');
  await headOf(page, 'Max drawdown').getByRole('button').press('Enter');
  await expect(headOf(page, 'Max drawdown')).toHaveAttribute('aria-sort', 'descending');

  async function shownSharpes(): Promise<unknown[]> {
    const { versions } = asListing(await readJson(['ls', run, '--check']));
    const byId = new Map(versions.map(({ id, metrics }) => [id, metrics['sharpe']]));
    return (await allIds(page)).map((id) => byId.get(id));
  }
});

test('versions sort by number, not by text', async () => {
  const { page } = cairn();
  await sortBy(page, 'Version');
  await expect(headOf(page, 'Version')).toHaveAttribute('aria-sort', 'ascending');
  const ids = await allIds(page);
  const numbers = ids
    .map((id) => /_v(\d+)_/.exec(id)?.[1])
    .filter(Boolean)
    .map(Number);
  expect(numbers).toEqual(Array.from({ length: 17 }, (_, index) => index + 1));
  expect(ids.slice(0, 17).every((id) => id.startsWith('best_models/'))).toBe(true);
});

test('the filter keeps what matches, and Escape brings all back', async () => {
  const { page } = cairn();
  await tableOf(page).focus();
  await page.keyboard.press('/');
  await page.keyboard.type('v0011');
  await expect(rowsOf(page)).toHaveCount(1);
  await expectVersionCount(page, 1);
  await page.keyboard.press('Escape');
  await expectVersionCount(page, 26);
  await expect(tableOf(page)).toBeFocused();
  await queryBox(page).fill('no such version');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Show all versions' }).click();
  await expectVersionCount(page, 26);
});

test('details show the metrics and the sidecar, as they stand on disk', async () => {
  const { page } = cairn();
  const details = await selectVersion(page, best);
  await expect(details).toContainText('v11');
  const sidecar = JSON.parse(await readFile(join(run, best.replace(/\.pt$/, '.json')), 'utf8'));
  for (const name of Object.keys(sidecar.metrics)) await expect(details).toContainText(name);
  await expect(details).toContainText(String(sidecar.metrics.sharpe));
  await expect(details).toContainText(sidecar.checksum);
  await details.getByText('Sidecar', { exact: true }).click();
  await expect(details).toContainText(sidecar.file_path);
  // What is folded is drawn once it is opened.
  const [setting = ''] = Object.keys(sidecar.training_config);
  await expect(details.getByText(setting, { exact: true })).toHaveCount(0);
  await details.getByText('training_config', { exact: true }).click();
  await expect(details.getByText(setting, { exact: true })).toBeVisible();
  await expect(details).toContainText(join(run, best));
});

for (const [width, height] of [
  [1024, 700],
  [1440, 900],
] as const)
  test(`of a version the metrics are in view first, and its actions stand in one row, at ${width} × ${height}`, async () => {
    const { page, electron } = cairn();
    const size = { width, height };
    await electron.evaluate(
      ({ BrowserWindow }, given) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(given.width, given.height),
      size,
    );
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width);
    const details = await selectVersion(page, best);
    // An earlier test may have left it scrolled.
    await details.getByRole('tabpanel').evaluate((panel) => panel.scrollTo(0, 0));
    const buttons = details.getByRole('toolbar').getByRole('button');
    await expect(buttons).toHaveCount(4);
    const tops = await buttons.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(new Set(tops).size).toBe(1);
    const cut = await buttons.evaluateAll((all) =>
      all
        .filter((one) =>
          [one, ...one.querySelectorAll('*')].some(
            (part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0,
          ),
        )
        .map((one) => one.textContent),
    );
    expect(cut).toEqual([]);
    await expect(details.getByText('Sharpe ratio', { exact: true })).toBeInViewport({ ratio: 1 });
    await expect(details.getByText('Max drawdown', { exact: true })).toBeInViewport({ ratio: 1 });
    await details.getByRole('tab', { name: 'Contents' }).click();
    const weight = details.locator('[data-tensor$="trunk.0.weight"]').first();
    await weight.waitFor();
    const shown = await weight.getByRole('gridcell').evaluateAll((cells) =>
      cells
        .filter((cell) => cell.clientWidth > 0)
        .map((cell) => ({
          cell: cell.getAttribute('data-cell'),
          isCut: cell.scrollWidth > cell.clientWidth,
        })),
    );
    // Where there is little room the type gives way to the name.
    const type = width > 1024 ? ['dtype'] : [];
    expect(shown.map(({ cell }) => cell)).toEqual(['name', ...type, 'shape', 'bytes']);
    expect(shown.filter(({ isCut }) => isCut)).toEqual([]);
    await details.getByRole('tab', { name: 'Overview' }).click();
  });

test('copying a checksum puts all 64 figures on the clipboard', async () => {
  const { page, electron } = cairn();
  const { checksum } = JSON.parse(await readFile(join(run, best.replace(/\.pt$/, '.json')), 'utf8'));
  const onClipboard = () => electron.evaluate(({ clipboard }) => clipboard.readText());
  await electron.evaluate(({ clipboard }) => clipboard.clear());
  await cellOf(page, best, 'checksum').getByRole('button').click();
  await expect.poll(onClipboard).toBe(checksum);
  await electron.evaluate(({ clipboard }) => clipboard.clear());
  const details = await selectVersion(page, best);
  await details.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Copy checksum' }).click();
  await expect.poll(onClipboard).toBe(checksum);
  await page.keyboard.press('Escape');
});

test('arrow keys, pages and ends move the selection', async () => {
  const { page } = cairn();
  const ids = await allIds(page);
  const selected = page.locator('[role="row"][aria-selected="true"]');
  await tableOf(page).focus();
  await page.keyboard.press('Home');
  await expect(selected).toHaveAttribute('data-version-id', ids[0] ?? '');
  await page.keyboard.press('ArrowDown');
  await expect(selected).toHaveAttribute('data-version-id', ids[1] ?? '');
  await page.keyboard.press('End');
  await expect(selected).toHaveAttribute('data-version-id', ids.at(-1) ?? '');
  await expect(selected).toBeInViewport();
  await page.keyboard.press('ArrowUp');
  await expect(selected).toHaveAttribute('data-version-id', ids.at(-2) ?? '');
});

test('a problem of a version leads to that version, also from a list that hides it', async () => {
  const { page } = cairn();
  await queryBox(page).fill('kind = checkpoint');
  await statusLine(page)
    .getByRole('button', { name: /problems$/ })
    .click();
  const torn = 'best_models/model_v0005_reward0.3498_20260302_103000.pt';
  await page.getByRole('dialog').getByRole('button', { name: torn }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(rowOf(page, torn)).toHaveAttribute('aria-selected', 'true');
  await expect(queryBox(page)).toHaveValue('');
});

test('what is no version is listed under problems', async () => {
  const { page } = cairn();
  const problems = (await readProblems(page)).join('\n');
  expect(problems).toContain('temp/model_v0018_reward0.4321_20260302_130600.pt.tmp: left over');
  expect(problems).toMatch(/model_v0005.*its sidecar is not valid JSON/);
  expect(await allIds(page)).not.toContain('temp/model_v0018_reward0.4321_20260302_130600.pt.tmp');
});
