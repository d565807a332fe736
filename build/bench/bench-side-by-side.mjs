import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { launch } from './launch-window.mjs';
import { makeRun } from './make-run.mjs';
import { median } from './time-command.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

const [versions, metrics, settings, groups] = [8, 500, 2000, 20];

/**
 * Eight versions of 500 metrics and 2,000 config keys, no two of them alike: from the click until all of it is there and painted.
 * @param {import('./launch-window.mjs').Runtime} runtime
 * @returns {Promise<Figure[]>}
 */
export async function benchSideBySide(runtime) {
  const run = mkdtempSync(join(tmpdir(), 'cairn-bench-sides-'));
  makeRun(run, { versions });
  for (const folder of ['best_models', 'checkpoints']) widen(join(run, folder));
  const { page, close } = await launch(runtime, join(root, 'app'), [run]);
  await page.locator(`[aria-rowcount="${versions + 1}"]`).waitFor();
  await page.locator('[role="row"][data-version-id]').first().click();
  await page.keyboard.press('ControlOrMeta+a');
  const times = [];
  for (let turn = 0; turn < 7; turn += 1) {
    times.push(await page.evaluate(openSideBySide, metrics + settings));
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByRole('grid').waitFor();
  }
  await close();
  rmSync(run, { recursive: true, force: true });
  const [first = Number.NaN, ...later] = times;
  return [
    {
      what: `${versions} versions of ${metrics} metrics and ${settings} config keys side by side: click → all there, painted`,
      value: `${Math.round(first)} ms the first time, median ${Math.round(median(later))} ms later`,
      bar: '< 200 ms',
      met: Math.max(first, median(later)) < 200,
    },
  ];
}

/** Gives every sidecar of a folder its many metrics and settings. @param {string} folder */
function widen(folder) {
  for (const [at, name] of readdirSync(folder)
    .filter((each) => each.endsWith('.json'))
    .entries()) {
    const path = join(folder, name);
    const sidecar = JSON.parse(readFileSync(path, 'utf8').replaceAll('NaN', 'null'));
    for (let index = 0; index < metrics; index += 1) sidecar.metrics[`metric_${index}`] = index + at / 7;
    sidecar.training_config = Object.fromEntries(
      Array.from({ length: groups }, (_, group) => [`group_${group}`, groupOf(at)]),
    );
    writeFileSync(path, JSON.stringify(sidecar, null, 2));
  }
}

/** @param {number} at */
function groupOf(at) {
  const each = Array.from({ length: settings / groups }, (_, index) => [`setting_${index}`, index + at / 3]);
  return Object.fromEntries(each);
}

/** In the page: a click on the tab until two frames after so many values are there, in ms. @param {number} values */
function openSideBySide(values) {
  const tab = document.querySelector('#run-tab-sideBySide');
  const started = performance.now();
  /** @type {HTMLElement} */ (tab).click();
  return /** @type {Promise<number>} */ (
    new Promise((resolve) => {
      const look = () => {
        const table = document.querySelector('.side-table');
        const isThere = Number(table?.getAttribute('aria-rowcount')) >= values;
        if (!isThere) return requestAnimationFrame(look);
        return requestAnimationFrame(() => resolve(performance.now() - started));
      };
      requestAnimationFrame(look);
    })
  );
}
