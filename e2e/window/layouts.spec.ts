import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { shareCairn } from '../driver/launch-cairn.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { cellOf, expectVersionCount } from '../driver/versions-table.ts';

const cairn = shareCairn(async () => {
  const run = join(await tempFolder('layouts'), 'version_0');
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
