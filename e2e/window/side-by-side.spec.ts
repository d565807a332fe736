import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { asListing } from '../driver/json-shapes.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readSvg } from '../driver/read-svg.ts';
import { resizeWindow } from '../driver/resize-window.ts';
import { readJson } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { cellOf, rowsOf, selectVersion, sortBy } from '../driver/versions-table.ts';
import { answerWithFile, best, commandOf, first } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const tenth = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';

const { open, app } = openedRuns();

async function compare(page: Page, ids: readonly string[]): Promise<Locator> {
  const [one = '', ...others] = ids;
  await selectVersion(page, one);
  for (const id of others) await cellOf(page, id, 'version').click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('button', { name: 'Side by side' }).click();
  return page.getByRole('table', { name: 'Versions side by side' });
}

async function takeOut(page: Page, how: string): Promise<void> {
  await page.getByRole('button', { name: 'Export side by side' }).click();
  await page.getByRole('menuitem', { name: how }).click();
}

const lineOf = (table: Locator, label: string) => table.locator(`[data-value="${label}"]`);

test('metrics stand against the best, with words that know which end is better', async () => {
  const page = await open(await copySampleRun());
  const table = await compare(page, [tenth, best]);
  const sharpe = lineOf(table, 'sharpe').getByRole('cell');
  await expect(sharpe).toHaveText([/^1\.5853−0\.0614 worse$/, '1.6467']);
  await expect(sharpe.nth(0).getByRole('img')).toHaveAccessibleName('−0.0614, worse than the baseline');
  await expect(lineOf(table, 'sharpe').getByRole('rowheader')).toContainText('↑');
  await expect(lineOf(table, 'entropy')).not.toContainText('worse');
  await page.getByRole('button', { name: 'Take v10 as the baseline' }).click();
  await expect(sharpe).toHaveText(['1.5853', /^1\.6467\+0\.0614 better$/]);
});

test('a line for a terminal compares each of the others with the baseline', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await compare(page, [first, tenth, best]);
  const diff = (id: string) => `cairn diff ${join(run, best)} ${join(run, id)}`;
  await expect.poll(() => commandOf(page)).toBe(`${diff(first)}\n${diff(tenth)}`);
  const told = await runLine(`${diff(tenth)} --json`);
  expect(told.code).toBe(0);
  expect(JSON.parse(told.stdout).tensors.changed).toHaveLength(32);
  await page.getByRole('button', { name: 'Take v10 as the baseline' }).click();
  await expect.poll(() => commandOf(page)).toContain(`cairn diff ${join(run, tenth)} ${join(run, best)}`);
  await page.getByRole('button', { name: 'Copy the 2 commands' }).click();
  expect(await app().electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(await commandOf(page));
});

test('what is equal is left out until it is asked for, and a value is found by its name', async () => {
  const page = await open(await copySampleRun());
  const table = await compare(page, [tenth, best]);
  const gamma = lineOf(table, 'training_config.gamma');
  await expect(lineOf(table, 'Episode')).toBeVisible();
  await expect(gamma).toHaveCount(0);
  await table
    .getByRole('button', { name: /^\d+ equal values? hidden$/ })
    .last()
    .click();
  await expect(page.getByRole('switch', { name: 'Differences only' })).not.toBeChecked();
  await page.getByRole('textbox', { name: 'Find a value by its name' }).fill('gamma');
  await expect(gamma.getByRole('cell')).toHaveText(['0.9', '0.9']);
});

test('versions without a sidecar stand by the config that Hydra wrote down of their run', async () => {
  const run = await copySampleRun();
  for (const id of [tenth, best]) await rm(join(run, id.replace('.pt', '.json')));
  const page = await open(run);
  const table = await compare(page, [tenth, best]);
  await page.getByRole('switch', { name: 'Differences only' }).uncheck();
  await page.getByRole('textbox', { name: 'Find a value by its name' }).fill('env.market');
  await expect(lineOf(table, 'env.market').getByRole('cell')).toHaveText(['toy', 'toy']);
});

test('of five versions each heading can be read: badges give way before names, and all is in its hover text', async () => {
  const page = await open(await copySampleRun());
  await resizeWindow(app(), 1024, 700);
  await sortBy(page, 'Version');
  await sortBy(page, 'Version');
  const newest = await rowsOf(page).evaluateAll((rows) =>
    rows.map((row) => row.getAttribute('data-version-id') ?? ''),
  );
  const others = newest.filter((id) => id.startsWith('best_models/') && id !== best).slice(0, 4);
  const table = await compare(page, [...others, best]);
  await table.getByRole('button', { name: /v11/ }).first().click();
  const heading = table.getByRole('columnheader', { name: /v11, the baseline/ });
  await expect(heading).toHaveAttribute('title', `v11, best, baseline\n${best}`);
  const cut = await table
    .locator('.side-name bdi')
    .evaluateAll((names) => names.filter((name) => name.scrollWidth > name.clientWidth).length);
  expect(cut).toBe(0);
});

test('any number stands side by side; one is taken out, its weights compared with the baseline', async () => {
  const page = await open(await copySampleRun());
  await selectVersion(page, best);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('s');
  await expect(page.getByRole('tab', { name: 'Side by side' })).toBeFocused();
  const table = page.getByRole('table', { name: 'Versions side by side' });
  await expect(table).toHaveAttribute('aria-colcount', '27');
  await page.getByRole('tab', { name: 'Versions' }).click();
  const three = await compare(page, [first, tenth, best]);
  await page.getByRole('button', { name: 'Take v1 out' }).click();
  await expect(three).toHaveAttribute('aria-colcount', '3');
  await page.getByRole('button', { name: 'Compare the weights of v10 with the baseline' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare weights' });
  await expect(dialog).toContainText('32 changed');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expectAccessible(page, 'body');
});

test('without two versions it says how they get here, and offers the best and the latest', async () => {
  const page = await open(await copySampleRun());
  await page.getByRole('tab', { name: 'Side by side' }).click();
  await page.getByRole('button', { name: 'Compare the best with the latest' }).click();
  await expect(page.getByRole('table', { name: 'Versions side by side' })).toHaveAttribute(
    'aria-colcount',
    '3',
  );
});

test('what is shown is copied as Markdown, and written as Markdown and as CSV where its user says', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await compare(page, [tenth, best]);
  await page.getByRole('textbox', { name: 'Find a value by its name' }).fill('sharpe');
  const folder = await tempFolder('side-by-side');
  await takeOut(page, 'Copy as Markdown');
  await expect(page.getByText('2 versions copied as Markdown')).toBeVisible();
  const copied = await app().electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied.split('\n').slice(0, 4)).toEqual([
    '|  | v10 | v11 (baseline) |',
    '| --- | --- | --- |',
    expect.stringMatching(/^\| \*\*Metrics\*\* \(\d+ left out\) \| {2}\| {2}\|$/),
    expect.stringMatching(/^\| sharpe ↑ \| 1\.5853\d* \(-0\.0614\d*, worse\) \| \*\*1\.6467\d*\*\* \|$/),
  ]);
  await answerWithFile(app(), join(folder, 'table.md'));
  await takeOut(page, 'Markdown table…');
  await expect(page.getByText(/^Wrote table\.md, /)).toBeVisible();
  expect(await readFile(join(folder, 'table.md'), 'utf8')).toBe(copied);
  await answerWithFile(app(), join(folder, 'table.csv'));
  await takeOut(page, 'CSV: every digit…');
  await expect(page.getByText(/^Wrote table\.csv, /)).toBeVisible();
  const csv = await readFile(join(folder, 'table.csv'), 'utf8');
  const { versions } = asListing(await readJson(['ls', run]));
  const [ten, eleven] = [tenth, best].map((id) => versions.find((each) => each.id === id)?.metrics['sharpe']);
  expect(csv.split('\r\n').slice(0, 3)).toEqual([
    'section,name,better,v10,v11,v10 minus v11',
    `,file,,${tenth},${best},`,
    `Metrics,sharpe,higher,${ten},${eleven},${Number(ten) - Number(eleven)}`,
  ]);
});

test('the metrics are bars too, chosen by name, and leave as a picture; the table is behind them', async () => {
  const page = await open(await copySampleRun());
  await compare(page, [first, tenth, best]);
  await page.getByRole('button', { name: 'Export side by side' }).click();
  await expect(page.getByRole('menuitem')).toHaveText([
    'Copy as Markdown',
    'Markdown table…',
    'CSV: every digit…',
  ]);
  await page.keyboard.press('Escape');
  const asBars = page.getByRole('button', { name: 'Bars', exact: true });
  await asBars.press('Enter');
  await expect(asBars).toBeFocused();
  const bars = page.getByRole('region', { name: 'Bars of the chosen metrics' });
  await expect(
    bars.getByRole('img', { name: /^3 versions as bars of Reward, Sharpe ratio, / }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Metrics', exact: true }).click();
  const menu = page.getByRole('dialog', { name: 'Metrics' });
  for (const name of ['Reward', 'Win rate', 'Total return', 'Profit factor'])
    await menu.getByRole('checkbox', { name, exact: true }).uncheck();
  await menu.getByRole('checkbox', { name: 'Max drawdown' }).check();
  await page.keyboard.press('Escape');
  await expect(bars.getByRole('img')).toHaveAccessibleName(
    '3 versions as bars of Sharpe ratio, Max drawdown',
  );
  await page.getByRole('button', { name: 'Differences', exact: true }).click();
  const folder = await tempFolder('bars');
  for (const [how, kind] of [
    ['SVG drawing…', 'svg'],
    ['PNG picture…', 'png'],
  ] as const) {
    await answerWithFile(app(), join(folder, `bars.${kind}`));
    await takeOut(page, how);
    await expect(page.getByText(`Wrote bars.${kind}, `)).toBeVisible();
  }
  const svg = await readSvg(join(folder, 'bars.svg'));
  for (const words of ['Max drawdown', '↑ better', '↓ better', '−0.0614 worse', 'v1', 'v10', 'v11'])
    expect(svg).toContain(words);
  expect((await readFile(join(folder, 'bars.png'))).subarray(1, 4).toString()).toBe('PNG');
  await expectAccessible(page, 'body');
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Versions side by side' })).toBeVisible();
});

/** Gives the sidecar of a version other values. */
async function rewrite(run: string, id: string, change: (sidecar: Sidecar) => void): Promise<void> {
  const path = join(run, id.replace(/\.pt$/, '.json'));
  const sidecar = JSON.parse(await readFile(path, 'utf8')) as Sidecar;
  change(sidecar);
  await writeFile(path, JSON.stringify(sidecar).replaceAll('"<NaN>"', 'NaN'));
}

interface Sidecar {
  metrics: Record<string, unknown>;
  training_config: Record<string, unknown>;
}

test('awkward values stand as they are: no metrics, NaN, names that are markup or turn text round, one number twice', async () => {
  const run = await copySampleRun();
  const twin = 'best_models/model_v0010_twin.pt';
  await copyFile(join(run, tenth), join(run, twin));
  await copyFile(join(run, tenth.replace('.pt', '.json')), join(run, twin.replace('.pt', '.json')));
  const name = '\u202e<img src=x onerror=alert(1)> | `x`';
  await rewrite(run, first, (sidecar) => {
    sidecar.metrics = {};
  });
  await rewrite(run, best, ({ metrics, training_config }) => {
    metrics['sharpe'] = '<NaN>';
    metrics[name] = 1;
    training_config[`${name}${'long '.repeat(100)}`] = `${name}\nsecond line`;
  });
  const page = await open(run, 27);
  const table = await compare(page, [first, tenth, twin, best]);
  const heads = table.getByRole('columnheader');
  await expect(heads).toContainText(['Value', 'v1', basename(tenth), basename(twin), 'v11']);
  const sharpe = lineOf(table, 'sharpe').getByRole('cell');
  await expect(sharpe).toHaveText(['–', /^1\.5853/, /^1\.5853/, 'NaN']);
  await expect(table.locator('[data-value^="[U+202E]<img src=x onerror=alert(1)> | `x`"]')).toHaveText([
    '[U+202E]<img src=x onerror=alert(1)> | `x`–––1',
  ]);
  await page.getByRole('textbox', { name: 'Find a value by its name' }).fill('long long');
  await expect(table.locator('[data-value*="long long"]')).toContainText('`x`␊second line');
  const file = join(await tempFolder('awkward'), 'table.md');
  await answerWithFile(app(), file);
  await takeOut(page, 'Markdown table…');
  await expect(page.getByText(/^Wrote table\.md, /)).toBeVisible();
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  for (const line of lines) expect(line.split('|')).toHaveLength(7);
  expect(lines.join('\n')).not.toMatch(/<img|\u202e/);
  await page.getByRole('button', { name: 'Bars', exact: true }).click();
  await expect(page.getByRole('img', { name: /^4 versions as bars of Reward, / })).toBeVisible();
});

test('a version that vanishes while it is shown leaves its column, and the last two leave the page', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const table = await compare(page, [first, tenth, best]);
  const remove = async (id: string) => {
    await rm(join(run, id.replace(/\.pt$/, '.json')));
    await rm(join(run, id));
  };
  await page.getByRole('button', { name: 'Take v10 as the baseline' }).click();
  await expect(lineOf(table, 'sharpe').getByRole('cell')).toHaveText([/worse/, '1.5853', /better/]);
  await remove(tenth);
  await expect(table).toHaveAttribute('aria-colcount', '3');
  await expect(page.getByRole('button', { name: 'v11, the baseline' })).toBeVisible();
  await remove(first);
  await expect(page.getByRole('heading', { name: 'Select two or more versions' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
