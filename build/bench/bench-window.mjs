import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { benchCharts } from './bench-charts.mjs';
import { benchExport } from './bench-export.mjs';
import { benchPrune } from './bench-prune.mjs';
import { benchQuery } from './bench-query.mjs';
import { launch, rows } from './launch-window.mjs';
import { memoryOf } from './memory-of.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */
/** @typedef {import('./launch-window.mjs').Runtime} Runtime */

/**
 * @param {Runtime} runtime @param {string} run of 100,000 versions @param {number} versions
 * @param {() => void} forgetRuns takes the index of all runs away
 * @returns {Promise<Figure[]>}
 */
export async function benchManyRows(runtime, run, versions, forgetRuns) {
  forgetRuns();
  const never = await openMany(runtime, run, versions, async () => {});
  /** @type {number[]} */
  const sorts = [];
  let blank = 0;
  /** @type {Figure[]} */
  const asked = [];
  let opened = 0;
  let used = 0;
  const later = await openMany(runtime, run, versions, async (page, electron) => {
    const pid = electron.process().pid ?? 0;
    opened = memoryOf(pid);
    for (let turn = 0; turn < 6; turn += 1) sorts.push(await page.evaluate(sortOnce));
    blank = await page.evaluate(scrollThrough);
    asked.push(await benchQuery(page), ...(await benchExport(electron, page)));
    asked.push(await benchPrune(page), ...(await benchCharts(page)));
    used = memoryOf(pid);
  });
  return [
    ...openingFigures('100,000 versions in the window, never read before', never),
    ...openingFigures('the same run, every later time', later),
    {
      what: '… sort click → painted, slowest of 6',
      value: `${Math.round(Math.max(...sorts))} ms`,
      bar: '< 300 ms',
      met: Math.max(...sorts) < 300,
    },
    {
      what: '… scrolled end to end: longest time without rows',
      value: `${Math.round(blank)} ms`,
      bar: '≤ 100 ms',
      met: blank <= 100,
    },
    ...asked,
    {
      what: '… memory of all its processes (PSS), opened, and after all of that',
      value: `${Math.round(opened / 1e6)} and ${Math.round(used / 1e6)} MB`,
      bar: '< 700 MB',
      met: opened < 700e6,
    },
  ];
}

/**
 * @param {Runtime} runtime @param {string} run @param {number} versions
 * @param {(page: import('@playwright/test').Page, electron: import('@playwright/test').ElectronApplication) => Promise<void>} use
 */
async function openMany(runtime, run, versions, use) {
  const { electron, page, close } = await launch(runtime, join(root, 'app'), []);
  await page.locator('main').first().waitFor();
  const opened = performance.now();
  await dropFolder(page, run);
  await page.locator(rows).first().waitFor({ timeout: 60_000 });
  const first = performance.now() - opened;
  await page.locator(`[aria-rowcount="${versions + 1}"]`).waitFor({ timeout: 60_000 });
  const all = performance.now() - opened;
  await use(page, electron);
  await close();
  return { first, all };
}

/** @param {string} what @param {{ first: number, all: number }} times in ms @returns {Figure[]} */
function openingFigures(what, { first, all }) {
  return [
    {
      what: `${what}: opened → first rows`,
      value: `${Math.round(first)} ms`,
      bar: '< 1 s',
      met: first < 1000,
    },
    {
      what: '… → all rows there and sortable',
      value: `${(all / 1000).toFixed(2)} s`,
      bar: '< 3 s',
      met: all < 3000,
    },
  ];
}

/** @param {import('@playwright/test').Page} page @param {string} run */
async function dropFolder(page, run) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [run], dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) {
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 300, data });
  }
}

/** In the page: a click on the reward column until two frames later. */
function sortOnce() {
  return /** @type {Promise<number>} */ (
    new Promise((resolve) => {
      const header = [...document.querySelectorAll('[role="columnheader"] button')].find((button) =>
        button.textContent?.includes('Reward'),
      );
      const started = performance.now();
      /** @type {HTMLElement} */ (header).click();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - started)));
    })
  );
}

/** In the page: the table scrolled from top to bottom, 30,000 px a frame; the longest time in which no row was in view. */
function scrollThrough() {
  const first = document.querySelector('[role="row"][data-version-id]');
  let box = first?.parentElement ?? null;
  while (box && box.scrollHeight <= box.clientHeight + 50) box = box.parentElement;
  return /** @type {Promise<number>} */ (
    new Promise((resolve) => {
      if (!box) return resolve(Number.POSITIVE_INFINITY);
      const area = box.getBoundingClientRect();
      let blankSince = 0;
      let longest = 0;
      const step = () => {
        const shown = [...document.querySelectorAll('[role="row"][data-version-id]')].some((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return bottom > area.top + 40 && top < area.bottom;
        });
        const now = performance.now();
        if (shown) blankSince = 0;
        else blankSince ||= now;
        if (blankSince) longest = Math.max(longest, now - blankSince);
        if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) return resolve(longest);
        box.scrollTop += 30_000;
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    })
  );
}
