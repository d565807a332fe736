import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempFolder } from '../driver/temp-folder.ts';
import { queryBox, rowsOf, selectVersion } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { makeEmptyFolders, makeWorkspace } from '../fixtures/make-workspace.ts';
import { allRunsScenes, twoRuns } from './all-runs-scenes.ts';
import { dialogScenes } from './dialog-scenes.ts';
import { largeScenes } from './large-scenes.ts';
import { pageScenes } from './page-scenes.ts';
import { type Cast, chooseThree, openTab, press, type Scene } from './scene.ts';
import { checkpointScenes, upkeepScenes } from './upkeep-scenes.ts';
import { workspaceScenes } from './workspace-scenes.ts';

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
  ...allRunsScenes,
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
  ...workspaceScenes,
  { name: 'empty-run', run: 'empty', arrange: async () => undefined },
  ...upkeepScenes,
  ...checkpointScenes,
  ...largeScenes,
];

/** The run that scenes begin with, as the app takes it for arguments. */
export async function runsFor(run: Scene['run']): Promise<string[]> {
  return makers[run]();
}

const makers: Record<Scene['run'], () => Promise<string[]>> = {
  none: async () => [],
  sample: async () => [await copySampleRun()],
  two: () => Promise.all(twoRuns.map((name) => copySampleRun(name))),
  damaged: async () => [await damage(await copySampleRun())],
  empty: async () => [await tempFolder('empty-run')],
  large: async () => [process.env['CAIRN_LARGE_RUN'] ?? ''],
  file: async () => [await aloneFile(join(await copySampleRun(), best))],
  workspace: async () => [await makeWorkspace()],
  'no-runs': async () => [await makeEmptyFolders()],
};

/** A copy of a file where no run keeps any. */
async function aloneFile(file: string): Promise<string> {
  const folder = join(await tempFolder('alone'), 'downloads');
  await mkdir(folder);
  const copy = join(folder, 'policy.pt');
  await copyFile(file, copy);
  return copy;
}

/** Breaks one model of a run in the middle and cuts another short. */
async function damage(run: string): Promise<string> {
  const [flipped, cut] = [join(run, best), join(run, tenth)];
  const bytes = await readFile(flipped);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(flipped, bytes);
  await writeFile(cut, (await readFile(cut)).subarray(0, 9000));
  return run;
}
