import type { Page } from '@playwright/test';
import { cellOf, rowsOf, selectVersion } from '../driver/versions-table.ts';

/** The versions that a scene is about, by their ids. Both are intact. */
export interface Cast {
  one: string;
  other: string;
}

/** A state of the window. It is arranged from the window as it is after a load, with the run open. */
export interface Scene {
  name: string;
  /** Which run is open when it begins; none for the welcome screen. */
  run: 'none' | 'sample' | 'two' | 'damaged' | 'empty' | 'large' | 'file' | 'workspace' | 'no-runs';
  arrange: (page: Page, cast: Cast) => Promise<void>;
}

export const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();
export const openTab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();

export async function chooseThree(page: Page, { one, other }: Cast): Promise<void> {
  await selectVersion(page, other);
  await cellOf(page, one, 'version').click({ modifiers: ['ControlOrMeta'] });
  await rowsOf(page)
    .nth(0)
    .click({ modifiers: ['ControlOrMeta'] });
}

/** Moves what is chosen to the trash, also where that is asked about. */
export async function trashChosen(page: Page): Promise<void> {
  await page.keyboard.press('Delete');
  const asked = page.getByRole('dialog').getByRole('button', { name: 'Move to trash' });
  const done = page.getByText(/(?:is|are) in the trash/).first();
  await asked.or(done).first().waitFor();
  if (await asked.isVisible()) await asked.click();
  await done.waitFor();
}
