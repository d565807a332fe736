import { expect, type Page } from '@playwright/test';

/** Shows the page as where the system is dark, or light, once all of it is: some of its colours come with the media, some by a script after it. */
export async function showIn(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
}
