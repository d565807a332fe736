import { summarise, tryHostileFiles } from './hostile-files.mjs';
import { report } from './run-under-test.mjs';
import { whyNoStrace } from './strace-run.mjs';

/**
 * Every test run looks into so many files, and begins more for so long, in ms; the torture run looks into all of them. Machines differ: what a file
 * takes at most is told, and held to its bar in the torture run alone.
 */
const USUAL = { least: 100, ms: 45_000, patience: 4 };

/** @returns {Promise<import('../check/run-tool.mjs').Tally>} */
export async function runHostile() {
  const why = whyNoStrace();
  if (why) {
    report([`hostile files: skipped: ${why}`]);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const { ms, ...usual } = USUAL;
  const tally = await tryHostileFiles(
    process.env['CAIRN_TORTURE'] ? {} : { ...usual, until: Date.now() + ms },
  );
  report(summarise(tally));
  const isFine = tally.faults.length === 0;
  return { passed: isFine ? 1 : 0, failed: isFine ? 0 : 1, skipped: 0 };
}
