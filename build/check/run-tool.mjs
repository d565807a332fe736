import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../setup/places.mjs';
import { say } from '../setup/report.mjs';

/** How many checks went which way; `failures` names those that failed, a line each, where the tool tells. @typedef {{ passed: number, failed: number, skipped: number, failures?: string[] }} Tally */

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
    failures: report.testResults.flatMap(failuresOfFile),
  });
  return { file, count };
}

/** One line for each test that failed, or for the file where it did not even load. @param {any} file of vitest's report */
function failuresOfFile({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [nameFailure(name, [], message)] : [];
  return failed.map((/** @type {any} */ { fullName, failureMessages }) =>
    nameFailure(name, [fullName], failureMessages[0]),
  );
}

/** @param {string} file @returns {Report} the JSON reporter of Playwright */
export function playwrightReport(file) {
  const count = (/** @type {any} */ { stats, suites, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: [
      ...suites.flatMap((/** @type {any} */ suite) => failuresOfSuite(suite)),
      ...errors.map((/** @type {any} */ error) => nameFailure('playwright', [], error.message)),
    ],
  });
  return { file, count };
}

/** @param {any} suite of Playwright's report @returns {string[]} */
function failuresOfSuite({ specs = [], suites = [] }) {
  const failed = specs.filter((/** @type {any} */ spec) => !spec.ok);
  return [
    ...failed.map((/** @type {any} */ { file, title, tests }) =>
      nameFailure(file, [title], tests.at(-1)?.results.at(-1)?.error?.message),
    ),
    ...suites.flatMap((/** @type {any} */ suite) => failuresOfSuite(suite)),
  ];
}

/** @param {string} file @param {string[]} title @param {string} [message] its first line is told */
function nameFailure(file, title, message = '') {
  const path = isAbsolute(file) ? relative(root, file) : file;
  const [why = ''] = stripVTControlCharacters(message).split('\n');
  return `${[path, ...title].join(' › ')}${why && ` — ${why}`}`;
}
