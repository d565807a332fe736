import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { shareCairn } from '../driver/launch-cairn.ts';
import {
  cellOf,
  expectVersionCount,
  headOf,
  readProblems,
  rowOf,
  selectVersion,
} from '../driver/versions-table.ts';
import { copyLoggedRun, eventFile, progressLine, tensorboardValue } from '../fixtures/logged-run.ts';

const idAt = (step: number) => `rl_model_${step}_steps.zip`;
const settles = 6000;

let run: string;
const cairn = shareCairn(async () => {
  run = await copyLoggedRun();
  return { runs: [run] };
});

const metricsOf = (page: Page) =>
  page.getByRole('complementary', { name: 'Details' }).getByRole('region', { name: 'Metrics' });

test('a run without a word about its models has columns of what its training logged, and the best by its reward', async () => {
  const { page } = cairn();
  await expectVersionCount(page, 6);
  await expect(headOf(page, 'train/entropy')).toBeVisible();
  // It is the reward, which has a column.
  await expect(headOf(page, 'rollout/ep_rew_mean')).toBeHidden();
  await expect(cellOf(page, idAt(10_000), 'reward')).toHaveText('2.0000');
  await expect(cellOf(page, idAt(40_000), 'metric:train/entropy')).toHaveText('−2.2500');
  await expect(rowOf(page, idAt(40_000))).toHaveAttribute('data-best', 'true');
  await expect(page.locator('.badge-best')).toHaveAttribute('title', 'best · reward ↑ (default)');
  await expect(page.getByRole('button', { name: /^best by / })).toHaveText('best by Reward ↑ (default)');
});

test('each metric of a version tells its file, and how far before the version it was measured', async () => {
  const { page } = cairn();
  await selectVersion(page, idAt(10_000));
  await expect(metricsOf(page)).toContainText('From progress.csv, step 8,192 (1,808 before this version)');
  await expect(metricsOf(page)).toContainText(`From ${eventFile}, step 8,192 (1,808 before this version)`);
  const loss = await tensorboardValue('train/loss', 8192);
  await expect(metricsOf(page)).toContainText(`train/loss${loss.toFixed(4)}`);
  await expectAccessible(page, 'aside');
});

test('a minus sign is one sign wherever it is read, and a hyphen in what is copied', async () => {
  const { page, electron } = cairn();
  await selectVersion(page, idAt(40_000));
  const entropy = metricsOf(page).locator('.metric', { hasText: 'train/entropy' }).locator('dd');
  await expect(entropy).toHaveText('−2.2500');
  await expect(entropy).toHaveAttribute('title', '−2.25');
  await expect(cellOf(page, idAt(40_000), 'metric:train/entropy')).toHaveAttribute('title', '−2.25');
  await entropy.evaluate((element) => document.getSelection()?.selectAllChildren(element));
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.copy());
  await expect.poll(() => electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('-2.2500');
});

test('what training logs next is seen as it comes: in a table at the top, and in event files below', async () => {
  const { page } = cairn();
  await appendFile(join(run, 'progress.csv'), progressLine(7.5, -9.25, 39_000));
  await expect(cellOf(page, idAt(40_000), 'metric:train/entropy')).toHaveText('−9.2500', {
    timeout: settles,
  });
  await selectVersion(page, idAt(40_000));
  await expect(metricsOf(page)).toContainText('From progress.csv, step 39,000 (1,000 before this version)');
  await writeFile(join(run, `${eventFile}.2`), await readFile(join(run, eventFile)));
  await rm(join(run, eventFile));
  await expect(metricsOf(page)).toContainText(`From ${eventFile}.2, step 38,912`, { timeout: settles });
});

test('two files that disagree are both shown, each with its name', async () => {
  const { page } = cairn();
  await appendFile(join(run, 'progress.csv'), progressLine(7.5, -9.25, 39_000));
  await writeFile(join(run, 'metrics.csv'), 'step,train/entropy\n8192,5\n39000,6\n');
  await selectVersion(page, idAt(40_000));
  await expect(metricsOf(page)).toContainText('train/entropy@progress.csv−9.2500', { timeout: settles });
  await expect(metricsOf(page)).toContainText('train/entropy@metrics.csv6');
  await rm(join(run, 'metrics.csv'));
  await expect(metricsOf(page)).not.toContainText('@', { timeout: settles });
});

test('a log that cannot be read is a problem in one line, and costs its own metrics alone', async () => {
  const { page } = cairn();
  await writeFile(join(run, 'progress.csv'), 'a,b\n1,2\n');
  await expect(cellOf(page, idAt(10_000), 'reward')).toHaveText('2.0000');
  await expect
    .poll(() => readProblems(page), { timeout: settles })
    .toEqual([
      'progress.csv: no version has the metrics that it holds: nothing in it counts steps, iterations or epochs',
    ]);
});
