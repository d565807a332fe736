import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { launch, rows } from './launch-window.mjs';
import { median } from './time-command.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */
/** @typedef {import('./launch-window.mjs').Runtime} Runtime */

/**
 * A second `npm start` on the sample run, to a picture of its rows and the end of the app.
 * @param {Runtime} runtime @param {string} sample @returns {Promise<Figure>}
 */
export async function benchSecondStart({ executable }, sample) {
  const home = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  const env = {
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    // Where the runtime is, not where this bench keeps indexes.
    XDG_CACHE_HOME: join(executable, '../../..'),
  };
  const args = ['run', '--silent', 'start', '--', '--screenshot', join(home, 'out.png'), sample];
  const started = performance.now();
  execFileSync('npm', args, { cwd: root, env: { ...process.env, ...env }, stdio: 'ignore' });
  const seconds = (performance.now() - started) / 1000;
  rmSync(home, { recursive: true, force: true });
  return {
    what: 'a second `npm start`, from the shell to a picture of the sample run',
    value: `${seconds.toFixed(1)} s`,
    bar: '< 5 s',
    met: seconds < 5,
  };
}

/** @param {Runtime} runtime @param {string} sample @returns {Promise<Figure[]>} */
export async function benchStart(runtime, sample) {
  const empty = mkdtempSync(join(tmpdir(), 'cairn-empty-'));
  writeFileSync(join(empty, 'package.json'), '{"name":"empty","version":"1.0.0","main":"main.js"}');
  writeFileSync(
    join(empty, 'main.js'),
    "const { app, BrowserWindow } = require('electron'); app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadURL('data:text/html,<main>empty</main>'));",
  );
  const [kept, keptEmpty] = ['ours', 'theirs'].map((name) => join(empty, name));
  const ours = (/** @type {string | undefined} */ data = undefined) =>
    launch(runtime, join(root, 'app'), [sample], data);
  const theirs = (/** @type {string | undefined} */ data = undefined) => launch(runtime, empty, [], data);
  const first = await compareStarts(ours, theirs);
  // What is compiled is kept from the second start on.
  for (let turn = 0; turn < 2; turn += 1) await timeUntil(await ours(kept), rows);
  const later = await compareStarts(
    () => ours(kept),
    () => theirs(keptEmpty),
  );
  rmSync(empty, { recursive: true, force: true });
  return [
    {
      what: 'process start → rows of the sample run, the first time, against an empty Electron window',
      ...first,
    },
    { what: '… every later time', ...later },
  ];
}

/** @typedef {() => ReturnType<typeof launch>} Start */

/** One beside the other, four times. @param {Start} ours @param {Start} theirs @returns {Promise<Omit<Figure, 'what'>>} */
async function compareStarts(ours, theirs) {
  /** @type {[number[], number[]]} */
  const [own, other] = [[], []];
  for (let turn = 0; turn < 4; turn += 1) {
    own.push(await timeUntil(await ours(), rows));
    other.push(await timeUntil(await theirs(), 'main'));
  }
  const ratio = median(own) / median(other);
  return {
    value: `${Math.round(median(own))} ms against ${Math.round(median(other))} ms (${ratio.toFixed(2)} ×)`,
    bar: '≤ 2 ×',
    met: ratio <= 2,
  };
}

/** @param {Awaited<ReturnType<typeof launch>>} app @param {string} selector */
async function timeUntil({ page, started, close }, selector) {
  await page.locator(selector).first().waitFor();
  const time = performance.now() - started;
  await close();
  return time;
}
