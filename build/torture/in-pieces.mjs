import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp, isAppStale } from '../bundle/build-app.mjs';
import { root } from '../setup/places.mjs';
import { SetupError } from '../setup/report.mjs';
import { fillDisks } from './full-disks.mjs';
import { injectFaults } from './kernel-faults.mjs';
import { runKillLoop } from './kill-loop.mjs';
import { KINDS, nextPiece, parsePieces, tellPieces } from './pieces.mjs';
import { cutPower } from './power-cuts.mjs';
import { report } from './run-under-test.mjs';
import { killTrainings } from './training-kills.mjs';

/** @typedef {import('./pieces.mjs').Kind} Kind */
/** @typedef {{ count: number, faults: string[] }} Done */

const RECORD = join(root, 'torture-done.jsonl');

/** @type {Record<Kind, (count: number, seed: number) => Promise<Done>>} */
const DOING = {
  kills: async (count, seed) => {
    const { kills, faults } = await runKillLoop(count, seed);
    return { count: kills, faults };
  },
  cuts: async (count, seed) => {
    const tallies = await cutPower(count, seed);
    return {
      count: tallies.reduce((sum, { cuts }) => sum + cuts, 0),
      faults: tallies.flatMap(({ faults }) => faults),
    };
  },
  faults: async (count, seed) => {
    const { injected, faults } = await injectFaults(count, seed);
    return { count: injected, faults };
  },
  disks: async (count, seed) => {
    const { tried, faults } = await fillDisks(count, seed);
    return { count: tried, faults };
  },
  trainings: async (count, seed) => {
    const { kills, terms, faults } = await killTrainings(count, seed);
    return { count: kills + terms, faults };
  },
  histories: (count, seed) =>
    runUnit(
      'src-main/core/operations/histories',
      { CAIRN_HISTORIES: `${count}`, CAIRN_SEED: `${seed}` },
      count,
    ),
  payloads: (count, seed) =>
    runUnit('src-main/electron/serve-requests', { CAIRN_PAYLOADS: `${count}`, CAIRN_SEED: `${seed}` }, count),
};

/**
 * Does pieces of these kinds in turn, from where an earlier call left them, until all are done or the time is up.
 * @param {string[]} kinds none for all @param {number} seconds
 * @returns {Promise<number>} the exit code
 */
export async function runInPieces(kinds, seconds) {
  const chosen = chooseKinds(kinds);
  if (await isAppStale()) await buildApp();
  const code = stateOfSources();
  const until = Date.now() + 1000 * seconds;
  let faults = 0;
  for (let turn = 0; Date.now() < until && faults === 0; turn += 1) {
    const left = chosen.filter((kind) => nextPiece(readPieces(), kind, code) !== null);
    const kind = left[turn % left.length];
    if (kind === undefined) break;
    faults = await doPiece(kind, code);
  }
  report(chosen.map((kind) => tellPieces(readPieces(), kind, code)));
  return faults === 0 ? 0 : 1;
}

/** @param {string[]} kinds @returns {Kind[]} */
function chooseKinds(kinds) {
  const unknown = kinds.find((kind) => !KINDS.some((known) => known === kind));
  if (unknown !== undefined)
    throw new SetupError(`no pieces are called ${unknown} — there are ${KINDS.join(', ')}`);
  return kinds.length === 0 ? KINDS : KINDS.filter((kind) => kinds.includes(kind));
}

/** @param {Kind} kind @param {string} code @returns {Promise<number>} how many faults there were */
async function doPiece(kind, code) {
  const piece = nextPiece(readPieces(), kind, code);
  if (piece === null) return 0;
  const started = Date.now();
  const { count, faults } = await DOING[kind](piece.count, piece.seed);
  // What cannot be tried here would never be done.
  if (count === 0 && faults.length === 0) throw new SetupError(`${kind} cannot be tried on this machine`);
  const seconds = (Date.now() - started) / 1000;
  const record = { kind, seed: piece.seed, code, count, faults, seconds, at: new Date().toISOString() };
  appendFileSync(RECORD, `${JSON.stringify(record)}\n`);
  report([`${kind}, seed ${piece.seed}: ${count} in ${seconds.toFixed(1)} s`, ...faults]);
  return faults.length;
}

function readPieces() {
  return existsSync(RECORD) ? parsePieces(readFileSync(RECORD, 'utf8')) : [];
}

function stateOfSources() {
  return execFileSync('git', ['-C', root, 'describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
}

/** @param {string} tests @param {Record<string, string>} size of them @param {number} count @returns {Promise<Done>} */
function runUnit(tests, size, count) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--testTimeout=1200000', tests];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...size },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const told = Object.entries(size).map((pair) => pair.join('='));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) =>
      done({ count, faults: code === 0 ? [] : [`${told.join(' ')} fails in ${tests}`] }),
    );
  });
}
