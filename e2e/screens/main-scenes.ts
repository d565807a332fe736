import type { Page } from '@playwright/test';
import { openTab, type Scene } from './scene.ts';
import { scenes } from './scenes.ts';

/** As `npm run screens` takes them. */
const taken = ['welcome', 'run', 'version', 'charts', 'side-by-side', 'prune', 'settings'] as const;

/** A page of records, with its first one chosen where it has one. */
const records = (name: string, tab: string): Scene => ({
  name,
  run: 'sample',
  arrange: async (page: Page) => {
    await openTab(page, tab);
    const first = page.getByRole('tabpanel', { name: tab }).locator('[data-record]').first();
    await first.getByRole('button').first().click();
    await page.getByRole('complementary', { name: 'Details' }).getByRole('term').first().waitFor();
  },
});

/** The screens of which a reference is kept. None of them changes anything on disk. */
export const mainScenes: readonly Scene[] = [
  ...taken.map((name) => scenes.find((scene) => scene.name === name) as Scene),
  records('backups', 'Backups'),
  records('trash', 'Trash'),
  records('history', 'History'),
];
