import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longestOfMain, longestOfPage, stopWatching, watchMain, watchPage } from './stalls.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

/**
 * Exports all that a table of 100,000 versions shows, as CSV and as JSON: until the window says that the file is there.
 * @param {import('@playwright/test').ElectronApplication} electron @param {import('@playwright/test').Page} page
 * @returns {Promise<Figure[]>}
 */
export async function benchExport(electron, page) {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-export-'));
  await watchMain(electron);
  await watchPage(page);
  /** @type {Figure[]} */
  const figures = [];
  for (const format of ['CSV', 'JSON']) {
    const path = join(folder, `list.${format.toLowerCase()}`);
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
    await page.getByRole('button', { name: 'Export the list' }).click();
    const entry = page.getByRole('menuitem', { name: format });
    await entry.waitFor();
    await Promise.all([longestOfMain(electron), longestOfPage(page)]);
    const started = performance.now();
    await entry.click();
    await page.getByText(`in list.${format.toLowerCase()}`).waitFor({ timeout: 120_000 });
    const seconds = (performance.now() - started) / 1000;
    const stalls = [await longestOfPage(page), await longestOfMain(electron)];
    const [ofPage, ofMain] = stalls.map(Math.round);
    const megabytes = Math.round(statSync(path).size / 1e6);
    figures.push({
      what: `… all of it exported as ${format}, ${megabytes} MB; longest stall of the window, of the main process`,
      value: `${seconds.toFixed(2)} s; ${ofPage} ms, ${ofMain} ms`,
      bar: '≤ 100 ms',
      met: Math.max(...stalls) <= 100,
    });
  }
  await stopWatching(electron, page);
  rmSync(folder, { recursive: true, force: true });
  return figures;
}
