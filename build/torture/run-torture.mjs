import { runEvaluators, tellEvaluators } from './evaluators.mjs';
import { fillDisks, tellFullDisks } from './full-disks.mjs';
import { injectFaults, tellFaults } from './kernel-faults.mjs';
import { runKillLoop } from './kill-loop.mjs';
import { killAtEveryCall } from './kill-points.mjs';
import { plantMutants, tellMutants } from './mutants.mjs';
import { compareOthers } from './others/compare-others.mjs';
import { cutPower, tellPowerCuts } from './power-cuts.mjs';
import { tellTogether, writeTogether } from './processes.mjs';
import { report } from './run-under-test.mjs';
import { shareStore, tellShared } from './shared-store.mjs';
import { OPERATIONS, whyNoStrace } from './strace-run.mjs';
import { killTrainings, tellTrainings } from './training-kills.mjs';

/** @typedef {import('../check/run-tool.mjs').Tally} Tally */
/** How much of each; `seconds` end a part early, and it says how far it came. */
const FEW = {
  kills: 60,
  points: ['overwrite'],
  cuts: 200,
  faults: 500,
  disks: 200,
  together: 240,
  shared: 120,
  evaluators: 100,
  trainings: 30,
  seconds: { kills: 15, cuts: 25, faults: 15, disks: 15 },
};
const MANY = {
  kills: 2000,
  points: Object.keys(OPERATIONS),
  cuts: 20_000,
  faults: 20_000,
  disks: 20_000,
  // 2,000 for each of 8 processes.
  together: 16_000,
  shared: 2000,
  evaluators: 400,
  trainings: 500,
  seconds: { kills: 3600, cuts: 3600, faults: 3600, disks: 3600 },
};

const SEED = 1;

/** What came of a part: whether it is fine, or why it was not done here. @typedef {boolean | 'skipped'} Result */
/** What it is called, and what does it. @typedef {[name: string, run: () => Promise<Result>]} Part */

/** Real processes on real file systems, killed, cut off and failed: few in every test run, many in the torture run. @returns {Promise<Tally>} */
export async function runTorture() {
  const much = Boolean(process.env['CAIRN_TORTURE']);
  const size = much ? MANY : FEW;
  /** What is done beside each other; most evaluators wait for their limit of time, and leave the processors to the others. @type {Part[][]} */
  const lanes = [
    [
      ['kill loop', () => loop(size.kills, size.seconds.kills)],
      ...size.points.map((name) => pointsOf(name, false)),
      ...(much ? size.points.map((name) => pointsOf(name, true)) : []),
      ['power cuts', () => cuts(size.cuts, size.seconds.cuts)],
      ['trainings', () => trainings(size.trainings)],
    ],
    [
      ['kernel faults', () => faults(size.faults, size.seconds.faults)],
      ['full disks', () => disks(size.disks, size.seconds.disks)],
      ['processes', () => together(size.together)],
      ['a shared store', () => sharing(size.shared)],
    ],
    [['evaluators', () => evaluators(size.evaluators)]],
  ];
  const results = (await Promise.all(lanes.map(inTurn))).flat();
  if (much)
    results.push(
      ...(await inTurn([
        ['planted bugs', mutants],
        ['others', others],
      ])),
    );
  return {
    passed: results.filter((result) => result === true).length,
    failed: results.filter((result) => result === false).length,
    skipped: results.filter((result) => result === 'skipped').length,
  };
}

/** @param {readonly Part[]} parts */
async function inTurn(parts) {
  /** @type {Result[]} */
  const results = [];
  for (const part of parts) results.push(await timed(part));
  return results;
}

/** @param {Part} part */
async function timed([name, run]) {
  const started = Date.now();
  const result = await run();
  report([`… ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s`]);
  return result;
}

/** @param {string} name @param {boolean} rewrite @returns {Part} */
function pointsOf(name, rewrite) {
  return [`kill points of ${name}`, () => points(name, rewrite)];
}

/** @param {number} seconds */
function after(seconds) {
  return Date.now() + seconds * 1000;
}

/** @param {number} count @param {number} seconds @returns {Promise<Result>} */
async function loop(count, seconds) {
  const { kills, finished, faults: found } = await runKillLoop(count, SEED, after(seconds));
  report([
    `kill loop, seed ${SEED}: ${kills} kills at random times, ${finished} commands that were quicker`,
    ...found,
  ]);
  return found.length === 0 && kills > 0;
}

/** @param {string} name @param {boolean} [rewrite] whether somebody writes to the checkpoint before it is recovered @returns {Promise<Result>} */
async function points(name, rewrite = false) {
  const why = whyNoStrace();
  const what = `kill points of ${name}${rewrite ? ', the checkpoint rewritten in place after each' : ''}`;
  if (why) report([`${what}: skipped: ${why}`]);
  if (why) return 'skipped';
  const { kills, points: count, faults: found } = await killAtEveryCall(name, rewrite);
  report([`${what}: ${kills} kills at ${count} file-system calls`, ...found]);
  return found.length === 0 && kills > 0 && kills === count;
}

/** @param {number} count @param {number} seconds @returns {Promise<Result>} */
async function cuts(count, seconds) {
  const tallies = await cutPower(count, SEED, after(seconds));
  report(tellPowerCuts(tallies, SEED));
  if (tallies.every(({ skipped }) => skipped !== null)) return 'skipped';
  return tallies.every(
    ({ faults: found, cuts: made, skipped }) => found.length === 0 && (made > 0 || skipped),
  );
}

/** @param {number} count @param {number} seconds @returns {Promise<Result>} */
async function faults(count, seconds) {
  const why = whyNoStrace();
  if (why) report([`kernel faults: skipped: ${why}`]);
  if (why) return 'skipped';
  const tally = await injectFaults(count, SEED, after(seconds));
  report(tellFaults(tally, SEED));
  return tally.faults.length === 0 && tally.injected > 0;
}

/** @param {number} count @param {number} seconds @returns {Promise<Result>} */
async function disks(count, seconds) {
  const tally = await fillDisks(count, SEED, after(seconds));
  report(tellFullDisks(tally, SEED));
  if (tally.skipped) return 'skipped';
  return tally.faults.length === 0 && tally.refused > 0;
}

/** @param {number} count @returns {Promise<Result>} */
async function together(count) {
  const tally = await writeTogether(count, SEED);
  report(tellTogether(tally, SEED));
  return tally.faults.length === 0 && tally.operations >= count;
}

/** @param {number} count @returns {Promise<Result>} */
async function sharing(count) {
  const tally = await shareStore(count, SEED);
  report(tellShared(tally, SEED));
  return tally.faults.length === 0 && tally.backups > 0 && tally.deleted > 0;
}

/** @param {number} count @returns {Promise<Result>} */
async function evaluators(count) {
  const tally = await runEvaluators(count);
  report(tellEvaluators(tally));
  if (tally.skipped) return 'skipped';
  return tally.faults.length === 0 && tally.runs === count;
}

/** @param {number} count @returns {Promise<Result>} */
async function trainings(count) {
  const tally = await killTrainings(count, SEED);
  report(tellTrainings(tally, SEED));
  return tally.faults.length === 0 && tally.acknowledged > 0 && tally.kills + tally.terms >= count;
}

/** @returns {Promise<Result>} */
async function mutants() {
  const tally = await plantMutants();
  report(tellMutants(tally));
  return tally.survivors.length === 0;
}

/** What the others do is for the table, not for a verdict. @returns {Promise<Result>} */
async function others() {
  report(await compareOthers(60, SEED));
  return true;
}
