import { expect, type Page } from '@playwright/test';
import { selectVersion } from '../driver/versions-table.ts';
import { chooseThree, openTab, press, type Scene, trashChosen } from './scene.ts';

/** Moves versions to the trash and shows a page that tells of it. */
async function trashThen(page: Page, tab: string, cast: Parameters<Scene['arrange']>[1]): Promise<void> {
  await chooseThree(page, cast);
  await trashChosen(page);
  await openTab(page, tab);
  await page.getByRole('tabpanel', { name: tab }).getByRole('row').nth(1).waitFor();
  await press(page, 'Undo');
  await expect(page.getByText(/are back/).first()).toBeVisible();
}

/** The pages of a run beside its table. */
export const pageScenes: readonly Scene[] = [
  {
    name: 'charts',
    run: 'sample',
    arrange: async (page) => {
      await openTab(page, 'Charts');
      await page.getByRole('region', { name: 'Scatter' }).waitFor();
      await page.getByRole('region', { name: 'Parallel coordinates' }).waitFor();
    },
  },
  {
    name: 'backups',
    run: 'sample',
    arrange: async (page, { one }) => {
      const details = await selectVersion(page, one);
      await details.getByRole('button', { name: 'Back up this version' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Back up', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await openTab(page, 'Backups');
      await page.getByRole('tabpanel', { name: 'Backups' }).getByRole('row').nth(1).waitFor();
    },
  },
  { name: 'trash-empty', run: 'sample', arrange: (page) => openTab(page, 'Trash') },
  { name: 'history', run: 'sample', arrange: (page, cast) => trashThen(page, 'History', cast) },
];
