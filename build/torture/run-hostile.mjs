import { summarise, tryHostileFiles } from './hostile-files.mjs';
import { report } from './run-under-test.mjs';
import { whyNoStrace } from './strace-run.mjs';

/** How long files are begun in every test run, in ms; the torture run looks into all of them. */
const usual = 45_000;

/** @returns {Promise<import('../check/run-tool.mjs').Tally>} */
export async function runHostile() {
  const why = whyNoStrace();
  if (why) {
    report([`hostile files: skipped: ${why}`]);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const tally = await tryHostileFiles(process.env['CAIRN_TORTURE'] ? {} : { until: Date.now() + usual });
  report(summarise(tally));
  const isFine = tally.faults.length === 0 && tally.tried > 0;
  return { passed: isFine ? 1 : 0, failed: isFine ? 0 : 1, skipped: 0 };
}
