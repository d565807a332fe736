import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { makeBigFiles } from './make-run.mjs';
import { median } from './time-command.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

const cairn = join(root, 'app/cli/cairn.js');
const jobs = 200;
const turns = 3;
/** As little as an evaluator can do. */
const script = 'echo "{\\"score\\": $1}"';

/** What a run of an evaluator takes beside the evaluator: all of a benchmark, less one in which all is on record, less the programs alone. @returns {Promise<Figure[]>} */
export async function benchEvaluators() {
  const place = mkdtempSync(join(tmpdir(), 'cairn-bench-evaluators-'));
  try {
    makeBigFiles(place, 1, 100_000);
    benchmark(place, []);
    const own = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const all = benchmark(place, ['--again']);
      const nothing = benchmark(place, []);
      own.push((all - nothing) / jobs - (await timePrograms()) / jobs);
    }
    const each = median(own);
    const what = `starting an evaluator, beside the program itself (${jobs} one after another)`;
    return [{ what, value: `${each.toFixed(1)} ms`, bar: '< 10 ms', met: each < 10 }];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} place @param {string[]} options @returns {number} milliseconds */
function benchmark(place, options) {
  const started = performance.now();
  const evaluator = `sh -c '${script}' sh {seed} {model}`;
  const args = ['benchmark', place, '--evaluator', evaluator, '--seeds', `${jobs}`, ...options];
  execFileSync(process.execPath, [cairn, ...args], { stdio: 'ignore' });
  return performance.now() - started;
}

/** The same programs, started and read by plain Node. @returns {Promise<number>} milliseconds */
async function timePrograms() {
  const started = performance.now();
  for (let seed = 0; seed < jobs; seed += 1) {
    const child = spawn('sh', ['-c', script, 'sh', `${seed}`, 'model'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.resume();
    child.stderr.resume();
    await once(child, 'close');
  }
  return performance.now() - started;
}
