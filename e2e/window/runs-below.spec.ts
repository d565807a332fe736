import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { shareCairn } from '../driver/launch-cairn.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount } from '../driver/versions-table.ts';

const layouts = join(import.meta.dirname, '../fixtures/layouts');

const cairn = shareCairn(async () => {
  const run = join(await tempFolder('below'), 'keras');
  await cp(join(layouts, 'keras'), run, { recursive: true });
  for (const name of ['orbax', 'flax'])
    await cp(join(layouts, name), join(run, 'earlier', name), { recursive: true });
  return { runs: [run] };
});

test('a run says how many runs are in folders below it, and leads to them', async () => {
  const { page } = cairn();
  await expectVersionCount(page, 5);
  await page.getByRole('contentinfo').getByRole('button', { name: '2 runs below' }).click();
  await expect(page.getByText('earlier/orbax').first()).toBeVisible();
});
