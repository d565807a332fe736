import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { launch } from './bench-window.mjs';
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
    await listingFigure('`cairn ls`, 1,610 folders `checkpoint_N/`', folders),
    await listingFigure('`cairn ls`, 1,000 files `rl_model_*_steps.zip`', zoo),
  ];
}

/** @param {string} what @param {string} run @returns {Promise<import('./bench.mjs').Figure>} */
async function listingFigure(what, run) {
  const entries = readdirSync(run, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const { ours, theirs, ratio } = await timeSideBySide(
    [process.execPath, [cairn, 'ls', run, '--json']],
    ['cat', files],
    5,
  );
  return {
    what: `${what}, against \`cat\` of the same bytes`,
    value: `${ours.toFixed(2)} s against ${theirs.toFixed(2)} s (${ratio.toFixed(2)} ×)`,
    bar: '< 1 s, ≤ 2 ×',
    met: ours < 1 && ratio <= 2,
  };
}

/**
 * A folder of runs in the window, opened for the second time.
 * @param {import('./bench-window.mjs').Runtime} runtime @param {string} place where it is made, and stays
 * @returns {Promise<import('./bench.mjs').Figure>}
 */
export async function benchWorkspace(runtime, place) {
  const folder = join(place, 'workspace');
  if (!existsSync(folder)) makeRuns(folder, workspace.runs, workspace.versions);
  // What was touched a moment ago is not taken from the index.
  await secondsToAll(runtime, folder);
  const seconds = await secondsToAll(runtime, folder);
  return {
    what: 'a folder of 1,000 runs of 100 versions in the window, the second time: all runs on the screen',
    value: `${seconds.toFixed(2)} s`,
    bar: '< 3 s',
    met: seconds < 3,
  };
}

/** @param {import('./bench-window.mjs').Runtime} runtime @param {string} folder */
async function secondsToAll(runtime, folder) {
  const { page, started, close } = await launch(runtime, join(root, 'app'), [folder]);
  await page.getByRole('contentinfo').filter({ hasText: 'Looked into' }).waitFor({ timeout: 120_000 });
  const seconds = (performance.now() - started) / 1000;
  await close();
  return seconds;
}
