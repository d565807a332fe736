import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { shareCairn } from '../driver/launch-cairn.ts';
import { cellOf, expectVersionCount, rowOf, selectVersion } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const withoutSidecar = 'best_models/model_v0003_reward0.3367_20260302_100600.pt';
const checkpoint = 'checkpoints/checkpoint.pt';
const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const settles = 6000;

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

test('files without a sidecar say of themselves what the table shows, without anybody asking', async () => {
  const { page } = cairn();
  await expectVersionCount(page, 26);
  await expect(cellOf(page, withoutSidecar, 'metric:sharpe')).toHaveText('1.2343', { timeout: settles });
  await expect(cellOf(page, withoutSidecar, 'step')).toHaveText('64,512');
  const details = await selectVersion(page, checkpoint);
  await expect(cellOf(page, checkpoint, 'metric:sharpe')).toHaveText('1.6289');
  await expect(details.getByText('the file’s contents')).toBeVisible();
  await expect(details.getByText('ACME').first()).toBeVisible();
  await expect(page.locator('[data-best]')).toHaveAttribute('data-version-id', best);
});

test('a version that loses its sidecar keeps its place, and its badge comes back with its metrics', async () => {
  const { page } = cairn();
  const sidecar = join(run, best.replace('.pt', '.json'));
  const details = await selectVersion(page, best);
  await rm(sidecar);
  // At first its file name alone tells of it, for as long as the file may still be written.
  await expect(details.getByText('the file’s contents')).toBeVisible({ timeout: settles });
  await expect(cellOf(page, best, 'metric:sharpe')).toHaveText('1.6467');
  await expect(rowOf(page, best)).toHaveAttribute('data-best', 'true');
  await expect(rowOf(page, best)).toHaveAttribute('aria-selected', 'true');
});

test('a checkpoint that training writes over again says what it holds once it has settled', async () => {
  const { page } = cairn();
  const unfinished = join(run, 'temp/checkpoint.pt.tmp');
  await writeFile(unfinished, await readFile(join(run, withoutSidecar)));
  await rename(unfinished, join(run, checkpoint));
  await expect(cellOf(page, checkpoint, 'step')).not.toHaveText('516,096');
  await expect(cellOf(page, checkpoint, 'step')).toHaveText('64,512', { timeout: settles });
  await expect(rowOf(page, checkpoint)).toHaveCount(1);
});
