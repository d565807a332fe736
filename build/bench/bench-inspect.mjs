import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../setup/places.mjs';
import { launch } from './launch-window.mjs';
import { median, timeCommand } from './time-command.mjs';
import { writeSparseCheckpoint } from './write-sparse.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

const cairn = join(root, 'app/cli/cairn.js');
const python = '/usr/bin/python3';
const rounds = 7;

/** @param {import('./launch-window.mjs').Runtime} runtime @returns {Promise<Figure[]>} */
export async function benchInspect(runtime) {
  const place = mkdtempSync(join(tmpdir(), 'cairn-bench-inspect-'));
  try {
    const [large, small] = [join(place, 'large.pt'), join(place, 'small.pt')];
    writeSparseCheckpoint(large, 10, 1e9);
    writeSparseCheckpoint(small, 32, 32_000_000);
    const looks = await timeSeveral(process.execPath, [cairn, 'inspect', large, '--json']);
    const { bytes_read: read } = JSON.parse(
      execFileSync(process.execPath, [cairn, 'inspect', large, '--json'], { encoding: 'utf8' }),
    );
    const ms = 1000 * median(looks.map(({ seconds }) => seconds));
    const peak = Math.max(...looks.map(({ peakBytes }) => peakBytes));
    return [
      {
        what: '`cairn inspect --json` of a 10 GB checkpoint, whole process',
        value: `${Math.round(ms)} ms`,
        bar: '< 250 ms',
        met: ms < 250,
      },
      { what: '… bytes read', value: `${read.toLocaleString('en')}`, bar: '< 1 MB', met: read < 1e6 },
      { what: '… memory at most', value: `${Math.round(peak / 1e6)} MB`, bar: '< 120 MB', met: peak < 120e6 },
      ...(await besideTorch(small, ms, runtime)),
    ];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} command @param {string[]} args */
async function timeSeveral(command, args) {
  const runs = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await timeCommand(command, args));
  return runs;
}

/**
 * Like against like: a look within a running Cairn against the call within a running Python, and process against process.
 * @param {string} file of 1 GB @param {number} ms what a process takes that looks into 10 GB
 * @param {import('./launch-window.mjs').Runtime} runtime @returns {Promise<Figure[]>}
 */
async function besideTorch(file, ms, runtime) {
  const [call, whole] = [
    'contents of a 1 GB checkpoint in the running window, against `torch.load` of it in a running Python',
    '`cairn inspect --json` of 10 GB against a Python process that loads 1 GB, both from their start',
  ];
  if (spawnSync(python, ['-c', 'import torch']).status !== 0) {
    const value = 'not measured: PyTorch is not installed (apt-get install python3-torch)';
    return [call, whole].map((what) => ({ what, value, bar: '≤ 1/20', met: false }));
  }
  const load = `
import time, torch
torch.load(${JSON.stringify(file)})
started = time.perf_counter()
torch.load(${JSON.stringify(file)})
print(time.perf_counter() - started)`;
  const alone = Number(execFileSync(python, ['-c', load], { encoding: 'utf8' }));
  const process = await timeSeveral(python, ['-c', `import torch; torch.load(${JSON.stringify(file)})`]);
  return [
    compare(call, await lookInWindow(runtime, file), alone),
    compare(whole, ms, median(process.map(({ seconds }) => seconds))),
  ];
}

/** @param {import('./launch-window.mjs').Runtime} runtime @param {string} file is moved into a run @returns {Promise<number>} ms */
async function lookInWindow(runtime, file) {
  const run = join(dirname(file), 'run');
  mkdirSync(join(run, 'checkpoints'), { recursive: true });
  renameSync(file, join(run, 'checkpoints/checkpoint.pt'));
  const { page, close } = await launch(runtime, join(root, 'app'), [run]);
  await page.locator('[role="row"][data-version-id]').first().waitFor();
  const times = [];
  for (let round = 0; round < rounds; round += 1) times.push(await page.evaluate(lookOnce));
  await close();
  return median(times);
}

/** In the page: the contents of the first version asked for, until they are there. */
async function lookOnce() {
  /** @type {{ request: (name: string, input: object) => Promise<any> }} */
  const { request } = /** @type {any} */ (window).cairn;
  const { value } = await request('listRuns', {});
  // A person chooses a version first, and then looks into it.
  const shown = await request('showVersion', { runId: value.runs[0].runId, version: 0, whole: false });
  if (!shown.ok) throw new Error(`the version is not shown: ${JSON.stringify(shown)}`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const started = performance.now();
  const opened = await request('openContents', { runId: value.runs[0].runId, version: 0 });
  if (JSON.parse(opened.value.json).tensors.length === 0) throw new Error('no tensors were read');
  const took = performance.now() - started;
  await request('closeContents', { contentsId: opened.value.contentsId });
  return took;
}

/** @param {string} what @param {number} ms @param {number} seconds @returns {Figure} */
function compare(what, ms, seconds) {
  const times = (1000 * seconds) / ms;
  const value = `${Math.round(ms)} ms against ${Math.round(1000 * seconds)} ms (1/${times.toFixed(1)})`;
  return { what, value, bar: '≤ 1/20', met: times >= 20 };
}
