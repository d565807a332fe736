import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openCharts, parallelOf, scatterOf, timelineOf } from '../driver/charts-page.ts';
import { answerSaveDialog } from '../driver/contents-tab.ts';
import { shareCairn } from '../driver/launch-cairn.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const key = `sharpe_of_${'a_rather_long_name_'.repeat(8)}end`;
const label = `Sharpe of ${'a rather long name '.repeat(8)}end`;

const cairn = shareCairn(async () => {
  const run = await copySampleRun();
  for (const folder of ['best_models', 'checkpoints']) {
    for (const name of (await readdir(join(run, folder))).filter((each) => each.endsWith('.json'))) {
      const path = join(run, folder, name);
      await writeFile(path, (await readFile(path, 'utf8')).replace('"sharpe"', JSON.stringify(key)));
    }
  }
  return { runs: [run] };
});

test('a long name is cut off where it has no room, and told whole under the pointer', async () => {
  const { page } = cairn();
  await openCharts(page);
  const [scatter, timeline, parallel] = [scatterOf(page), timelineOf(page), parallelOf(page)];
  const up = scatter.getByRole('combobox', { name: 'Up' });
  await up.selectOption({ label });
  await expect(up).toHaveAttribute('title', label);
  const { width: wide = 0 } = (await up.boundingBox()) ?? {};
  expect(wide).toBeLessThan(200);

  const surface = scatter.getByRole('application');
  const { x = 0, y = 0, height = 0 } = (await surface.boundingBox()) ?? {};
  await page.mouse.move(x + 12, y + height / 2);
  await expect(surface).toHaveAttribute('title', label);

  await parallel.getByRole('button', { name: 'Axes and ranges' }).click();
  await page.getByRole('checkbox', { name: label, exact: true }).check();
  await page.keyboard.press('Escape');
  const chart = parallel.locator('.plot');
  const lanes = (await chart.getAttribute('aria-label'))?.split(', ') ?? [];
  const box = await chart.boundingBox();
  const across = 52 + (((box?.width ?? 0) - 104) * lanes.indexOf(label)) / (lanes.length - 1);
  await page.mouse.move((box?.x ?? 0) + across, (box?.y ?? 0) + 10);
  await expect(chart).toHaveAttribute('title', label);

  await timeline.getByRole('button', { name: 'Measures' }).click();
  await page.getByRole('checkbox', { name: label, exact: true }).check();
  await page.keyboard.press('Escape');
  const folder = await tempFolder('charts');
  for (const [name, panel] of Object.entries({ scatter, timeline, parallel })) {
    const file = join(folder, `${name}.svg`);
    await answerSaveDialog(cairn(), file);
    await panel.getByRole('button', { name: 'Export the chart' }).click();
    await page.getByRole('button', { name: 'SVG drawing…' }).click();
    await expect.poll(() => existsSync(file)).toBe(true);
    const drawn = await readFile(file, 'utf8');
    expect(drawn).toMatch(/>Sh[^<]*…</);
    expect(drawn).not.toContain(label);
  }
  // Nothing of it makes the page wider than it is.
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});
