import type { Page } from '@playwright/test';
import { expectVersionCount, queryBox, rowsOf } from '../driver/versions-table.ts';
import { openTab, press, type Scene } from './scene.ts';

const large = (name: string, arrange: (page: Page) => Promise<unknown>): Scene => ({
  name: `large-${name}`,
  run: 'large',
  arrange: async (page) => {
    await expectVersionCount(page, 100_000);
    await arrange(page);
  },
});

/**
 * What a run of a hundred thousand versions looks like. It may be somebody's own (`CAIRN_LARGE_RUN`): nothing here leads to a write in it, as
 * a prune does that remembers which versions it read.
 */
export const largeScenes: readonly Scene[] = [
  large('run', async () => undefined),
  large('version', (page) => rowsOf(page).nth(2).click()),
  large('charts', async (page) => {
    await openTab(page, 'Charts');
    await page.getByRole('region', { name: 'Parallel coordinates' }).waitFor();
  }),
  large('query', async (page) => {
    await queryBox(page).fill('reward > 0.5 and kind = best');
    await page.getByText(/ of 100,000$/).waitFor();
  }),
  large('groups', async (page) => {
    await press(page, 'Groups and row height');
    await page.getByRole('radio', { name: 'Kind', exact: true }).click();
    await page.keyboard.press('Escape');
    await page.locator('[data-group]').first().waitFor();
  }),
];
