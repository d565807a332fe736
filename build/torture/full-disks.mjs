/**
 * Saves and backups on a disk with room for less than they need, of bytes or of files, swept around the need; and what makes room, on one
 * without any:
 *
 *     node build/torture/full-disks.mjs [--count N] [--seed N]
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CoreProcess } from './core-process.mjs';
import { inWorkshop, randomNumbers, report } from './run-under-test.mjs';
import { TriedRun } from './tried-run.mjs';

const PAGE = 4096;
/** More than the free space that a save asks for before it begins where it does not know how much is coming. */
const WEIGHTS = 320 * PAGE;
/** Free pages and files, from less than each needs to more. @type {{ kind: string, pages: [number, number], files: [number, number] }[]} */
const NEEDS = [
  { kind: 'best', pages: [250, 345], files: [0, 8] },
  { kind: 'checkpoint', pages: [310, 670], files: [0, 14] },
  { kind: 'backup', pages: [0, 940], files: [0, 16] },
];
/** These must be done where nothing is free; each twice, so that the reserve is given up again and again. */
const WAYS_OUT = ['trash', 'undo', 'prune', 'empty'];
const DISK = { bytes: 24 << 20, files: 300 };

/** `refused`: operations that said so and changed nothing. @typedef {{ tried: number, refused: number, faults: string[], skipped: string | null }} Tally */

/** @param {number} count of operations @param {number} seed @param {number} [until] a time in ms @returns {Promise<Tally>} */
export function fillDisks(count, seed, until = Number.POSITIVE_INFINITY) {
  return inWorkshop(async ({ folder, corePath }) => {
    /** @type {Tally} */
    const tally = { tried: 0, refused: 0, faults: [], skipped: whyNoLimits(folder) };
    const core = new CoreProcess(corePath);
    const random = randomNumbers(seed);
    while (!tally.skipped && tally.tried < count && tally.faults.length === 0 && Date.now() < until)
      await onSmallDisk(join(folder, 'full'), core, random, tally);
    await core.close();
    return tally;
  });
}

/** Why no disk can be made small here, or null. @param {string} workshop */
export function whyNoLimits(workshop) {
  const folder = join(workshop, 'small');
  mkdirSync(folder);
  const { error, status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (error || status !== 0) return 'only root may mount a small disk';
  execFileSync('umount', [folder]);
  return null;
}

/** One run, to which each thing that needs room is done twice with too little, and once with enough. @param {string} folder @param {CoreProcess} core @param {() => number} random @param {Tally} tally */
async function onSmallDisk(folder, core, random, tally) {
  mkdirSync(folder, { recursive: true });
  const options = `size=${DISK.bytes},nr_inodes=${DISK.files}`;
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  try {
    const tried = new TriedRun(core, join(folder, 'run'), WEIGHTS, true);
    for (const kind of ['best', 'checkpoint']) {
      const { faults } = await tried.perform(await tried.prepare(kind, random));
      tally.faults.push(...faults);
    }
    for (const need of NEEDS) {
      await tryWith(tried, folder, need, { pages: between(need.pages, random) }, tally, random);
      await tryWith(tried, folder, need, { files: between(need.files, random) }, tally, random);
    }
    await tried.perform(await tried.prepare('best', random));
    await tryWaysOut(tried, folder, tally, random);
  } finally {
    execFileSync('umount', ['-l', folder]);
  }
}

/** @param {TriedRun} tried @param {string} folder @param {Tally} tally @param {() => number} random */
async function tryWaysOut(tried, folder, tally, random) {
  for (const kind of WAYS_OUT)
    for (const left of [{ pages: 0 }, { files: 0 }]) {
      const error = await tryWith(tried, folder, { kind }, left, tally, random);
      if (error !== undefined) tally.faults.push(`${kind} on a full disk was refused: ${error}`);
    }
}

/** @param {[number, number]} range @param {() => number} random */
function between([low, high], random) {
  return low + Math.floor(random() * (high - low + 1));
}

/** @returns {Promise<string | undefined>} why it was not done @param {TriedRun} tried @param {string} folder @param {{ kind: string }} need @param {{ pages?: number, files?: number }} left @param {Tally} tally @param {() => number} random */
async function tryWith(tried, folder, { kind }, left, tally, random) {
  const chosen = await tried.prepare(kind, random);
  const ballast = join(folder, 'ballast');
  fill(ballast, left);
  const { answer, faults } = await tried.perform(chosen);
  rmSync(ballast, { recursive: true });
  tally.tried += 1;
  if (answer.error !== undefined) tally.refused += 1;
  const all = [...faults, ...(await tried.inspect())];
  const where = `${kind} with room for ${JSON.stringify(left)}`;
  tally.faults.push(...all.map((fault) => `${where}: ${fault}`));
  return answer.error;
}

/** @param {string} ballast @param {{ pages?: number, files?: number }} left */
function fill(ballast, { pages, files }) {
  mkdirSync(ballast);
  const { bavail, bsize, ffree } = statfsSync(ballast);
  if (pages !== undefined) writeFileSync(join(ballast, 'bytes'), Buffer.alloc(bavail * bsize - pages * PAGE));
  for (let spare = ffree; files !== undefined && spare > files; spare -= 1)
    writeFileSync(join(ballast, `${spare}`), '');
}

/** @param {Tally} tally @param {number} seed @returns {string[]} */
export function tellFullDisks({ tried, refused, faults, skipped }, seed) {
  if (skipped) return [`full disks: skipped: ${skipped}`];
  return [
    `full disks, seed ${seed}: ${tried} operations with little room or none, ${refused} refused`,
    ...faults,
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
  const seed = Number(values.seed ?? Date.now() % 1e6);
  const started = Date.now();
  const tally = await fillDisks(Number(values.count ?? 200), seed);
  report([...tellFullDisks(tally, seed), `in ${((Date.now() - started) / 1000).toFixed(1)} s`]);
  if (tally.faults.length > 0) process.exitCode = 1;
}
