import { buildApp, isAppStale } from '../bundle/build-app.mjs';
import { checkImportRules } from '../check-import-rules.mjs';
import { runFuzz } from '../fuzz/run-fuzz.mjs';
import { makePackages } from '../package/make-packages.mjs';
import { openDisplay } from '../setup/display.mjs';
import { resolveElectron } from '../setup/electron.mjs';
import { runHostile } from '../torture/run-hostile.mjs';
import { runTorture } from '../torture/run-torture.mjs';
import { playwrightReport, runTests, runTool, vitestReport } from './run-tool.mjs';

/** @typedef {import('./run-tool.mjs').Tally} Tally */

/**
 * A kind of check. `minutes`: the time it may take. `needs`: families that must have succeeded before it. `parts`: how many commits share its tests,
 * each doing some of them in a run of everything, where it is a family whose tool knows shards.
 * @typedef {{ minutes: number, needs: string[], parts?: number, run: (budget: number, args: string[]) => Promise<Tally> }} Family
 */

const MINUTE = 60_000;

/** In the order they run: the quick ones first. @type {Record<string, Family>} */
export const FAMILIES = {
  types: { minutes: 2, needs: [], run: (budget) => runTool('tsc', ['-b'], { budget }) },
  lint: {
    minutes: 1,
    needs: [],
    run: (budget) => runTool('biome', ['check', '--error-on-warnings'], { budget }),
  },
  imports: { minutes: 1, needs: [], run: async () => ({ ...(await checkImportRules()), skipped: 0 }) },
  unused: { minutes: 1, needs: [], run: (budget) => runTool('knip', ['--no-progress'], { budget }) },
  unit: { minutes: 30, needs: [], run: runUnit },
  build: { minutes: 1, needs: [], run: runBuild },
  // Some of them wait for locks and limits of time: two of three keep two cores busy.
  cli: {
    minutes: 8,
    needs: ['build'],
    parts: 4,
    run: (budget, args) => runPlaywright(['cli'], budget, args, 3),
  },
  torture: { minutes: 6, needs: ['build'], run: runTorture },
  fuzz: { minutes: 4, needs: [], run: runFuzz },
  hostile: { minutes: 6, needs: ['build'], run: runHostile },
  package: { minutes: 2, needs: ['build'], run: runPackage },
  e2e: {
    minutes: 30,
    needs: ['build', 'package'],
    parts: 5,
    run: (budget, args) => runPlaywright(['app', 'package'], budget, args, 2),
  },
};

/** @param {string} name @returns {string[]} the family and what it needs, in running order */
export function withNeeds(name) {
  const wanted = new Set([name, ...(FAMILIES[name]?.needs ?? [])]);
  return Object.keys(FAMILIES).filter((family) => wanted.has(family));
}

/** In ms. Tests that find CAIRN_TORTURE set try ten times as long. @param {Family} family */
export function budgetOf({ minutes }) {
  const { CAIRN_TORTURE } = process.env;
  return minutes * MINUTE * (CAIRN_TORTURE ? 10 : 1);
}

/** @param {number} budget @param {string[]} args */
function runUnit(budget, args) {
  const report = vitestReport('test-results/unit.json');
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report.file}`];
  return runTests('vitest', ['run', ...reporters, ...args], { budget, report });
}

/** @returns {Promise<Tally>} */
async function runBuild() {
  if (await isAppStale()) await buildApp();
  return { passed: 1, failed: 0, skipped: 0 };
}

/** The old runtime is named here on purpose: packages made for tests are thrown away. @returns {Promise<Tally>} */
async function runPackage() {
  await makePackages({ allowOldRuntime: true });
  return { passed: 1, failed: 0, skipped: 0 };
}

/**
 * @param {string[]} projects @param {number} budget @param {string[]} args
 * @param {number} windows so many are driven at once, each on a display of its own, where those are ours to make
 */
export async function runPlaywright(projects, budget, args, windows = 1) {
  const report = playwrightReport(`test-results/${projects[0]}.json`);
  const displays = [await openDisplay()];
  while (displays[0]?.virtual && displays.length < windows) displays.push(await openDisplay());
  const screens = displays.map(({ env }) => env);
  const { path } = await resolveElectron();
  const env = {
    CAIRN_SCREENS: JSON.stringify(screens),
    CAIRN_ELECTRON: path,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report.file,
  };
  const chosen = projects.map((project) => `--project=${project}`);
  try {
    return await runTests('playwright', ['test', ...chosen, ...args], { env, budget, report });
  } finally {
    await Promise.all(displays.map((display) => display.close()));
  }
}
