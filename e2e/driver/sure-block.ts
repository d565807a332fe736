import type { Locator, Page } from '@playwright/test';

/** What stands beside the best: how sure that is. */
export const sureBlock = (page: Page) => page.getByRole('region', { name: 'How sure is that?' });

export const factOf = (block: Locator, name: string) =>
  block.locator('.fact').filter({ has: block.page().getByText(name, { exact: true }) });
