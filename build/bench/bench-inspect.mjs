import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { median, timeCommand } from './time-command.mjs';
import { writeSparseCheckpoint } from './write-sparse.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

const cairn = join(root, 'app/cli/cairn.js');
const python = '/usr/bin/python3';
const rounds = 7;

/** @returns {Promise<Figure[]>} */
export async function benchInspect() {
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
      ...(await besideTorch(small, ms)),
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
 * Both ways: against the call alone, and process against process, each with what it takes to start.
 * @param {string} file of 1 GB @param {number} ms what looking into 10 GB took @returns {Promise<Figure[]>}
 */
async function besideTorch(file, ms) {
  const [call, whole] = [
    '… against `torch.load` of a 1 GB checkpoint',
    '… against a Python process that does so',
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
  return [compare(call, ms, alone), compare(whole, ms, median(process.map(({ seconds }) => seconds)))];
}

/** @param {string} what @param {number} ms @param {number} seconds @returns {Figure} */
function compare(what, ms, seconds) {
  const times = (1000 * seconds) / ms;
  const value = `${Math.round(ms)} ms against ${Math.round(1000 * seconds)} ms (1/${times.toFixed(1)})`;
  return { what, value, bar: '≤ 1/20', met: times >= 20 };
}
