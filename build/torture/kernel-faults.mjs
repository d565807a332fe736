/**
 * Calls of the built command line fail at the boundary of the kernel, by strace, and an oracle after each:
 *
 *     node build/torture/kernel-faults.mjs [--count N] [--seed N]
 */

import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { crashOf } from './crashes.mjs';
import { differences, viewOf } from './run-files.mjs';
import { inWorkshop, randomNumbers, report } from './run-under-test.mjs';
import {
  begin,
  CHANGING,
  findPoints,
  makeTemplate,
  OPERATIONS,
  traced,
  whyNoStrace,
  wordsOf,
} from './strace-run.mjs';

const LANES = 2;
const fewest = 20;
const READING = 'close,read,pread64,fstat,newfstatat,statx,getdents64,statfs';
const CALLS = `${CHANGING},${READING}`;
const CODES = [
  'ENOSPC',
  'EIO',
  'EACCES',
  'EPERM',
  'EROFS',
  'EDQUOT',
  'EMFILE',
  'ENFILE',
  'EBUSY',
  'ENOMEM',
  'EXDEV',
  'ESTALE',
];

/** @typedef {import('./run-under-test.mjs').RunUnderTest} RunUnderTest */
/** @typedef {import('./run-under-test.mjs').End} End */
/** @typedef {{ name: string, run: RunUnderTest, points: import('./strace-run.mjs').Point[] }} Subject */
/** `missed`: the call was not made this time. @typedef {{ injected: number, missed: number, refused: number, faults: string[] }} Tally */

/** @param {number} count @param {number} seed @param {number} [until] a time in ms @returns {Promise<Tally>} */
export function injectFaults(count, seed, until = Number.POSITIVE_INFINITY) {
  return inWorkshop(async (workshop) => {
    /** @type {Tally} */
    const tally = { injected: 0, missed: 0, refused: 0, faults: [] };
    const subjects = await makeSubjects(workshop);
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      const random = randomNumbers(seed + lane);
      // Where everything is slow, making it ready may take all the time there is.
      const isDue = () => tally.injected < Math.min(count, fewest) || Date.now() < until;
      while (tally.injected < count && tally.faults.length === 0 && isDue())
        await injectOne(pick(subjects, random), random, tally, `lane-${lane}`);
    });
    await Promise.all(lanes);
    return tally;
  });
}

/** @param {import('./run-under-test.mjs').Workshop} workshop */
async function makeSubjects(workshop) {
  const usual = await makeTemplate(workshop, 'any');
  /** @type {Subject[]} */
  const subjects = [];
  for (const name of Object.keys(OPERATIONS)) {
    const run = name === 'recovery' ? await makeTemplate(workshop, name) : usual;
    subjects.push({ name, run, points: await findPoints(run, name, CALLS) });
  }
  return subjects;
}

/** @template T @param {readonly T[]} all @param {() => number} random @returns {T} */
function pick(all, random) {
  return /** @type {T} */ (all[Math.floor(random() * all.length)]);
}

/** @param {Subject} subject @param {() => number} random @param {Tally} tally @param {string} place */
async function injectOne({ name, run: template, points }, random, tally, place) {
  const { call, nth, late } = pick(points, random);
  const when = random() < 0.3 ? `${nth}+` : `${nth}`;
  const code = pick(CODES, random);
  const run = template.copy(place);
  const words = wordsOf(run, name);
  begin(run, name);
  const before = viewOf(run.folder);
  const log = `${run.folder}.calls`;
  const inject = `inject=${call}:error=${code}:when=${when}`;
  const end = await traced(run, words, CALLS, ['--seccomp-bpf', '-y', '-o', log, '-e', inject], late);
  const injected = run.injectedIn(log);
  if (injected.any) tally.injected += 1;
  else tally.missed += 1;
  if (end.code !== 0) tally.refused += 1;
  run.acknowledge(words, end);
  const changed = mayHaveChanged(name, end) ? [] : differences(before, viewOf(run.folder));
  // Without its own files and pipes Node itself cannot go on: that is no crash of the program.
  const crash = injected.elsewhere ? [] : crashOf(end);
  const faults = [
    ...crash,
    ...changed.map((file) => `it failed, and yet changed ${file}`),
    ...run.lost(),
    ...run.exportedParts(),
    ...(await run.settle()),
  ];
  const where = `${name}, ${code} at ${call} number ${when}`;
  tally.faults.push(...faults.map((fault) => `${where}: ${fault}: ${end.err.trim().slice(0, 300)}`));
  run.remove();
}

/**
 * What is done; what it says that it does not know; a save in place that says what it has torn; what ended without a word, which is a crash; and a
 * recovery, which does what others began.
 * @param {string} name @param {End} end
 */
function mayHaveChanged(name, { err, code }) {
  const isTold = err.includes('uncertain') || (name === 'in-place' && err.includes(' is torn now '));
  return name === 'recovery' || code === 0 || code === null || code > 3 || !/^cairn: /m.test(err) || isTold;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
  const seed = Number(values.seed ?? Date.now() % 1e6);
  const why = whyNoStrace();
  const started = Date.now();
  if (why) report([`skipped: ${why}`]);
  else {
    const tally = await injectFaults(Number(values.count ?? 500), seed);
    report([...tellFaults(tally, seed), `in ${((Date.now() - started) / 1000).toFixed(1)} s`]);
    if (tally.faults.length > 0) process.exitCode = 1;
  }
}

/** @param {Tally} tally @param {number} seed @returns {string[]} */
export function tellFaults({ injected, missed, refused, faults }, seed) {
  return [
    `kernel faults, seed ${seed}: ${injected} injected, ${missed} more at calls that were not made; ${refused} refusals`,
    ...faults,
  ];
}
