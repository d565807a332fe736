import type { Page } from '@playwright/test';
import { selectVersion } from '../driver/versions-table.ts';
import { type Cast, openTab, press, type Scene, trashChosen } from './scene.ts';

/** Backs a version up and shows what there is of it. */
async function showBackup(page: Page, { one }: Cast): Promise<void> {
  const details = await selectVersion(page, one);
  await details.getByRole('button', { name: 'Back up this version' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Back up', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await openTab(page, 'Backups');
  const first = page.getByRole('tabpanel', { name: 'Backups' }).locator('[data-record]').first();
  await first.getByRole('button').first().click();
}

/** Of a backup that is chosen. */
const ofBackup = (name: string, button: string, dialog: RegExp): Scene => ({
  name,
  run: 'sample',
  arrange: async (page, cast) => {
    await showBackup(page, cast);
    await page.getByRole('button', { name: button }).last().click();
    await page.getByRole('dialog', { name: dialog }).waitFor();
  },
});

/** What opens over the window to look after a run: copies, the trash, checksums, tasks. */
export const upkeepScenes: readonly Scene[] = [
  ofBackup('restore', 'Restore…', /^Restore/),
  ofBackup('delete-backup', 'Delete…', /^Delete a backup/),
  {
    name: 'convert',
    run: 'sample',
    arrange: async (page, { one }) => {
      await selectVersion(page, one);
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Convert…' }).click();
      await page.getByText(/out of a checkpoint of/).waitFor();
    },
  },
  {
    name: 'trash-asked',
    run: 'sample',
    arrange: async (page, { one }) => {
      await selectVersion(page, one);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.press('Delete');
      await page.getByRole('dialog', { name: /^Move .* to the trash/ }).waitFor();
    },
  },
  {
    name: 'empty-trash',
    run: 'sample',
    arrange: async (page, { one }) => {
      await selectVersion(page, one);
      await trashChosen(page);
      await openTab(page, 'Trash');
      await press(page, 'Empty trash…');
      await page.getByRole('dialog', { name: 'Delete for good' }).waitFor();
    },
  },
  {
    name: 'verify-menu',
    run: 'sample',
    arrange: async (page) => {
      await press(page, 'More about integrity');
      await page.getByRole('button', { name: 'Seal files without a checksum…' }).waitFor();
    },
  },
  {
    name: 'seal',
    run: 'sample',
    arrange: async (page) => {
      await press(page, 'More about integrity');
      await press(page, 'Seal files without a checksum…');
      await page.getByRole('dialog', { name: /^Seal/ }).waitFor();
    },
  },
  {
    name: 'tasks',
    run: 'sample',
    arrange: async (page) => {
      await press(page, 'Verify run');
      await page.getByRole('button', { name: 'Dismiss' }).waitFor();
      await press(page, 'Tasks');
      await page.locator('.tasks-ended').waitFor();
    },
  },
];

/** A checkpoint without a run. */
export const checkpointScenes: readonly Scene[] = [
  {
    name: 'checkpoint',
    run: 'file',
    arrange: async (page) => {
      await page.getByRole('treegrid').waitFor();
    },
  },
  {
    name: 'checkpoint-verified',
    run: 'file',
    arrange: async (page) => {
      await press(page, 'Verify');
      await page.getByRole('region', { name: 'Integrity' }).waitFor();
    },
  },
];
