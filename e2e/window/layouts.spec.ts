import { cp, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { shareCairn } from '../driver/launch-cairn.ts';
import { startAgain } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { cellOf, expectVersionCount, rowOf, selectVersion } from '../driver/versions-table.ts';

let run: string;
const cairn = shareCairn(async () => {
  run = join(await tempFolder('layouts'), 'version_0');
  await cp(join(import.meta.dirname, '../fixtures/layouts/lightning_logs/version_0'), run, {
    recursive: true,
  });
  return { runs: [run] };
});

test('the status line says which framework wrote the run, and on hovering why and how sure that is', async () => {
  const { page } = cairn();
  await expectVersionCount(page, 7);
  const layout = page.getByRole('contentinfo').getByText('Lightning', { exact: true });
  await expect(layout).toBeVisible();
  await expect(layout).toHaveAttribute(
    'title',
    /its files say so.*This is sure.*best is checkpoints\/epoch=1-step=20/,
  );
  const latest = 'checkpoints/epoch=3-step=40-val_loss=1e-05.ckpt';
  await expect(cellOf(page, latest, 'step')).toHaveText('40');
  await expect(cellOf(page, latest, 'metric:epoch')).toHaveText('3');
});

test('last.ckpt is shown as the same as the checkpoint that it is a copy of, in its row and in its details', async () => {
  const { page } = cairn();
  const same = 'epoch=3-step=40-val_loss=1e-05.ckpt';
  const cell = cellOf(page, 'checkpoints/last.ckpt', 'version');
  await expect(cell.getByText(`same as ${same}`)).toHaveAttribute(
    'title',
    `Holds the same bytes as checkpoints/${same}`,
  );
  await expect(page.getByText(/^same as/)).toHaveCount(1);
  const details = await selectVersion(page, 'checkpoints/last.ckpt');
  const fact = details.locator('.fact', { hasText: 'Same as' });
  await expect(fact).toContainText(`checkpoints/${same}`);
});

test('a run is read in the way of the framework that a person chooses, here and on the command line, until they take it back', async () => {
  const { page } = cairn();
  const readAs = async (name: string) => {
    await page.getByRole('button', { name: /^Layout:/ }).click();
    await page.getByRole('menuitemradio', { name }).click();
  };
  const latest = 'checkpoints/epoch=3-step=40-val_loss=1e-05.ckpt';
  await expectVersionCount(page, 7);
  await readAs('Keras');
  const layout = page.getByRole('button', { name: 'Layout: Keras' });
  await expect(layout).toHaveAttribute('title', /it was chosen for this run/);
  await expectVersionCount(page, 7);
  await expect(cellOf(page, latest, 'step')).toBeVisible();
  await expect(page.getByRole('columnheader', { name: /epoch/ })).toHaveCount(0);
  expect(JSON.parse(await readFile(join(run, '.cairn/choices.json'), 'utf8'))).toMatchObject({
    layout: 'keras',
  });
  expect(await readJson(['ls', run])).toMatchObject({ recognised: { layout: 'keras', sureness: 'chosen' } });
  await layout.click();
  await expect(page.getByRole('menuitemradio', { name: 'Keras' })).toHaveAttribute('aria-checked', 'true');
  await page.getByRole('menuitemradio', { name: 'Automatic' }).click();
  await expect(page.getByRole('button', { name: 'Layout: Lightning' })).toBeVisible();
  await expect(cellOf(page, latest, 'metric:epoch')).toHaveText('3');
});

test('as a link last.ckpt is no row and no problem, but another name of the checkpoint that it leads to', async () => {
  const { page } = cairn();
  const target = 'epoch=3-step=40-val_loss=1e-05.ckpt';
  await expectVersionCount(page, 7);
  await rm(join(run, 'checkpoints/last.ckpt'));
  await symlink(target, join(run, 'checkpoints/last.ckpt'));
  await expectVersionCount(page, 6);
  await expect(page.getByRole('button', { name: /problem/ })).toHaveCount(0);
  const details = await selectVersion(page, `checkpoints/${target}`);
  await expect(details.locator('.fact', { hasText: 'Same as' })).toContainText('checkpoints/last.ckpt');
});

test('the details of the run say who wrote it, and lead to what that keeps as its best and goes on from', async () => {
  const { page, electron } = cairn();
  const policies = join(await tempFolder('policies'), 'run');
  await cp(join(import.meta.dirname, '../fixtures/layouts/sample-factory-policies'), policies, {
    recursive: true,
  });
  await startAgain(electron, [policies]);
  await expectVersionCount(page, 6);
  const details = page.getByRole('complementary', { name: 'Details' });
  const fact = (name: string) =>
    details.locator('.fact').filter({ has: page.getByText(name, { exact: true }) });
  await expect(fact('Written by')).toContainText(
    /^Written bySample Factory: its checkpoints .* This is likely\.$/,
  );
  await expect(fact('Its own best').getByRole('button')).toHaveText([/_1\.500\.pth$/, /_-2\.250\.pth$/]);
  await fact('Goes on from').getByRole('button', { name: 'checkpoint_p1' }).click();
  await expect(rowOf(page, 'checkpoint_p1/checkpoint_000001956_8011776.pth')).toHaveAttribute(
    'aria-selected',
    'true',
  );
});
