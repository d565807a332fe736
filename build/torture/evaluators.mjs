/**
 * `cairn benchmark` with evaluators that hang, crash, print garbage, fork, fill the disk or never stop writing: each must end as a failure of its
 * own, the others must complete, and nothing may be left:
 *
 *     node build/torture/evaluators.mjs [--count N]
 */

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../setup/places.mjs';
import { whyNoLimits } from './full-disks.mjs';
import { openWorkshop, report } from './run-under-test.mjs';
import { weightsOf } from './weights.mjs';

const EVALUATOR = join(root, 'build/torture/hostile-evaluator.sh');
/** In seconds: those that do not hang end in far less, also where other parts are tried meanwhile. */
const TIMEOUT = 6;
const TIMED_OUT = new RegExp(`^it took longer than ${TIMEOUT} s$`);

/** What must come of a seed, by its last digit: a score, or the words of its failure. @type {(number | RegExp)[]} */
const ENDS = [
  1.5,
  TIMED_OUT,
  TIMED_OUT,
  /^it was ended by SIGSEGV$/,
  /^no line of its output is a JSON object, or that line has more than \d+ MiB$/,
  TIMED_OUT,
  /^it ended with code 1: out of luck$/,
  /^it ended with code 1: .*No space left on device$/,
  // On a machine that has much else to do it may not come so far.
  new RegExp(`^it wrote more than 67,108,864 bytes$|${TIMED_OUT.source}`),
  2.5,
];
/** In bytes: two outputs of a run, each kept at its beginning and its end. */
const KEPT = 2 * 2.1 * (1 << 20);
const MEMORY = 400 << 20;

/** @typedef {{ seed: number, metrics: { score: number } | null, failure: string | null }} Run */
/** `peak`: the most memory that it took, in bytes. @typedef {{ runs: number, peak: number, faults: string[], skipped: string | null }} Tally */

/** @param {number} count of runs @returns {Promise<Tally>} */
export async function runEvaluators(count) {
  const { folder, cli, close } = openWorkshop();
  try {
    const skipped = whyNoLimits(folder);
    if (skipped) return { runs: 0, peak: 0, faults: [], skipped };
    const places = { run: join(folder, 'run'), work: join(folder, 'work') };
    mkdirSync(join(places.run, 'best_models'), { recursive: true });
    writeFileSync(join(places.run, 'best_models/model_v0001.pt'), weightsOf('evaluated', 4096));
    mkdirSync(places.work);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', places.work]);
    try {
      const { runs, peak, failure } = await benchmark(cli, places, count);
      const faults = failure === null ? [...misjudged(runs, count), ...leftBehind(places, count)] : [failure];
      if (peak > MEMORY) faults.push(`it took ${peak} bytes of memory`);
      return { runs: runs.length, peak, faults, skipped: null };
    } finally {
      execFileSync('umount', ['-l', places.work]);
    }
  } finally {
    close();
  }
}

/** @param {string} cli @param {{ run: string, work: string }} places @param {number} count */
async function benchmark(cli, { run, work }, count) {
  const args = ['benchmark', run, '--evaluator', `${EVALUATOR} {model} {seed}`, '--seeds', `${count}`];
  const child = spawn(process.execPath, [cli, ...args, '--jobs', '8', '--timeout', `${TIMEOUT}`, '--json'], {
    env: { ...process.env, TMPDIR: work },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err, peak] = ['', '', 0];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid ?? 0));
  }, 100);
  const code = await new Promise((done) => child.once('close', done));
  clearInterval(watch);
  /** @type {Run[]} */
  const runs = code === 1 ? JSON.parse(out).versions[0].runs : [];
  return { runs, peak, failure: code === 1 ? null : `it ended with code ${code}: ${err}` };
}

/** @param {number} pid @returns {number} the most it ever had, in bytes */
function memoryOf(pid) {
  try {
    const [, kilobytes = 0] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    return 1024 * Number(kilobytes);
  } catch {
    return 0;
  }
}

/** @param {Run[]} runs @param {number} count @returns {string[]} */
function misjudged(runs, count) {
  const wrong = runs.filter(({ seed, metrics, failure }) => {
    const end = ENDS[seed % ENDS.length];
    return end instanceof RegExp ? failure === null || !end.test(failure) : metrics?.score !== end;
  });
  const faults = wrong.map(
    ({ seed, metrics, failure }) => `seed ${seed}: ${failure ?? JSON.stringify(metrics)}`,
  );
  return runs.length === count ? faults : [...faults, `${runs.length} of ${count} runs are told`];
}

/** Processes, working folders, and more output than is kept. @param {{ run: string, work: string }} places @param {number} count @returns {string[]} */
function leftBehind({ run, work }, count) {
  const outputs = join(run, '.cairn/benchmarks/outputs');
  const kept = readdirSync(outputs).reduce((sum, name) => sum + statSync(join(outputs, name)).size, 0);
  return [
    ...readdirSync(work).map((name) => `${name} is left in the folder for temporary files`),
    ...processesIn(work).map((words) => `a process is left: ${words}`),
    ...(kept > count * KEPT ? [`${kept} bytes of output are kept`] : []),
  ];
}

/** Those of evaluators: by their words, or by what they inherited. @param {string} work */
function processesIn(work) {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
      const inherited = readFileSync(`/proc/${pid}/environ`, 'latin1');
      return words === 'sleep 600' || inherited.includes(`TMPDIR=${work}`) ? [words] : [];
    } catch {
      return [];
    }
  });
}

/** @param {Tally} tally @returns {string[]} */
export function tellEvaluators({ runs, peak, faults, skipped }) {
  if (skipped) return [`evaluators: skipped: ${skipped}`];
  return [
    `evaluators: ${runs} that hang, crash, fork, fill the disk or do not stop, in ${peak >> 20} MB`,
    ...faults,
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { count: { type: 'string' } } });
  const started = Date.now();
  const tally = await runEvaluators(Number(values.count ?? 100));
  report([...tellEvaluators(tally), `in ${((Date.now() - started) / 1000).toFixed(1)} s`]);
  if (tally.faults.length > 0) process.exitCode = 1;
}
