import { expect, type Locator, type Page } from '@playwright/test';

/** The table of the runs of a folder. */
export function runRows(page: Page): Locator {
  return page.locator('[role="row"][data-run]');
}

/** The row of a run, by words in it. */
export function runRow(page: Page, words: string): Locator {
  return runRows(page).filter({ hasText: words });
}

export async function expectRunCount(page: Page, count: number): Promise<void> {
  await expect(page.getByRole('grid', { name: /^Runs/ })).toHaveAttribute('aria-rowcount', String(count + 1));
}

/** Waits until the search of the folder that is shown came to its end. */
export async function expectSearched(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo')).toContainText('Looked into');
}

/** What the rows in view say in a column, from above. */
export function cellsOf(page: Page, column: string): Promise<string[]> {
  return runRows(page).locator(`[data-column="${column}"]`).allInnerTexts();
}

export function runsFilter(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Filter runs' });
}
