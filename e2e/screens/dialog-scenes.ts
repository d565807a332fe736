import { expect, type Page } from '@playwright/test';
import { cellOf, rowsOf, selectVersion, tableOf } from '../driver/versions-table.ts';
import { chooseThree, openTab, press, type Scene } from './scene.ts';

const shows = async (page: Page, button: string, dialog: string | RegExp): Promise<void> => {
  await press(page, button);
  await page.getByRole('dialog', { name: dialog }).waitFor();
};
/** What a button opens. */
const opened = (name: string, button: string, dialog: string | RegExp): Scene => ({
  name,
  run: 'sample',
  arrange: (page) => shows(page, button, dialog),
});

/** Finds a number in each version, and needs no file of its own. */
const evaluator = `sh -c 'echo "{\\"score\\": $(cksum < "$0" | cut -c1-2).$(($1 * 7 % 10))}"' {model} {seed}`;
const review = async (page: Page): Promise<void> => {
  await page.getByRole('textbox', { name: 'Evaluator' }).fill(evaluator);
  await press(page, 'Review…');
  await page.getByRole('region', { name: 'Command to run' }).waitFor();
};

/** What opens over the window: dialogs, menus, lists. */
export const dialogScenes: readonly Scene[] = [
  {
    name: 'prune',
    run: 'sample',
    arrange: async (page) => {
      await shows(page, 'Prune…', 'Prune');
      // The plan is drawn paler until those that stay are read.
      await page.getByRole('table', { name: 'The plan' }).waitFor();
      await expect(page.locator('[data-stale]')).toHaveCount(0);
    },
  },
  opened('back-up', 'Back up…', /^Back up/),
  {
    name: 'benchmark',
    run: 'sample',
    arrange: async (page, cast) => {
      await chooseThree(page, cast);
      await shows(page, 'Benchmark…', 'Benchmark 3 versions');
      const field = page.getByRole('textbox', { name: 'Evaluator' });
      await field.fill('python eval.py {modle}');
      await page.getByText(/stands for nothing/).waitFor();
    },
  },
  {
    name: 'benchmark-review',
    run: 'sample',
    arrange: async (page, cast) => {
      await chooseThree(page, cast);
      await shows(page, 'Benchmark…', 'Benchmark 3 versions');
      await review(page);
    },
  },
  {
    name: 'benchmark-leaderboard',
    run: 'sample',
    arrange: async (page, cast) => {
      await chooseThree(page, cast);
      await shows(page, 'Benchmark…', 'Benchmark 3 versions');
      await review(page);
      await press(page, 'Run 15 evaluations');
      await page.getByRole('region', { name: 'Leaderboard' }).waitFor();
    },
  },
  {
    name: 'layers',
    run: 'sample',
    arrange: async (page) => {
      await shows(page, 'Layers over the run…', 'Layers over the run');
      await page.locator('[data-layer]').first().waitFor();
    },
  },
  opened('conditions', 'Filter by conditions', 'Conditions'),
  opened('saved-views', 'Saved views', 'Saved views'),
  opened('settings', 'Settings', 'Settings'),
  opened('about', 'About', /About/),
  {
    name: 'guide',
    run: 'sample',
    arrange: async (page) => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.keyboard.type('Guide');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Guide' }).waitFor();
    },
  },
  {
    name: 'compare',
    run: 'sample',
    arrange: async (page, { other }) => {
      await selectVersion(page, other);
      await shows(page, 'Compare weights…', 'Compare weights');
      await page
        .getByRole('dialog')
        .getByText(/\d changed, /)
        .waitFor();
    },
  },
  {
    name: 'tensor',
    run: 'sample',
    arrange: async (page, { one }) => {
      await selectVersion(page, one);
      await openTab(page, 'Contents');
      await page.locator('[data-tensor]').first().click();
      await page.getByRole('dialog').getByLabel('Statistics').waitFor();
    },
  },
  {
    name: 'problems',
    run: 'sample',
    arrange: async (page) => {
      await page
        .getByRole('contentinfo')
        .getByRole('button', { name: /problems?$/ })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'columns-menu',
    run: 'sample',
    arrange: async (page) => {
      await press(page, 'Columns');
      await page.getByRole('button', { name: 'Reset columns and sorting' }).waitFor();
    },
  },
  {
    name: 'metric-menu',
    run: 'sample',
    arrange: async (page) => {
      await page.getByRole('button', { name: /^best by/ }).click();
      await page.getByRole('radio').first().waitFor();
    },
  },
  {
    name: 'returns-form',
    run: 'sample',
    arrange: async (page) => {
      await press(page, 'Fill in what is missing…');
      await page.locator('form').last().waitFor();
    },
  },
  {
    name: 'rows-menu',
    run: 'sample',
    arrange: async (page) => {
      await press(page, 'Groups and row height');
      await page.getByLabel('Find what to group by').waitFor();
    },
  },
  {
    name: 'export-menu',
    run: 'sample',
    arrange: async (page) => {
      await press(page, 'Export the list');
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'version-menu',
    run: 'sample',
    arrange: async (page, { one }) => {
      await cellOf(page, one, 'version').click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'marks-editor',
    run: 'sample',
    arrange: async (page, cast) => {
      await chooseThree(page, cast);
      await tableOf(page).focus();
      await page.keyboard.press('F2');
      await page.getByRole('dialog', { name: /^Tags and note/ }).waitFor();
    },
  },
  {
    name: 'palette',
    run: 'sample',
    arrange: async (page, { one }) => {
      await selectVersion(page, one);
      // Its code is loaded after the rows.
      await expect(async () => {
        await page.keyboard.press('ControlOrMeta+k');
        await page.getByRole('textbox', { name: 'Find a command' }).waitFor({ timeout: 1000 });
      }).toPass();
    },
  },
  {
    name: 'shortcuts',
    run: 'sample',
    arrange: async (page) => {
      await rowsOf(page).first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];
