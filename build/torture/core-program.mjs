/**
 * The core in a process of its own, driven line by line: `{ call, args }` in, `{ value }` or `{ error }` out.
 *
 *     node core-program.mjs CORE.js
 */

import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { BESIDE, FOLDER, STATE, WEIGHTS, weightsOf } from './weights.mjs';

/** Files look an hour old: nobody waits to see whether they are still being written. */
const clock = Date.now.bind(Date);
Date.now = () => clock() + 3_600_000;

const { ModelManager } = await import(pathToFileURL(process.argv[2] ?? '').href);

/** @typedef {any} Manager the class that CORE.js exports: it is not there when types are checked */

/** @param {string} folder @returns {Promise<Manager>} as a command has it: fresh, and it has looked once */
async function open(folder) {
  const manager = new ModelManager(folder);
  await manager.look();
  return manager;
}

const RULES = { keepLatest: 1, keepEvery: null, kinds: 'best' };

/** What each call does. @type {Record<string, (manager: Manager, args: any) => Promise<unknown>>} */
const CALLS = {
  save: (manager, { kind, reward, seed, bytes, unforeseen = false }) => {
    const data = weightsOf(seed, bytes);
    const request = {
      source: { chunks: [data], size: unforeseen ? null : data.length },
      reward,
      prune: false,
    };
    return kind === 'best' ? manager.saveBestModel(request) : manager.saveCheckpoint(request);
  },
  saveFolder: (manager, { reward, seed, bytes }) => {
    const all = {
      [WEIGHTS]: weightsOf(seed, bytes),
      [BESIDE]: weightsOf(`${seed} beside`, bytes),
      [STATE]: Buffer.from('{}'),
    };
    const files = Object.entries(all).map(([name, data]) => ({
      name,
      bytes: { chunks: [data], size: data.length },
    }));
    return manager.saveBestModel({ source: { folder: FOLDER, files }, reward, prune: false });
  },
  prune: (manager, { keepBest }) => manager.prune({ ...RULES, keepBest }),
  planPrune: (manager, { keepBest }) => manager.planPrune({ ...RULES, keepBest }),
  trash: (manager, { ids }) => manager.moveToTrash(ids),
  undo: (manager, { operation = null }) => manager.undo(operation),
  empty: (manager) => manager.emptyTrash(),
  listTrash: async (manager) => {
    const { operations, problems } = await manager.listTrash();
    assertNone(problems);
    return operations;
  },
  backup: async (manager, options) => {
    const ids = new Set(manager.versions().map((/** @type {{ id: string }} */ { id }) => id));
    return (await manager.backups.create(ids, options)).manifest;
  },
  deleteBackup: (manager, { backup }) => manager.backups.delete(backup),
  restore: (manager, { backup }) => manager.backups.restore(backup, null),
  listBackups: async (manager) => manifestsOf(await manager.backups.list()),
  verifyBackups: async (manager) => manifestsOf(await manager.backups.verify(null)),
  /** Any operation that writes recovers first; this one does nothing else. */
  recover: (manager) => manager.seal(),
};

/** @param {any} listing */
function manifestsOf({ backups, problems }) {
  assertNone(problems);
  return backups.map((/** @type {any} */ { manifest }) => manifest);
}

/** Nothing that is tried here may damage a record. @param {unknown[]} problems */
function assertNone(problems) {
  if (problems.length > 0) throw new Error(`damaged: ${JSON.stringify(problems)}`);
}

/** @param {{ call: string, folder: string, args: unknown }} order */
async function obey({ call, folder, args }) {
  const act = CALLS[call];
  if (!act) return { error: `no call is named ${call}` };
  try {
    return { value: (await act(await open(folder), args)) ?? null };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await obey(JSON.parse(line)))}\n`);
