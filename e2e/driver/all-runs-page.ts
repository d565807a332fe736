import type { Page } from '@playwright/test';
import { expect, type Locator } from '@playwright/test';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { expectVersionCount, queryBox, rowIn } from './versions-table.ts';
import { first, second } from './written-run.ts';

/** Two copies of the sample run, by their names. */
export interface TwoRuns {
  ppo: string;
  sac: string;
}

/** Opens two copies of the sample run and shows them in one table. @param open opens runs and nothing else */
export async function openTwoRuns(
  open: (runs: readonly string[]) => Promise<Page>,
): Promise<{ page: Page; runs: TwoRuns }> {
  const runs = { ppo: await copySampleRun('ppo'), sac: await copySampleRun('sac') };
  const page = await open([runs.ppo, runs.sac]);
  await page.getByRole('button', { name: /^All open runs/ }).click();
  await expectVersionCount(page, 52);
  return { page, runs };
}

export function detailsOf(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Details' });
}

/** Shows the first two versions of both runs, and chooses the first of ppo and the second of sac. */
export async function chooseFirstOfBoth(page: Page): Promise<void> {
  await queryBox(page).fill(`file = "${first}" or file = "${second}"`);
  await expectVersionCount(page, 4);
  await rowIn(page, 'ppo', first).click();
  await rowIn(page, 'sac', second).click({ modifiers: ['Control'] });
  await expect(detailsOf(page)).toContainText('2 versions in 2 runs');
}
