import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../setup/places.mjs';
import { say } from '../setup/report.mjs';

/** How many checks went which way. @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * Where a tool leaves its report, and how to count it.
 * @typedef {{ file: string, count: (report: any) => Tally }} Report
 */

const NONE = { passed: 0, failed: 0, skipped: 0 };

/**
 * Run a tool of node_modules in the checkout, its output going to the terminal.
 * @param {string} tool
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, budget: number }} options `budget` in ms: the tool is ended after it
 * @returns {Promise<boolean>} whether it succeeded
 */
function run(tool, args, { env, budget }) {
  const path = join(root, 'node_modules', '.bin', tool);
  const child = spawn(path, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
    timeout: budget,
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => {
      if (signal !== null) say(`  ${tool} was ended by ${signal} (time budget ${budget / 1000} s)`);
      done(code === 0);
    });
  });
}

/**
 * A tool that only says yes or no: one check.
 * @param {string} tool
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, budget: number }} options
 * @returns {Promise<Tally>}
 */
export async function runTool(tool, args, options) {
  const fine = await run(tool, args, options);
  return { ...NONE, [fine ? 'passed' : 'failed']: 1 };
}

/**
 * A test runner that leaves a JSON report. One that fails without a failed test (a file that does not load, no report
 * at all) counts as one failure.
 * @param {string} tool
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, budget: number, report: Report }} options
 * @returns {Promise<Tally>}
 */
export async function runTests(tool, args, { report, ...options }) {
  const file = join(root, report.file);
  await rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true });
  const fine = await run(tool, args, options);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const tally = text === undefined ? NONE : report.count(JSON.parse(text));
  return fine || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

/** @param {string} file @returns {Report} the JSON reporter of vitest */
export function vitestReport(file) {
  const count = (/** @type {any} */ report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  });
  return { file, count };
}

/** @param {string} file @returns {Report} the JSON reporter of Playwright */
export function playwrightReport(file) {
  const count = (/** @type {any} */ { stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  });
  return { file, count };
}
