// How the main screens look, against pictures of them as they were when somebody last looked: `npm run screens -- --renew` takes new ones.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { readJson } from '../driver/run-cli.ts';
import { showIn } from '../driver/show-in.ts';
import { expectVersionCount } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { mainScenes } from '../screens/main-scenes.ts';
import type { Scene } from '../screens/scene.ts';
import { sampleCast } from '../screens/scenes.ts';
import { decode, differenceOf, encode, takeSmall } from '../screens/small-picture.ts';
import { judged, steadyTexts, tellDrawing } from '../screens/steady-page.ts';

const references = fileURLToPath(new URL('../screens/references/', import.meta.url));
const drawingFile = join(references, 'drawn-with.json');
const renews = process.env['CAIRN_RENEW_SCREENS'] === '1';
const size = { width: 1152, height: 720 };
/** So many pixels of a third may differ: fewer than those of one button that moved. */
const most = 20;
const versionsLeft = 25;

let run = '';
let cairn: Cairn | null = null;
let shows: Scene['run'] | null = null;

test.beforeAll(async () => {
  run = await copySampleRun();
  await readJson(['verify', run], 1);
  await readJson(['backup', run, 'v11', '--label', 'the best so far']);
  await readJson(['trash', run, 'v1']);
});
test.afterAll(() => cairn?.close());

/** The app with that run, or without any, as it is after a load; one app serves the screens that follow. */
async function startWith(wanted: Scene['run']): Promise<Cairn> {
  if (cairn === null || shows !== wanted) {
    await cairn?.close();
    cairn = await launchCairn({ runs: wanted === 'none' ? [] : [run], scale: 1 });
    shows = wanted;
    await cairn.electron.evaluate(({ BrowserWindow }, asked) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(asked.width, asked.height);
    }, size);
    await cairn.page.waitForFunction((wide) => window.innerWidth === wide, size.width);
  }
  const { page } = cairn;
  await showIn(page, 'light');
  await page.evaluate(() => {
    sessionStorage.clear();
    localStorage.clear();
  });
  await page.reload();
  await page.locator('main').first().waitFor();
  if (wanted !== 'none') await expectVersionCount(page, versionsLeft);
  await page.mouse.move(0, 0);
  return cairn;
}

/** Other fonts, or another Chromium, look other than the references: that is told, and is no fault of a screen. */
async function skipIfDrawnOtherwise(page: Page): Promise<void> {
  const known = JSON.parse(await readFile(drawingFile, 'utf8')) as Record<string, number>;
  const here = await tellDrawing(page);
  const other = Object.keys(known).find((name) => known[name] !== here[name]);
  if (other === undefined) return;
  const reason = `the references were drawn with other fonts or another Chromium: ${other} is ${here[other]} here, not ${known[other]}`;
  console.log(`skipped: ${reason}`);
  test.skip(true, reason);
}

const take = (app: Cairn) =>
  takeSmall(app, async () => {
    await judged(app.page);
    await steadyTexts(app.page, run);
  });

async function compare(app: Cairn, name: string): Promise<void> {
  const { electron } = app;
  const picture = await take(app);
  const file = join(references, `${name}.png`);
  if (renews) return writeFile(file, await encode(electron, picture));
  const { count, ...part } = differenceOf(picture, await decode(electron, await readFile(file)));
  if (count > most) await writeFile(test.info().outputPath(`${name}.png`), await encode(electron, picture));
  expect(count, `${name} differs between ${JSON.stringify(part)}`).toBeLessThanOrEqual(most);
}

test.skip(process.platform !== 'linux', 'the references were taken on Linux');

for (const scene of mainScenes)
  test(`${scene.name} looks as it did, light and dark`, async () => {
    const app = await startWith(scene.run);
    const { page } = app;
    if (renews) {
      await mkdir(references, { recursive: true });
      await writeFile(drawingFile, `${JSON.stringify(await tellDrawing(page), null, 2)}\n`);
    } else await skipIfDrawnOtherwise(page);
    await scene.arrange(page, sampleCast);
    await compare(app, `${scene.name}-light`);
    await showIn(page, 'dark');
    await compare(app, `${scene.name}-dark`);
  });

/** What a mistake may do to a screen; all of it small. */
const mistakes: readonly [what: string, selector: string, style: Record<string, string>][] = [
  ['a button that moved', 'button:has-text("Prune…")', { transform: 'translateX(-6px)' }],
  ['a button of another colour', 'button:has-text("Verify run")', { background: '#a03000' }],
  ['a tab that is gone', '[role="tab"]:has-text("History")', { visibility: 'hidden' }],
  ['letters of another size', 'h1', { 'font-size': '18px' }],
];

for (const [what, selector, style] of mistakes)
  test(`control: ${what} is noticed`, async () => {
    test.skip(renews, 'nothing is renewed by it');
    const app = await startWith('sample');
    const { page, electron } = app;
    await skipIfDrawnOtherwise(page);
    const reference = await decode(electron, await readFile(join(references, 'run-light.png')));
    expect(differenceOf(await take(app), reference).count).toBeLessThanOrEqual(most);
    await page
      .locator(selector)
      .first()
      .evaluate((element: HTMLElement, rules) => {
        for (const [name, value] of Object.entries(rules)) element.style.setProperty(name, value);
      }, style);
    expect(differenceOf(await take(app), reference).count).toBeGreaterThan(most);
  });
