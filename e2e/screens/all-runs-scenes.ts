import type { Page } from '@playwright/test';
import { expectVersionCount, rowIn, rowsOf, tableOf } from '../driver/versions-table.ts';
import type { Cast, Scene } from './scene.ts';

/** The names of both runs. */
export const twoRuns = ['ppo-btc-2026', 'sac-eth-long-run'] as const;

async function showAllRuns(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^All open runs/ }).click();
  await expectVersionCount(page, 52);
}

async function chooseInBoth(page: Page, { one, other }: Cast): Promise<void> {
  await showAllRuns(page);
  await rowIn(page, twoRuns[0], one).click();
  await rowIn(page, twoRuns[1], other).click({ modifiers: ['ControlOrMeta'] });
}

/** The table of all open runs, and what opens over it. */
export const allRunsScenes: readonly Scene[] = [
  { name: 'all-runs', run: 'two', arrange: showAllRuns },
  {
    name: 'all-runs-chosen',
    run: 'two',
    arrange: async (page) => {
      await showAllRuns(page);
      await rowsOf(page).nth(0).click();
      await rowsOf(page)
        .nth(3)
        .click({ modifiers: ['ControlOrMeta'] });
      await rowsOf(page).nth(3).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'all-runs-side-by-side',
    run: 'two',
    arrange: async (page, cast) => {
      await chooseInBoth(page, cast);
      await page.getByRole('button', { name: 'Side by side' }).click();
      await page.getByRole('table', { name: 'Versions side by side' }).waitFor();
    },
  },
  {
    name: 'all-runs-back-up',
    run: 'two',
    arrange: async (page, cast) => {
      await chooseInBoth(page, cast);
      await tableOf(page).press('b');
      await page.getByRole('dialog', { name: 'Back up 2 versions in 2 runs' }).waitFor();
    },
  },
];
