import { budgetOf, FAMILIES } from './families.mjs';
import { partOf } from './turns.mjs';

/** @typedef {import('./run-tool.mjs').Tally} Tally */

/**
 * Run families of checks one after another; a family whose needs failed is not run and counts as a failure.
 * What failed is named again at the end; the last line is `N passed, N failed, N skipped`.
 * @param {string[]} names in running order
 * @param {{ args?: string[], turn?: number | null }} [options] `args` for the last family's tool; `turn`: whose tests are done in parts does the part that is
 *   due, counted in commits, or all of them where there is none
 * @returns {Promise<number>} the exit code
 */
export async function runFamilies(names, { args = [], turn = null } = {}) {
  /** @type {Map<string, Tally>} */
  const tallies = new Map();
  for (const name of names) {
    const broken = (FAMILIES[name]?.needs ?? []).find((need) => tallies.get(need)?.failed);
    tallies.set(
      name,
      broken ? notRun(name, broken) : await runFamily(name, name === names.at(-1) ? args : [], turn),
    );
  }
  sayFailures(tallies);
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    [...tallies.values()].reduce((total, tally) => total + tally[key], 0);
  say(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return sum('failed') === 0 ? 0 : 1;
}

/** @param {Map<string, Tally>} tallies by family */
function sayFailures(tallies) {
  const failed = [...tallies].filter(([, tally]) => tally.failed > 0);
  if (failed.length > 0) say(`\nfailed:\n${failed.flatMap(nameFailures).join('\n')}`);
}

/** @param {[string, Tally]} family @returns {string[]} a line for each test that failed, one for a family that names none */
function nameFailures([name, { failures = [] }]) {
  return failures.length > 0 ? failures.map((failure) => `  ${name}: ${failure}`) : [`  ${name}`];
}

/** The tools write to stdout too; on one stream the lines keep their order. @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {string} name @param {string[]} args @param {number | null} turn @returns {Promise<Tally>} */
async function runFamily(name, args, turn) {
  const family = FAMILIES[name];
  if (family === undefined) throw new Error(`No family of checks is called ${name}`);
  const part = partOf(family.parts ?? 1, turn);
  say(`\n── ${name}`);
  if (part)
    say(
      `  part ${part} of its tests; the next commits do the others, and npm test -- --only ${name} all of them`,
    );
  const started = Date.now();
  const parts = part ? [`--shard=${part}`] : [];
  const tally = await family.run(budgetOf(family), [...parts, ...args]).catch((error) => {
    say(`  ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  const took = Date.now() - started;
  const late = took > budgetOf(family);
  if (late) say(`  over its time budget of ${budgetOf(family) / 60_000} min`);
  say(
    `   ${name}: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped in ${(took / 1000).toFixed(1)} s`,
  );
  return late && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** @param {string} name @param {string} need @returns {Tally} */
function notRun(name, need) {
  say(`\n── ${name}\n   not run: ${need} failed`);
  return { passed: 0, failed: 1, skipped: 0 };
}
