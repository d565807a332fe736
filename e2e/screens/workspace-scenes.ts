import { expectRunCount, expectSearched, runRow, runRows, runsFilter } from '../driver/runs-table.ts';
import type { Scene } from './scene.ts';

/** A folder of runs, and what opens over it. */
export const workspaceScenes: readonly Scene[] = [
  {
    name: 'workspace',
    run: 'workspace',
    arrange: async (page) => {
      await expectSearched(page);
      await runRows(page).nth(1).click();
    },
  },
  {
    name: 'workspace-menu',
    run: 'workspace',
    arrange: async (page) => {
      await expectSearched(page);
      await runRows(page).nth(0).click();
      await runRows(page)
        .nth(2)
        .click({ modifiers: ['Shift'] });
      await runRows(page).nth(1).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'workspace-query-fault',
    run: 'workspace',
    arrange: async (page) => {
      await expectSearched(page);
      await runsFilter(page).fill('reward > 3');
    },
  },
  {
    name: 'workspace-nothing-matches',
    run: 'workspace',
    arrange: async (page) => {
      await expectSearched(page);
      await runsFilter(page).fill('versions > 9000');
      await expectRunCount(page, 0);
    },
  },
  {
    name: 'workspace-run',
    run: 'workspace',
    arrange: async (page) => {
      await expectSearched(page);
      await runRow(page, 'lr=0.01').dblclick();
      await page.getByRole('button', { name: 'All runs in outputs' }).waitFor();
    },
  },
  {
    name: 'workspace-empty',
    run: 'no-runs',
    arrange: (page) => page.getByRole('heading', { name: 'No runs here' }).waitFor(),
  },
];
