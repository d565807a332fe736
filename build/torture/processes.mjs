/**
 * Processes that all write to one run at once; what they did must be what one after another could have done:
 *
 *     node build/torture/processes.mjs [--count N] [--seed N]
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CoreProcess } from './core-process.mjs';
import { allChecksums, viewOf } from './run-files.mjs';
import { inWorkshop, randomNumbers, report } from './run-under-test.mjs';
import { TriedRun } from './tried-run.mjs';

const PROCESSES = 8;
const WEIGHTS = 4096;
const CHECKPOINT = 'checkpoints/checkpoint.pt';
/** Where others never rest, somebody may not come to it, and is told so. */
const inVain = /the run is locked|others save to this run faster than/;

/** A save that was acknowledged. @typedef {{ id: string, version: number | null, checksum: string }} Saved */
/** @typedef {{ operations: number, saves: number, refused: number, faults: string[] }} Tally */

/** @param {number} count of operations @param {number} seed @returns {Promise<Tally>} */
export function writeTogether(count, seed) {
  return inWorkshop(async (workshop) => {
    const { folder } = new TriedRun(workshop.core, join(workshop.folder, 'together'), WEIGHTS);
    /** @type {Tally} */
    const tally = { operations: 0, saves: 0, refused: 0, faults: [] };
    /** @type {Saved[]} */
    const saved = [];
    const writers = Array.from({ length: PROCESSES }, async (_, writer) => {
      const core = new CoreProcess(workshop.corePath);
      const random = randomNumbers(seed + writer);
      for (let made = 0; made < count / PROCESSES; made += 1)
        await operate(core, folder, `${writer} ${made}`, random, tally, saved);
      await core.close();
    });
    await Promise.all(writers);
    tally.saves = saved.length;
    tally.faults.push(...judge(folder, saved));
    const { error } = await workshop.core.call('recover', folder);
    if (error !== undefined) tally.faults.push(`the run cannot be written to any more: ${error}`);
    return tally;
  });
}

/** @param {CoreProcess} core @param {string} folder @param {string} seed @param {() => number} random @param {Tally} tally @param {Saved[]} saved */
async function operate(core, folder, seed, random, tally, saved) {
  const chance = random();
  const call = chance < 0.06 ? 'prune' : 'save';
  const kind = chance < 0.2 ? 'checkpoint' : 'best';
  const args = call === 'prune' ? { keepBest: 3 } : { kind, reward: random(), seed, bytes: WEIGHTS };
  const { value, error } = await core.call(call, folder, args);
  tally.operations += 1;
  if (error !== undefined) tally.refused += 1;
  if (error !== undefined && !inVain.test(error)) tally.faults.push(`${call} failed: ${error}`);
  if (error === undefined && call === 'save') saved.push(value);
}

/** @param {string} folder @param {Saved[]} saved @returns {string[]} faults */
function judge(folder, saved) {
  const there = allChecksums(folder);
  const lost = saved
    .filter(({ checksum }) => !there.has(checksum))
    .map(({ id }) => `the bytes of ${id} are gone`);
  return [...lost, ...misnumbered(saved), ...outOfOrder(folder, saved)];
}

/** @param {Saved[]} saved */
function misnumbered(saved) {
  const best = saved.filter(({ version }) => version !== null);
  const twice = best.length - new Set(best.map(({ version }) => version)).size;
  const highest = Math.max(0, ...best.map(({ version }) => version ?? 0));
  return [
    ...(twice === 0 ? [] : [`${twice} version numbers were given twice`]),
    ...(highest === best.length
      ? []
      : [`${best.length} best models were saved, the last as number ${highest}`]),
  ];
}

/** The log is the order: every save is in it once, numbers rise along it, and the last checkpoint in it is the run's. @param {string} folder @param {Saved[]} saved */
function outOfOrder(folder, saved) {
  const lines = readFileSync(join(folder, '.cairn/log.jsonl'), 'utf8').trim().split('\n');
  const done = lines
    .map((line) => JSON.parse(line))
    .filter(({ command, result }) => command === 'save' && result === 'done');
  const numbers = done.flatMap(({ ids }) => Number(/model_v(\d+)_/.exec(ids[0])?.[1] ?? 0) || []);
  const rising = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
  const now = viewOf(folder).get(CHECKPOINT);
  const known = saved.some(({ id, checksum }) => id === CHECKPOINT && checksum === now);
  const expected = saved.some(({ id }) => id === CHECKPOINT);
  return [
    ...(done.length === saved.length ? [] : [`${saved.length} saves, ${done.length} in the log`]),
    ...(rising ? [] : ['numbers do not rise along the log']),
    ...(known === expected ? [] : ['the checkpoint is none that was saved']),
  ];
}

/** @param {Tally} tally @param {number} seed @returns {string[]} */
export function tellTogether({ operations, saves, refused, faults }, seed) {
  return [
    `${PROCESSES} processes on one run, seed ${seed}: ${operations} operations, ${saves} saves, ${refused} that waited in vain`,
    ...faults,
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
  const seed = Number(values.seed ?? Date.now() % 1e6);
  const started = Date.now();
  const tally = await writeTogether(Number(values.count ?? 240), seed);
  report([...tellTogether(tally, seed), `in ${((Date.now() - started) / 1000).toFixed(1)} s`]);
  if (tally.faults.length > 0) process.exitCode = 1;
}
