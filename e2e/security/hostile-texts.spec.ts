import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { builtApp } from '../driver/places.ts';
import { expectRunCount, expectSearched, runRows } from '../driver/runs-table.ts';
import { queryBox, rowsOf, selectVersion, tableOf } from '../driver/versions-table.ts';
import { type Weakening, weakenApp } from '../driver/weaken-app.ts';
import { startWebServer, type WebServer } from '../driver/web-server.ts';
import { type HostileRun, inTrash, makeHostileRun, makeHostileWorkspace } from '../fixtures/hostile-run.ts';
import { hostileTexts, plainHostileTexts } from '../fixtures/hostile-texts.ts';
import { scenes } from '../screens/scenes.ts';
import { type HostileWindow, openHostile, textsOfColumn } from './hostile-window.ts';
import { noContentPolicy } from './weakenings.ts';

/** What such a run cannot show: nobody measured a Sharpe ratio in it. */
const without = new Set(['returns-form']);

/** What nobody would see is shown by a picture of it; of these texts that is left to the tests of that. */
const isPlain = (text: string) => /^[\x20-\x7e]*$/.test(text);

let web: WebServer;
let texts: string[];
let hostile: HostileRun;
let window: HostileWindow;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  web = await startWebServer();
  texts = hostileTexts(web.url);
  hostile = await makeHostileRun(texts);
  window = await openHostile({ runs: [hostile.run] }, web);
});
test.afterAll(async () => {
  await window.close();
  await web.close();
});

async function begin(): Promise<void> {
  await window.page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await window.page.reload();
  await rowsOf(window.page).first().waitFor();
}

test('25: there are more than 500 hostile texts', () => {
  expect(new Set(texts).size).toBeGreaterThan(500);
});

test('25: hostile texts are text in a folder of runs, as overrides and as names', async () => {
  const app = await openHostile({ runs: [await makeHostileWorkspace(texts)] }, web);
  await expectSearched(app.page);
  await expectRunCount(app.page, texts.length);
  for (let shown = 0; shown < texts.length; shown += 20) {
    await app.page.keyboard.press('PageDown');
    await app.expectHarmless(`run ${shown}`);
  }
  await runRows(app.page).nth(1).click();
  await app.page.keyboard.press('Enter');
  await rowsOf(app.page).first().waitFor();
  await app.expectHarmless('a run of the folder');
  await app.close();
});

test('25: every name of a file, tag, note and symbol is in the table, letter by letter', async () => {
  await begin();
  const { page } = window;
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const name of ['Symbol', 'File']) {
    await page.getByRole('textbox', { name: 'Find a column' }).fill(name);
    await page.getByRole('checkbox', { name, exact: true }).check();
  }
  await page.keyboard.press('Escape');
  const shown = async (column: string) => (await textsOfColumn(page, column)).join('\n');
  const kept = (all: readonly string[]) => all.slice(0, texts.length - inTrash).filter(isPlain);
  for (const [column, said] of [
    ['version', hostile.names],
    ['file', hostile.names],
    ['symbol', texts],
    ['notes', texts],
    ['tags', texts],
  ] as const) {
    const all = await shown(column);
    expect([column, kept(said).filter((text) => !all.includes(text))]).toEqual([column, []]);
  }
  await window.expectHarmless('table');
});

test('25: what a version says of itself is read as it was written', async () => {
  await begin();
  const details = await selectVersion(window.page, hostile.cast.one);
  // What is in a fold is drawn once it is opened.
  const folds = details.locator('details:not([open])');
  for (let left = await folds.count(); left > 0; left = await folds.count())
    await folds.first().evaluate((fold: HTMLDetailsElement) => {
      fold.open = true;
    });
  for (const text of texts.filter(isPlain).slice(0, 50))
    await expect(details.getByText(text, { exact: true }).first()).toBeAttached();
  await window.expectHarmless('details');
});

test('25: the title of the window, what is copied and what is typed as a query are text', async () => {
  await begin();
  const { page, electron } = window;
  expect(await page.title()).toContain(plainHostileTexts(web.url)[0]?.slice(0, 13));
  await selectVersion(page, hostile.cast.one);
  await tableOf(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  const copied = () => electron.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toContain('<webview class=owned src=');
  for (const text of plainHostileTexts(web.url)) {
    await queryBox(page).fill(`${text} > and notes ~ ${text}`);
    await window.expectHarmless(`query ${text}`);
  }
});

test('25: the names of saved views are text', async () => {
  await begin();
  const { page } = window;
  const views = texts.slice(0, 200).map((name) => ({ name, folder: null, query: name, layout: {} }));
  await page.evaluate((stored) => localStorage.setItem('cairn.window.v1', stored), JSON.stringify({ views }));
  await page.reload();
  await page.getByRole('button', { name: 'Saved views' }).click();
  const menu = page.getByRole('dialog', { name: 'Saved views' });
  await expect(menu.getByText(texts[3] ?? '', { exact: true })).toBeAttached();
  await window.expectHarmless('views');
});

// Behind what reads the run: some scenes change it.
for (const scene of scenes.filter(({ run, name }) => run === 'sample' && !without.has(name))) {
  test(`25: hostile texts are text on ${scene.name}`, async () => {
    await begin();
    await scene.arrange(window.page, hostile.cast);
    await window.expectHarmless(scene.name);
  });
}

/** A window that takes what it shows for markup, as React's text must never be. */
async function markupForText(): Promise<Weakening[]> {
  const folder = join(builtApp, 'renderer/assets');
  const weakenings: Weakening[] = [];
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.js') || !(await readFile(join(folder, name), 'utf8')).includes('.textContent='))
      continue;
    weakenings.push({
      place: `renderer/assets/${name}`,
      from: /([\w$]+)\.textContent=([\w$]+)(?=[,;})])/g,
      to: '$1.innerHTML=$2',
    });
  }
  return weakenings;
}

test('control: a window that took text for markup would be found out', async () => {
  const app = await weakenApp(...noContentPolicy, ...(await markupForText()));
  const weak = await openHostile({ app, runs: [hostile.run] }, web);
  await expect.poll(weak.deeds).toEqual(expect.arrayContaining([expect.stringMatching(/^element: /)]));
  await expect.poll(weak.deeds).toEqual(expect.arrayContaining([expect.stringMatching(/^(dialog|ran): /)]));
  await weak.close();
});
