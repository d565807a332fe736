import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount, queryBox, rowsOf, selectVersion, tableOf } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { dialogScenes } from './dialog-scenes.ts';
import { pageScenes } from './page-scenes.ts';
import { type Cast, chooseThree, openTab, press, type Scene } from './scene.ts';

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const tenth = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';
/** Of the sample run. */
export const sampleCast: Cast = { one: best, other: tenth };

/** Every screen and every state of it that a person meets. */
export const scenes: readonly Scene[] = [
  { name: 'welcome', run: 'none', arrange: async () => undefined },
  { name: 'run', run: 'sample', arrange: (page) => rowsOf(page).first().waitFor() },
  { name: 'version', run: 'sample', arrange: async (page, { one }) => void (await selectVersion(page, one)) },
  {
    name: 'version-contents',
    run: 'sample',
    arrange: async (page, { one }) => {
      await selectVersion(page, one);
      await openTab(page, 'Contents');
      await page.getByRole('treegrid').waitFor();
    },
  },
  { name: 'several-chosen', run: 'sample', arrange: chooseThree },
  {
    name: 'side-by-side',
    run: 'sample',
    arrange: async (page, cast) => {
      await chooseThree(page, cast);
      await press(page, 'Side by side');
      await press(page, 'Table');
      await page.getByRole('table', { name: 'Versions side by side' }).waitFor();
    },
  },
  {
    name: 'side-by-side-bars',
    run: 'sample',
    arrange: async (page, cast) => {
      await chooseThree(page, cast);
      await press(page, 'Side by side');
      await press(page, 'Bars');
      await page.getByRole('region', { name: 'Bars of the chosen metrics' }).waitFor();
    },
  },
  ...pageScenes,
  {
    name: 'side-by-side-empty',
    run: 'sample',
    arrange: (page) => openTab(page, 'Side by side'),
  },
  {
    name: 'groups',
    run: 'sample',
    arrange: async (page) => {
      await press(page, 'Groups and row height');
      await page.getByLabel('Find what to group by').fill('symbol');
      await page.getByRole('radio', { name: 'Symbol', exact: true }).click();
      await page.keyboard.press('Escape');
      await page.locator('[data-group]').first().waitFor();
    },
  },
  {
    name: 'query',
    run: 'sample',
    arrange: (page) => queryBox(page).fill('reward > 0.42 and sharpe >= 1.6'),
  },
  {
    name: 'group-by-range',
    run: 'sample',
    arrange: async (page) => {
      await press(page, 'Groups and row height');
      await page.getByLabel('Find what to group by').fill('rew');
      await page.getByRole('radio', { name: 'Reward', exact: true }).click();
      await page.locator('[data-group]').first().waitFor();
    },
  },
  {
    name: 'all-runs',
    run: 'two',
    arrange: async (page) => {
      await page.getByRole('button', { name: /^All open runs/ }).click();
      await expectVersionCount(page, 52);
    },
  },
  {
    name: 'all-runs-chosen',
    run: 'two',
    arrange: async (page) => {
      await page.getByRole('button', { name: /^All open runs/ }).click();
      await expectVersionCount(page, 52);
      await rowsOf(page).nth(0).click();
      await rowsOf(page)
        .nth(3)
        .click({ modifiers: ['ControlOrMeta'] });
      await rowsOf(page).nth(3).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'all-runs-details',
    run: 'two',
    arrange: async (page, { one }) => {
      await chooseOfBoth(page, one);
      await page
        .getByRole('complementary', { name: 'Details' })
        .getByText('2 versions in 2 runs', { exact: true })
        .waitFor();
    },
  },
  {
    name: 'all-runs-back-up',
    run: 'two',
    arrange: async (page, { one }) => {
      await chooseOfBoth(page, one);
      await tableOf(page).press('b');
      await page.getByRole('dialog', { name: 'Back up 2 versions in 2 runs' }).waitFor();
    },
  },
  {
    name: 'query-offers',
    run: 'sample',
    arrange: async (page) => {
      await queryBox(page).pressSequentially('kind = best and s');
      await page.getByRole('option').first().waitFor();
    },
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
  ...dialogScenes,
  { name: 'empty-run', run: 'empty', arrange: async () => undefined },
  {
    name: 'large-run',
    run: 'large',
    arrange: (page) => expectVersionCount(page, 100_000),
  },
];

/** The same version of each of the two runs. */
async function chooseOfBoth(page: Page, id: string): Promise<void> {
  await page.getByRole('button', { name: /^All open runs/ }).click();
  await expectVersionCount(page, 52);
  await queryBox(page).fill(`file = "${id}"`);
  await expectVersionCount(page, 2);
  await rowsOf(page).first().click();
  await tableOf(page).press('ControlOrMeta+a');
}

/** The run that scenes begin with, as the app takes it for arguments. */
export async function runsFor(run: Scene['run']): Promise<string[]> {
  if (run === 'none') return [];
  if (run === 'empty') return [await tempFolder('empty-run')];
  if (run === 'large') return [process.env['CAIRN_LARGE_RUN'] ?? ''];
  if (run === 'two') return [await copySampleRun('ppo-btc-2026'), await copySampleRun('sac-eth-long-run')];
  const copy = await copySampleRun();
  if (run === 'damaged') await damage(copy);
  return [copy];
}

/** Breaks one model of a run in the middle and cuts another short. */
async function damage(run: string): Promise<void> {
  const [flipped, cut] = [join(run, best), join(run, tenth)];
  const bytes = await readFile(flipped);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(flipped, bytes);
  await writeFile(cut, (await readFile(cut)).subarray(0, 9000));
}
