import { runKillLoop } from './kill-loop.mjs';
import { killAtEveryCall } from './kill-points.mjs';
import { plantMutants, tellMutants } from './mutants.mjs';
import { report } from './run-under-test.mjs';
import { OPERATIONS, whyNoStrace } from './strace-run.mjs';

/** @typedef {import('../check/run-tool.mjs').Tally} Tally */

const SEED = 1;

/** Kills real processes of the command line: few in every test run, many in the torture run. @returns {Promise<Tally>} */
export async function runTorture() {
  const much = Boolean(process.env['CAIRN_TORTURE']);
  const tallies = [await loop(much ? 2000 : 60)];
  const why = whyNoStrace();
  if (why) report([`kill points: skipped: ${why}`]);
  const operations = why ? [] : much ? Object.keys(OPERATIONS) : ['overwrite'];
  for (const name of operations) tallies.push(await points(name));
  if (much) tallies.push(await mutants());
  return {
    passed: tallies.filter((fine) => fine).length,
    failed: tallies.filter((fine) => !fine).length,
    skipped: why ? 1 : 0,
  };
}

async function mutants() {
  const tally = await plantMutants();
  report(tellMutants(tally));
  return tally.survivors.length === 0;
}

/** @param {number} count */
async function loop(count) {
  const { kills, finished, faults } = await runKillLoop(count, SEED);
  report([
    `kill loop, seed ${SEED}: ${kills} kills at random times, ${finished} commands that were quicker`,
    ...faults,
  ]);
  return faults.length === 0 && kills >= count;
}

/** @param {string} name */
async function points(name) {
  const { kills, points: count, faults } = await killAtEveryCall(name);
  report([`kill points of ${name}: ${kills} kills at ${count} file-system calls`, ...faults]);
  return faults.length === 0 && kills > 20;
}
