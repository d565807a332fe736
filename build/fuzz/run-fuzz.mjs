/**
 * Damages good files of every format, guided by what of the readers they reach:
 *
 *     node build/fuzz/run-fuzz.mjs [--seconds N] [--seed N] [--keep]
 *
 * `--keep` puts the inputs that led somewhere new into build/fuzz/kept, as far as they are small.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleProgram } from '../bundle/bundles.mjs';
import { root } from '../setup/places.mjs';
import { report, runProcess } from '../torture/run-under-test.mjs';
import { countPlaces } from './count-places.mjs';

const PROGRAM = 'src-main/core/formats/fixtures/fuzz-parser.ts';
const KEPT = join(root, 'build/fuzz/kept');
const LANES = 2;
/** In MB of a parser's heap, bytes of memory at most, and characters that are kept for each. */
const MOST = { heap: 512, bytes: 800e6, kept: 24_000 };
/** In seconds: together as many as fit a minute, and as ten million runs of each take. */
const USUAL = 55;
const TORTURE = 1200;

/** @typedef {{ parser: string, runs: number, places: number, found: number, slowest: number, memory: number, faults: string[] }} Tally */

/** @param {{ seconds: number, seed: number, keep?: boolean }} options @returns {Promise<Tally[]>} */
export async function fuzz({ seconds, seed, keep = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-fuzz-'));
  try {
    const bundle = await bundleProgram(folder, PROGRAM, [countPlaces()]);
    const { parsers } = await import(pathToFileURL(bundle).href);
    const waiting = [...parsers];
    const time = (1000 * seconds * LANES) / parsers.length;
    /** @type {Tally[]} */
    const tallies = [];
    const work = async () => {
      for (let parser = waiting.shift(); parser; parser = waiting.shift())
        tallies.push(await fuzzOne(folder, bundle, parser, { seed, time, keep }));
    };
    await Promise.all(Array.from({ length: LANES }, work));
    return tallies;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} folder @param {string} bundle @param {string} parser @param {{ seed: number, time: number, keep: boolean }} options @returns {Promise<Tally>} */
async function fuzzOne(folder, bundle, parser, { seed, time, keep }) {
  const [kept, found] = [join(KEPT, `${parser}.txt`), join(folder, `${parser}.txt`)];
  const program = join(root, 'build/fuzz/fuzz-one.mjs');
  const args = [
    `--max-old-space-size=${MOST.heap}`,
    program,
    bundle,
    parser,
    `${seed}`,
    `${time}`,
    kept,
    found,
  ];
  const end = await runProcess(process.execPath, args, { killAfter: time + 60_000 });
  if (end.code !== 0) {
    const why = end.signal ? `it hung, and was ended by ${end.signal}` : end.err.trim().slice(-500);
    return {
      parser,
      runs: 0,
      places: 0,
      found: 0,
      slowest: 0,
      memory: 0,
      faults: [`${parser}, seed ${seed}: ${why}`],
    };
  }
  if (keep) keepSmallest(found, kept);
  const result = JSON.parse(end.out);
  const isLarge = result.memory > MOST.bytes;
  return {
    parser,
    ...result,
    faults: [...result.faults, ...(isLarge ? [`${parser}: ${result.memory} bytes of memory`] : [])],
  };
}

/** @param {string} found @param {string} kept */
function keepSmallest(found, kept) {
  let left = MOST.kept;
  const lines = readFileSync(found, 'utf8').split('\n').filter(Boolean);
  const chosen = lines
    .sort((a, b) => a.length - b.length)
    .filter((line) => {
      left -= line.length + 1;
      return left >= 0;
    });
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(kept, chosen.map((line) => `${line}\n`).join(''));
}

/** @param {Tally[]} tallies @param {number} seed */
function summarise(tallies, seed) {
  const lines = tallies.map(({ parser, runs, places, found, slowest, memory }) => {
    const cost = `slowest ${Math.round(slowest)} ms, ${Math.round(memory / 1e6)} MB`;
    return `fuzz ${parser}, seed ${seed}: ${runs.toLocaleString('en')} runs, ${places} places, ${found} inputs led further, ${cost}`;
  });
  return [...lines, ...tallies.flatMap(({ faults }) => faults)];
}

/** @returns {Promise<import('../check/run-tool.mjs').Tally>} */
export async function runFuzz() {
  const seed = 1;
  const tallies = await fuzz({ seconds: process.env['CAIRN_TORTURE'] ? TORTURE : USUAL, seed });
  report(summarise(tallies, seed));
  const failed = tallies.filter(({ faults }) => faults.length > 0).length;
  return { passed: tallies.length - failed, failed, skipped: 0 };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string' },
      seed: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed ?? Date.now() % 1e6);
  const tallies = await fuzz({ seconds: Number(values.seconds ?? USUAL), seed, keep: values.keep });
  report(summarise(tallies, seed));
  process.exitCode = tallies.some(({ faults }) => faults.length > 0) ? 1 : 0;
}
