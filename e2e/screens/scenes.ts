import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { cellOf, expectVersionCount, queryBox, rowsOf, selectVersion } from '../driver/versions-table.ts';

/** A state of the window worth a picture. `run`: which run is open when it begins; none for the welcome screen. */
export interface Scene {
  name: string;
  run: 'none' | 'sample' | 'damaged' | 'empty' | 'large';
  arrange: (page: Page) => Promise<void>;
}

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const tenth = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const openTab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();

async function chooseThree(page: Page): Promise<void> {
  await selectVersion(page, tenth);
  await cellOf(page, best, 'version').click({ modifiers: ['ControlOrMeta'] });
  await rowsOf(page)
    .nth(0)
    .click({ modifiers: ['ControlOrMeta'] });
}

/** Every screen and every state of it that a person meets. */
export const scenes: readonly Scene[] = [
  { name: 'welcome', run: 'none', arrange: async () => undefined },
  { name: 'run', run: 'sample', arrange: (page) => expectVersionCount(page, 26) },
  { name: 'version', run: 'sample', arrange: async (page) => void (await selectVersion(page, best)) },
  {
    name: 'version-contents',
    run: 'sample',
    arrange: async (page) => {
      await selectVersion(page, best);
      await openTab(page, 'Contents');
      await page.getByRole('treegrid').waitFor();
    },
  },
  { name: 'several-chosen', run: 'sample', arrange: chooseThree },
  {
    name: 'side-by-side',
    run: 'sample',
    arrange: async (page) => {
      await chooseThree(page);
      await press(page, 'Side by side');
      await page.getByRole('table', { name: 'Versions side by side' }).waitFor();
    },
  },
  {
    name: 'side-by-side-empty',
    run: 'sample',
    arrange: (page) => openTab(page, 'Side by side'),
  },
  {
    name: 'query',
    run: 'sample',
    arrange: (page) => queryBox(page).fill('reward > 0.42 and sharpe >= 1.6'),
  },
  {
    name: 'query-fault',
    run: 'sample',
    arrange: (page) => queryBox(page).fill('reward > and sharpe'),
  },
  {
    name: 'query-nothing-matches',
    run: 'sample',
    arrange: (page) => queryBox(page).fill('reward > 99'),
  },
  {
    name: 'verified',
    run: 'damaged',
    arrange: async (page) => {
      await press(page, 'Verify run');
      await page
        .getByText(/verified/i)
        .last()
        .waitFor();
      await page.getByRole('progressbar').waitFor({ state: 'hidden' });
    },
  },
  { name: 'prune', run: 'sample', arrange: (page) => press(page, 'Prune…') },
  { name: 'back-up', run: 'sample', arrange: (page) => press(page, 'Back up') },
  {
    name: 'palette',
    run: 'sample',
    arrange: async (page) => {
      await selectVersion(page, best);
      await page.waitForTimeout(500);
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('textbox', { name: 'Find a command' }).waitFor();
    },
  },
  { name: 'shortcuts', run: 'sample', arrange: (page) => page.keyboard.press('?') },
  { name: 'settings', run: 'sample', arrange: (page) => press(page, 'Settings') },
  { name: 'about', run: 'sample', arrange: (page) => press(page, 'About') },
  { name: 'empty-run', run: 'empty', arrange: async () => undefined },
  {
    name: 'large-run',
    run: 'large',
    arrange: (page) => expectVersionCount(page, 100_000),
  },
];

/** Breaks one model of a run in the middle and cuts another short. */
export async function damage(run: string, read: (path: string) => Promise<Buffer>): Promise<void> {
  const [flipped, cut] = [join(run, best), join(run, tenth)];
  const bytes = await read(flipped);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(flipped, bytes);
  await writeFile(cut, (await read(cut)).subarray(0, 9000));
}
