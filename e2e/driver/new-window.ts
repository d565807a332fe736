import type { Page } from '@playwright/test';
import type { Cairn } from './launch-cairn.ts';

/** File › New Window. */
export async function newWindow({ electron }: Pick<Cairn, 'electron'>): Promise<Page> {
  const opened = electron.waitForEvent('window');
  await electron.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File');
    file?.submenu?.items.find(({ label }) => label === 'New Window')?.click();
  });
  const page = await opened;
  await page.locator('main').waitFor();
  return page;
}
