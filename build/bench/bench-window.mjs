import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { needsNoSandbox } from '../launch/launch-app.mjs';
import { root } from '../setup/places.mjs';
import { benchCharts } from './bench-charts.mjs';
import { benchPrune } from './bench-prune.mjs';
import { benchQuery } from './bench-query.mjs';
import { memoryOf } from './memory-of.mjs';
import { median } from './time-command.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */
/** @typedef {{ executable: string, env: Record<string, string> }} Runtime */

const rows = '[role="row"][data-version-id]';

/** @param {Runtime} runtime @param {string} app @param {string[]} runs */
export async function launch({ executable, env }, app, runs) {
  const userData = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  const started = performance.now();
  const electron = await _electron.launch({
    executablePath: executable,
    args: [
      ...(needsNoSandbox() ? ['--no-sandbox'] : []),
      ...['-r', join(root, 'e2e/driver/hold-until-driven.cjs')],
      ...[app, `--user-data-dir=${userData}`, ...runs],
    ],
    env,
  });
  const page = await electron.firstWindow();
  const close = async () => {
    await electron.close();
    rmSync(userData, { recursive: true, force: true });
  };
  return { electron, page, started, close };
}

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
  const later = await openMany(runtime, run, versions, async (page, pid) => {
    opened = memoryOf(pid);
    for (let turn = 0; turn < 6; turn += 1) sorts.push(await page.evaluate(sortOnce));
    blank = await page.evaluate(scrollThrough);
    asked.push(await benchQuery(page), await benchPrune(page), ...(await benchCharts(page)));
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
 * @param {(page: import('@playwright/test').Page, pid: number) => Promise<void>} use
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
  await use(page, electron.process().pid ?? 0);
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

/**
 * A second `npm start` on the sample run, to a picture of its rows and the end of the app.
 * @param {Runtime} runtime @param {string} sample @returns {Promise<Figure>}
 */
export async function benchSecondStart({ executable }, sample) {
  const home = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  const env = {
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    // Where the runtime is, not where this bench keeps indexes.
    XDG_CACHE_HOME: join(executable, '../../..'),
  };
  const args = ['run', '--silent', 'start', '--', '--screenshot', join(home, 'out.png'), sample];
  const started = performance.now();
  execFileSync('npm', args, { cwd: root, env: { ...process.env, ...env }, stdio: 'ignore' });
  const seconds = (performance.now() - started) / 1000;
  rmSync(home, { recursive: true, force: true });
  return {
    what: 'a second `npm start`, from the shell to a picture of the sample run',
    value: `${seconds.toFixed(1)} s`,
    bar: '< 5 s',
    met: seconds < 5,
  };
}

/** @param {Runtime} runtime @param {string} sample @returns {Promise<Figure[]>} */
export async function benchStart(runtime, sample) {
  const empty = mkdtempSync(join(tmpdir(), 'cairn-empty-'));
  writeFileSync(join(empty, 'package.json'), '{"name":"empty","version":"1.0.0","main":"main.js"}');
  writeFileSync(
    join(empty, 'main.js'),
    "const { app, BrowserWindow } = require('electron'); app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadURL('data:text/html,<main>empty</main>'));",
  );
  const ours = [];
  const theirs = [];
  for (let turn = 0; turn < 4; turn += 1) {
    ours.push(await timeUntil(await launch(runtime, join(root, 'app'), [sample]), rows));
    theirs.push(await timeUntil(await launch(runtime, empty, []), 'main'));
  }
  rmSync(empty, { recursive: true, force: true });
  const ratio = median(ours) / median(theirs);
  return [
    {
      what: 'process start → rows of the sample run, against an empty Electron window',
      value: `${Math.round(median(ours))} ms against ${Math.round(median(theirs))} ms (${ratio.toFixed(2)} ×)`,
      bar: '≤ 2 ×',
      met: ratio <= 2,
    },
  ];
}

/** @param {Awaited<ReturnType<typeof launch>>} app @param {string} selector */
async function timeUntil({ page, started, close }, selector) {
  await page.locator(selector).first().waitFor();
  const time = performance.now() - started;
  await close();
  return time;
}

/** @param {Runtime} runtime @param {string} run a copy that may be written to @returns {Promise<Figure[]>} */
export async function benchLive(runtime, run) {
  const { page, close } = await launch(runtime, join(root, 'app'), [run]);
  await page.locator(rows).first().waitFor();
  const folder = join(run, 'best_models');
  const name = readdirSync(folder).find((file) => file.endsWith('.pt'));
  const bytes = readFileSync(join(folder, /** @type {string} */ (name)));
  mkdirSync(join(run, 'checkpoints'), { recursive: true });
  const others = setInterval(() => {
    for (let index = 0; index < 10; index += 1)
      writeFileSync(join(run, 'checkpoints', `other_step_${Math.floor(performance.now() * 1000)}.pt`), bytes);
  }, 100);
  await page.evaluate(watchRows);
  const delays = [];
  for (let index = 0; index < 100; index += 1) {
    const id = `best_models/model_v${90_000 + index}_reward0.1000_20300101_000000.pt`;
    writeFileSync(join(run, 'temp-save'), bytes);
    renameSync(join(run, 'temp-save'), join(run, id));
    const saved = Date.now();
    delays.push((await page.evaluate(waitForRow, id)) - saved);
  }
  clearInterval(others);
  await close();
  const late = delays.filter((delay) => delay >= 1000).length;
  return [
    {
      what: 'a save on screen after its rename, 100 saves while 1,000 files are written',
      value: `median ${Math.round(median(delays))} ms, slowest ${Math.round(Math.max(...delays))} ms`,
      bar: '< 1 s, 100 of 100',
      met: late === 0,
    },
  ];
}

/** In the page: remembers when each row was first seen. */
function watchRows() {
  const seen = new Map();
  const look = () => {
    for (const row of document.querySelectorAll('[role="row"][data-version-id]')) {
      const id = row.getAttribute('data-version-id');
      if (!seen.has(id)) seen.set(id, Date.now());
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  Object.assign(window, { seenRows: seen });
}

/** In the page. @param {string} id */
async function waitForRow(id) {
  const { seenRows } = /** @type {{ seenRows: Map<string, number> }} */ (/** @type {unknown} */ (window));
  const deadline = Date.now() + 5000;
  while (!seenRows.has(id) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  return seenRows.get(id) ?? Number.POSITIVE_INFINITY;
}

/** @param {Runtime} runtime @param {string} run of large files @returns {Promise<Figure[]>} */
export async function benchStalls(runtime, run) {
  const { electron, page, close } = await launch(runtime, join(root, 'app'), [run]);
  await page.locator(rows).first().waitFor();
  await page.waitForTimeout(1000);
  await electron.evaluate(() => {
    let last = performance.now();
    const state = { longest: 0 };
    setInterval(() => {
      const now = performance.now();
      state.longest = Math.max(state.longest, now - last - 5);
      last = now;
    }, 5);
    Object.assign(globalThis, { stalls: state });
  });
  await page.getByRole('button', { name: 'Verify run' }).click();
  await page.locator('[data-integrity="verified"]').first().waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 60_000 });
  const longest = await electron.evaluate(
    () => /** @type {{ stalls: { longest: number } }} */ (/** @type {unknown} */ (globalThis)).stalls.longest,
  );
  await close();
  return [
    {
      what: 'longest stall of the main process while verifying 2 GB',
      value: `${Math.round(longest)} ms`,
      bar: '≤ 50 ms',
      met: longest <= 50,
    },
  ];
}
