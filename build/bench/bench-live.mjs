import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { launch, rows } from './launch-window.mjs';
import { longestOfMain, watchMain } from './stalls.mjs';
import { median } from './time-command.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */
/** @typedef {import('./launch-window.mjs').Runtime} Runtime */

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
  await watchMain(electron);
  await page.getByRole('button', { name: 'Verify run' }).click();
  await page.locator('[data-integrity="verified"]').first().waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 60_000 });
  const longest = await longestOfMain(electron);
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
