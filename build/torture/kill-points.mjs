/**
 * kill -9 at every file-system call of an operation, by strace, and an oracle after each:
 *
 *     node build/torture/kill-points.mjs [--rewrite] [OPERATION…]
 *
 * With `--rewrite` somebody writes to the checkpoint itself, in place, before what was killed is recovered.
 */

import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { crashOf } from './crashes.mjs';
import { inWorkshop, report } from './run-under-test.mjs';
import {
  begin,
  CHANGING,
  findPoints,
  makeTemplate,
  mayChange,
  OPERATIONS,
  traced,
  whyNoStrace,
  wordsOf,
} from './strace-run.mjs';

const LANES = 2;

/**
 * A thread also writes to wake another one, less often where there is more to do: then the last write to the run has a lower number, and is
 * looked for so far back.
 */
const TRIES = 20;

/** @typedef {import('./run-under-test.mjs').RunUnderTest} RunUnderTest */
/** @typedef {import('./strace-run.mjs').Point} Point */
/** @typedef {{ kills: number, points: number, faults: string[] }} Tally */

/** @param {string} name of an operation @param {boolean} [rewrite] @returns {Promise<Tally>} */
export function killAtEveryCall(name, rewrite = false) {
  return inWorkshop(async (workshop) => {
    const template = await makeTemplate(workshop, name);
    const points = await findPoints(template, name, CHANGING, mayChange);
    const tally = { kills: 0, points: points.length, faults: /** @type {string[]} */ ([]) };
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      for (let index = lane; index < points.length; index += LANES)
        await killAt(template, name, /** @type {Point} */ (points[index]), tally, { lane, rewrite }, TRIES);
    });
    await Promise.all(lanes);
    return tally;
  });
}

/** @param {RunUnderTest} template @param {string} name @param {Point} point @param {Tally} tally @param {{ lane: number, rewrite: boolean }} how @param {number} tries */
async function killAt(template, name, { call, nth, late = false }, tally, how, tries) {
  const { lane, rewrite } = how;
  const run = template.copy(`lane-${lane}`);
  const words = wordsOf(run, name);
  begin(run, name);
  const inject = `inject=${call}:signal=SIGKILL:when=${nth}`;
  const end = await traced(run, words, CHANGING, ['-o', '/dev/null', '-e', inject], late);
  const isKilled = end.code === null || end.code > 128;
  if (isKilled) tally.kills += 1;
  else run.acknowledge(words, end);
  const lost = [...run.lost(), ...run.exportedParts()];
  if (rewrite) run.rewriteCheckpoint();
  const faults = [...crashOf(end), ...lost, ...(await run.settle())];
  tally.faults.push(...faults.map((fault) => `${name} killed at ${call} number ${nth}: ${fault}`));
  run.remove();
  const before = { call, nth: nth - 1, late };
  if (!isKilled && nth > 1 && tries > 1) await killAt(template, name, before, tally, how, tries - 1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values, positionals } = parseArgs({
    options: { rewrite: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const why = whyNoStrace();
  if (why) report([`skipped: ${why}`]);
  for (const name of why ? [] : positionals.length > 0 ? positionals : Object.keys(OPERATIONS)) {
    const started = Date.now();
    const { kills, points, faults } = await killAtEveryCall(name, values.rewrite);
    const took = ((Date.now() - started) / 1000).toFixed(1);
    report([`${name}: ${kills} kills at ${points} points in ${took} s`, ...faults]);
    if (faults.length > 0) process.exitCode = 1;
  }
}
