/**
 * Runs that share one folder of backups, each written to by a process of its own at once: some back up while others delete, and
 * every backup that is left must be whole.
 *
 *     node build/torture/shared-store.mjs [--count N] [--seed N]
 */

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CoreProcess } from './core-process.mjs';
import { sha256 } from './run-files.mjs';
import { inWorkshop, randomNumbers, report } from './run-under-test.mjs';

const RUNS = 4;
const WEIGHTS = 64 * 1024;
/** So few kinds of bytes that runs often hold the same. */
const KINDS = 3;

/** A run, and the backups of it that were acknowledged. @typedef {{ core: CoreProcess, folder: string, backups: Set<string> }} Sharer */
/** @typedef {{ backups: number, deleted: number, refused: number, left: number, faults: string[] }} Tally */

/** @param {number} count of operations @param {number} seed @returns {Promise<Tally>} */
export function shareStore(count, seed) {
  return inWorkshop(async (workshop) => {
    const store = join(workshop.folder, 'shared');
    /** @type {Tally} */
    const tally = { backups: 0, deleted: 0, refused: 0, left: 0, faults: [] };
    const sharers = Array.from({ length: RUNS }, async (_, index) => {
      const sharer = {
        core: new CoreProcess(workshop.corePath),
        folder: join(workshop.folder, `run ${index}`),
        backups: new Set(),
      };
      mkdirSync(sharer.folder);
      const random = randomNumbers(seed + index);
      await operate(sharer, 'save', random, store, tally);
      for (let made = 0; made < count / RUNS; made += 1)
        await operate(sharer, choose(random, sharer), random, store, tally);
      await sharer.core.close();
      return sharer;
    });
    const acknowledged = (await Promise.all(sharers)).flatMap(({ backups }) => [...backups]);
    tally.left = acknowledged.length;
    tally.faults.push(...judge(store, acknowledged));
    return tally;
  });
}

/** @param {() => number} random @param {Sharer} sharer */
function choose(random, { backups }) {
  const chance = random();
  if (chance < 0.1) return 'save';
  if (chance < 0.2) return 'verifyBackups';
  return chance < 0.6 && backups.size > 0 ? 'deleteBackup' : 'backup';
}

/** @param {Sharer} sharer @param {string} call @param {() => number} random @param {string} store @param {Tally} tally */
async function operate(sharer, call, random, store, tally) {
  // Of an older one the run may no longer have what it holds: a last copy is not deleted.
  const newest = [...sharer.backups].at(-1) ?? '';
  const seed = `kind ${Math.floor(random() * KINDS)}`;
  const args = {
    save: { kind: 'checkpoint', reward: 1, seed, bytes: WEIGHTS },
    backup: { to: store },
    deleteBackup: { backup: newest },
  }[call];
  const { value, error } = await sharer.core.call(call, sharer.folder, args);
  if (error !== undefined) return refuse(call, error, tally);
  if (call === 'backup') {
    tally.backups += 1;
    sharer.backups.add(value.id);
  }
  if (call === 'deleteBackup') {
    tally.deleted += 1;
    sharer.backups.delete(newest);
  }
  if (call === 'verifyBackups') tally.faults.push(...falseAlarms(value));
}

/** @param {{ id: string, state: string }[]} verified */
function falseAlarms(verified) {
  return verified
    .filter(({ state }) => state !== 'verified')
    .map(({ id, state }) => `backup ${id} was told to be ${state}`);
}

/** @param {string} call @param {string} error @param {Tally} tally */
function refuse(call, error, tally) {
  tally.refused += 1;
  if (!/last copy|is locked/.test(error)) tally.faults.push(`${call} failed: ${error}`);
}

/** @param {string} store @param {string[]} acknowledged @returns {string[]} faults */
function judge(store, acknowledged) {
  const objects = new Set(readdirSync(join(store, 'objects')));
  const rotten = [...objects].filter((name) => sha256(readFileSync(join(store, 'objects', name))) !== name);
  const manifests = readdirSync(join(store, 'manifests'));
  const lost = acknowledged.filter((id) => !manifests.includes(`${id}.json`));
  const torn = manifests.filter((name) => filesIn(store, name).some((object) => !objects.has(object)));
  return [
    ...rotten.map((name) => `${name} is not what its name says`),
    ...lost.map((id) => `backup ${id} was acknowledged and is gone`),
    ...torn.map((name) => `${name} names bytes that are gone`),
  ];
}

/** @param {string} store @param {string} name @returns {string[]} checksums */
function filesIn(store, name) {
  /** @type {{ versions: { files: { checksum: string }[] }[] }} */
  const { versions } = JSON.parse(readFileSync(join(store, 'manifests', name), 'utf8'));
  return versions.flatMap(({ files }) => files.map(({ checksum }) => checksum));
}

/** @param {Tally} tally @param {number} seed @returns {string[]} */
export function tellShared({ backups, deleted, refused, left, faults }, seed) {
  return [
    `${RUNS} runs that share a folder of backups, seed ${seed}: ${backups} made, ${deleted} deleted, ${left} left, ${refused} refused`,
    ...faults,
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
  const seed = Number(values.seed ?? Date.now() % 1e6);
  const started = Date.now();
  const tally = await shareStore(Number(values.count ?? 400), seed);
  report([...tellShared(tally, seed), `in ${((Date.now() - started) / 1000).toFixed(1)} s`]);
  if (tally.faults.length > 0) process.exitCode = 1;
}
