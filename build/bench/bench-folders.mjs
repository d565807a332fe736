import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { launch } from './launch-window.mjs';
import { makeCheckpointFolders, makeRuns, makeZooRun } from './make-folders.mjs';
import { timeSideBySide } from './time-command.mjs';

const cairn = join(root, 'app/cli/cairn.js');
const workspace = { runs: 1000, versions: 100 };

/**
 * Runs as frameworks leave them, against reading the same bytes.
 * @param {string} place where they are made, and stay
 * @returns {Promise<import('./bench.mjs').Figure[]>}
 */
export async function benchFolders(place) {
  const [folders, zoo] = [join(place, 'checkpoint-folders'), join(place, 'zoo')];
  if (!existsSync(folders)) makeCheckpointFolders(folders, 1610);
  if (!existsSync(zoo)) makeZooRun(zoo, 1000);
  return [
    ...(await listingFigures('`cairn ls`, 1,610 folders `checkpoint_N/`', folders)),
    ...(await listingFigures('`cairn ls`, 1,000 files `rl_model_*_steps.zip`', zoo)),
  ];
}

/** @param {string} what @param {string} run @returns {Promise<import('./bench.mjs').Figure[]>} */
async function listingFigures(what, run) {
  const files = filesIn(run);
  const ours = /** @type {[string, string[]]} */ ([process.execPath, [cairn, 'ls', run, '--json']]);
  const theirs = /** @type {[string, string[]]} */ (['cat', files]);
  return [
    figureOf(
      `${what}, not read of late, against \`cat\` of the same bytes`,
      await timeSideBySide(ours, theirs, 5, () => evict(run)),
    ),
    figureOf('… all of which the system still has in memory', await timeSideBySide(ours, theirs, 5)),
  ];
}

/** @param {string} what @param {Awaited<ReturnType<typeof timeSideBySide>>} timed @returns {import('./bench.mjs').Figure} */
function figureOf(what, { ours, theirs, ratio }) {
  const value = `${ours.toFixed(2)} s against ${theirs.toFixed(2)} s (${ratio.toFixed(2)} ×)`;
  return { what, value, bar: '< 1 s, ≤ 2 ×', met: ours < 1 && ratio <= 2 };
}

/** @param {string} run */
function filesIn(run) {
  return readdirSync(run, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

const forget = `
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        file = os.open(os.path.join(folder, name), os.O_RDONLY)
        os.fsync(file)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)
`;

/** The system forgets the bytes of these files, and has to read them from the disk again. @param {string} run */
function evict(run) {
  execFileSync('/usr/bin/python3', ['-c', forget, run]);
}

/**
 * A folder of runs in the window, opened for the second time, and a plan of pruning all of them.
 * @param {import('./launch-window.mjs').Runtime} runtime @param {string} place where it is made, and stays
 * @returns {Promise<import('./bench.mjs').Figure[]>}
 */
export async function benchWorkspace(runtime, place) {
  const folder = join(place, 'workspace');
  if (!existsSync(folder)) makeRuns(folder, workspace.runs, workspace.versions);
  // What was touched a moment ago is not taken from the index.
  await secondsToAll(runtime, folder);
  /** @type {{ first: number, all: number, moved: number } | undefined} */
  let plan;
  const seconds = await secondsToAll(runtime, folder, async (page) => {
    plan = await secondsToPlan(page);
  });
  const figures = [
    {
      what: 'a folder of 1,000 runs of 100 versions in the window, the second time: all runs on the screen',
      value: `${seconds.toFixed(2)} s`,
      bar: '< 3 s',
      met: seconds < 3,
    },
  ];
  if (plan)
    figures.push({
      what: '… pruning all of them: first runs of the plan, the plan of all, that of another rule',
      value: `${plan.first.toFixed(2)}, ${plan.all.toFixed(2)} and ${plan.moved.toFixed(2)} s`,
      bar: '< 1, < 20 and < 3 s',
      met: plan.first < 1 && plan.all < 20 && plan.moved < 3,
    });
  return figures;
}

/**
 * @param {import('./launch-window.mjs').Runtime} runtime @param {string} folder
 * @param {(page: import('@playwright/test').Page) => Promise<void>} [use]
 */
async function secondsToAll(runtime, folder, use) {
  const { page, started, close } = await launch(runtime, join(root, 'app'), [folder]);
  await page.getByRole('contentinfo').filter({ hasText: 'Looked into' }).waitFor({ timeout: 120_000 });
  const seconds = (performance.now() - started) / 1000;
  await use?.(page);
  await close();
  return seconds;
}

/** Plans by what the lists say; nothing is read of the versions that stay. @param {import('@playwright/test').Page} page */
async function secondsToPlan(page) {
  const dialog = page.getByRole('dialog', { name: 'Prune 1,000 runs' });
  const plan = dialog.getByRole('table', { name: 'The plan, run by run' });
  const told = dialog.getByRole('status').filter({ hasText: 'go to the trash' });
  const started = performance.now();
  const since = () => (performance.now() - started) / 1000;
  await page.getByRole('button', { name: 'Prune all…' }).click();
  await plan.waitFor({ timeout: 120_000 });
  const first = since();
  await dialog.getByLabel('Keep best', { exact: true }).fill('50');
  await told.waitFor({ timeout: 120_000 });
  const all = since();
  const before = await told.textContent();
  await dialog.getByLabel('Keep best', { exact: true }).fill('40');
  await told.filter({ hasNotText: before?.replace(/ Reading.*/s, '') ?? '' }).waitFor({ timeout: 120_000 });
  return { first, all, moved: since() - all };
}
