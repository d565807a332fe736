/**
 * Damages good files of every format, guided by what of the readers they reach that look at structure, contents and notes:
 *
 *     node build/fuzz/run-fuzz.mjs [--runs N] [--seconds N] [--seed N] [--keep]
 *
 * `--keep` puts the inputs that led somewhere new into build/fuzz/kept, as far as they are small.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleHdf5, bundleProgram } from '../bundle/bundles.mjs';
import { root } from '../setup/places.mjs';
import { report, runProcess } from '../torture/run-under-test.mjs';
import { countPlaces } from './count-places.mjs';
import { keepSmallest, keptFile } from './kept-inputs.mjs';
import { waitForNothing } from './wait-for-nothing.mjs';

const PROGRAM = 'src-main/core/formats/fixtures/fuzz-parser.ts';
/** Each does a share of every parser's inputs, from a seed of its own. */
const LANES = 2;
/** In MB of a parser's heap, and in bytes of memory. */
const MOST = { heap: 512, bytes: 800e6 };
/** How many times longer an input takes where a library is made for each. */
const SLOWER = 1000;
/** What of a file is read, as fuzz-parser.ts has it. */
const READS = /** @type {const} */ (['everything', 'contents', 'structure and notes']);
/** Inputs of each parser, and the seconds that all of them may take. */
const USUAL = { runs: 1e6, seconds: 45 };
const TORTURE = { runs: 10e6, seconds: 1700 };

/** @typedef {typeof READS[number]} Reads */
/** @typedef {{ parser: string, reads: Reads, runs: number, rate: number, places: number, found: number, slowest: number, memory: number, faults: string[] }} Tally */
/** @typedef {{ runs: number, seconds: number, seed: number, keep?: boolean }} Options */
/** @typedef {{ parser: string, reads: Reads, seed: number, runs: number, time: number }} Share `time` in ms */

/** @param {Options} options @returns {Promise<Tally[]>} */
export async function fuzz({ runs, seconds, seed, keep = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-fuzz-'));
  try {
    const bundle = await bundleProgram(folder, PROGRAM, [waitForNothing(), countPlaces()]);
    const waiting = await bundleProgram(join(folder, 'waiting'), PROGRAM, [countPlaces()]);
    await bundleHdf5(join(folder, 'waiting/workers'));
    /** @type {{ parsers: string[], waitingParsers: string[] }} */
    const { parsers, waitingParsers } = await import(pathToFileURL(bundle).href);
    const parts = parsers.flatMap((parser) => partsOf(parser, waitingParsers.includes(parser)));
    const end = performance.now() + 1000 * seconds;
    const work = async (/** @type {number} */ lane) => {
      /** @type {Tally[]} */
      const tallies = [];
      for (const [index, { parser, reads }] of parts.entries()) {
        const time = Math.max(1000, (end - performance.now()) / (parts.length - index));
        const waits = reads === 'contents';
        const share = {
          parser,
          reads,
          seed: seed + lane,
          runs: Math.ceil(wantedOf(runs, reads) / LANES),
          time,
        };
        tallies.push(await fuzzOne(waits ? waiting : bundle, share, corpusFile(folder, parser, reads, lane)));
      }
      return tallies;
    };
    const lanes = await Promise.all(Array.from({ length: LANES }, (_, lane) => work(lane)));
    if (keep) for (const parser of parsers) keepSmallest(parser, corporaOf(folder, parser));
    return parts.map((_, index) => joinShares(lanes.flatMap((tallies) => tallies[index] ?? [])));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What waits for a library is read apart from what does not. @param {string} parser @param {boolean} waits @returns {{ parser: string, reads: Reads }[]} */
function partsOf(parser, waits) {
  if (!waits) return [{ parser, reads: 'everything' }];
  return [
    { parser, reads: 'structure and notes' },
    { parser, reads: 'contents' },
  ];
}

/** @param {number} runs @param {Reads} reads */
const wantedOf = (runs, reads) => (reads === 'contents' ? runs / SLOWER : runs);
/** @param {string} folder @param {string} parser @param {Reads} reads @param {number} lane */
const corpusFile = (folder, parser, reads, lane) => join(folder, `${parser} ${reads} ${lane}.txt`);
/** @param {string} folder @param {string} parser */
const corporaOf = (folder, parser) =>
  READS.flatMap((reads) =>
    Array.from({ length: LANES }, (_, lane) => corpusFile(folder, parser, reads, lane)),
  );

/** @param {string} bundle @param {Share} share @param {string} corpus @returns {Promise<Tally>} */
async function fuzzOne(bundle, { parser, reads, seed, runs, time }, corpus) {
  const program = join(root, 'build/fuzz/fuzz-one.mjs');
  const numbers = [seed, runs, time].map(String);
  const args = [`--max-old-space-size=${MOST.heap}`, program, bundle, parser, reads, ...numbers];
  const end = await runProcess(process.execPath, [...args, keptFile(parser), corpus], {
    killAfter: time + 60_000,
  });
  if (end.code !== 0) {
    const why = end.signal ? `it hung, and was ended by ${end.signal}` : end.err.trim().slice(-500);
    const faults = [`${parser}, seed ${seed}: ${why}`];
    return { parser, reads, runs: 0, rate: 0, places: 0, found: 0, slowest: 0, memory: 0, faults };
  }
  const result = JSON.parse(end.out);
  const isLarge = result.memory > MOST.bytes;
  const large = isLarge ? [`${parser}, seed ${seed}: ${result.memory} bytes of memory`] : [];
  return { parser, reads, ...result, faults: [...result.faults, ...large] };
}

/** The shares of one parser as one. @param {Tally[]} shares @returns {Tally} */
function joinShares(shares) {
  const sum = (/** @type {'runs' | 'rate' | 'found'} */ key) =>
    shares.reduce((total, share) => total + share[key], 0);
  const most = (/** @type {'places' | 'slowest' | 'memory'} */ key) =>
    Math.max(...shares.map((share) => share[key]));
  return {
    parser: shares[0]?.parser ?? '',
    reads: shares[0]?.reads ?? 'everything',
    runs: sum('runs'),
    rate: sum('rate'),
    found: sum('found'),
    places: most('places'),
    slowest: most('slowest'),
    memory: most('memory'),
    faults: shares.flatMap(({ faults }) => faults),
  };
}

/** @param {Tally[]} tallies @param {Options} options */
function summarise(tallies, { runs: usual, seed }) {
  const lines = tallies.map(({ parser, reads, runs, rate, places, found, slowest, memory }) => {
    const wanted = wantedOf(usual, reads);
    const done = runs >= wanted ? '' : ` of ${wanted.toLocaleString('en')}, as far as the time went`;
    const cost = `slowest ${Math.round(slowest)} ms, ${Math.round(memory / 1e6)} MB`;
    const part = reads === 'everything' ? '' : `, ${reads}`;
    return `fuzz ${parser}${part}, seed ${seed}: ${runs.toLocaleString('en')} runs${done}, ${Math.round(rate).toLocaleString('en')} a second, ${places} places, ${found} inputs led further, ${cost}`;
  });
  return [...lines, ...tallies.flatMap(({ faults }) => faults)];
}

/** @returns {Promise<import('../check/run-tool.mjs').Tally>} */
export async function runFuzz() {
  const options = { ...(process.env['CAIRN_TORTURE'] ? TORTURE : USUAL), seed: 1 };
  const tallies = await fuzz(options);
  report(summarise(tallies, options));
  const failed = tallies.filter(({ faults }) => faults.length > 0).length;
  return { passed: tallies.length - failed, failed, skipped: 0 };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = /** @type {const} */ ({ type: 'string' });
  const { values } = parseArgs({
    options: { runs: text, seconds: text, seed: text, keep: { type: 'boolean', default: false } },
  });
  const options = {
    runs: Number(values.runs ?? USUAL.runs),
    seconds: Number(values.seconds ?? USUAL.seconds),
    seed: Number(values.seed ?? Date.now() % 1e6),
    keep: values.keep,
  };
  const tallies = await fuzz(options);
  report(summarise(tallies, options));
  process.exitCode = tallies.some(({ faults }) => faults.length > 0) ? 1 : 0;
}
