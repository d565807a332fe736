/** Operations of the built command line under strace, which can fail, or kill, any call they make of the kernel. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RunUnderTest, runProcess } from './run-under-test.mjs';

/**
 * The n-th call of that name of a thread; `late`: of the thread that does what is waited for, once it has made many before.
 * @typedef {{ call: string, nth: number, late?: boolean }} Point
 */

/** Whether a call is tried, by its line in the log of strace. @typedef {(call: string, line: string) => boolean} Wanted */

/** The calls that change what is on a disk, and those that make it last; of `openat` those that may make a file or change one. */
export const CHANGING =
  'mkdir,mkdirat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,fsync,fdatasync,ftruncate,write,pwrite64,openat,fchmod,copy_file_range,ioctl';

/** Node makes these too before any line of the program runs, in another thread than the one that matters. */
const EARLY = new Set(['openat', 'ioctl', 'copy_file_range']);
const AHEAD = fileURLToPath(new URL('./calls-ahead.mjs', import.meta.url));
/** More than that other thread makes of any. */
const MANY_CALLS = '400';

/** strace counts calls for each thread: with one in the pool the n-th is the same one each time. */
const ONE_THREAD = { UV_THREADPOOL_SIZE: '1' };

/** @type {Record<string, (run: RunUnderTest) => string[]>} */
export const OPERATIONS = {
  save: (run) => saveArgs(run, 'best'),
  overwrite: (run) => saveArgs(run, 'checkpoint'),
  'in-place': (run) => [...saveArgs(run, 'checkpoint'), '--config', inPlaceConfig(run)],
  prune: (run) => ['prune', run.folder, '--keep-best', '1', '--keep-latest', '1', '--yes'],
  undo: (run) => ['undo', run.folder],
  trash: (run) => ['trash', run.folder, 'best'],
  empty: (run) => ['trash', run.folder, '--empty', '--yes'],
  backup: (run) => ['backup', run.folder],
  restore: (run) => ['restore', run.folder, run.backups[0] ?? ''],
  delete: (run) => ['backups', run.folder, '--delete', run.backups[0] ?? '', '--yes'],
  export: (run) => ['export', run.folder, 'best', 'latest', '--to', run.exported],
  pin: (run) => ['pin', run.folder, 'best'],
  note: (run) => ['note', run.folder, 'best', 'a note'],
  tag: (run) => ['tag', run.folder, 'best', '+tried'],
  recovery: (run) => ['seal', run.folder],
};

/** A config by which saves are written in place. @param {RunUnderTest} run @returns {string} its path */
function inPlaceConfig(run) {
  const path = join(run.workshop.folder, 'in-place.json');
  writeFileSync(path, JSON.stringify({ model_storage: { atomic_saves: false } }));
  return path;
}

/** What an operation deletes on purpose may be gone from here on. @param {RunUnderTest} run @param {string} name */
export function begin(run, name) {
  if (name === 'empty') run.acknowledged = run.outsideTrash();
  if (name === 'delete') run.backups = run.backups.slice(1);
}

/** Why it cannot be done on this machine, or null. */
export function whyNoStrace() {
  if (process.platform !== 'linux') return 'strace is for Linux alone';
  const { status, error } = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true']);
  if (error) return 'strace is not on this machine (apt-get install strace)';
  return status === 0 ? null : 'strace may not trace here';
}

/** @param {RunUnderTest} run @param {string} kind */
export function saveArgs(run, kind) {
  return ['save', run.folder, '--weights', run.makeWeights(), '--kind', kind, '--reward', '1'];
}

/**
 * A run with more best models than are kept, a checkpoint that was overwritten, two backups that are not what the run is, and
 * something in the trash; for a recovery, with a prune that was killed half way.
 * @param {import('./run-under-test.mjs').Workshop} workshop @param {string} operation
 */
export async function makeTemplate(workshop, operation) {
  const run = new RunUnderTest(workshop, `template-${operation}`);
  for (const kind of ['best', 'best', 'best', 'best', 'best', 'best', 'checkpoint', 'checkpoint'])
    await mustDo(run, 'save', kind);
  // Of two that hold the same one may be deleted.
  await mustDo(run, 'backup');
  await mustDo(run, 'backup');
  await mustDo(run, 'save', 'checkpoint');
  await mustDo(run, 'trash');
  if (operation === 'recovery') await interruptPrune(run);
  return run;
}

/** @param {RunUnderTest} run @param {string} call @param {string} [kind] */
async function mustDo(run, call, kind) {
  const error = await run.prepare(call, kind);
  if (error !== null) throw new Error(`cannot ${call}: ${error}`);
}

/** Killed at the first name that goes. @param {RunUnderTest} run */
async function interruptPrune(run) {
  await traced(run, wordsOf(run, 'prune'), CHANGING, [
    '-o',
    '/dev/null',
    '-e',
    'inject=unlink:signal=SIGKILL:when=1',
  ]);
  const intents = join(run.folder, '.cairn/intents');
  if (!existsSync(intents) || !readdirSync(intents).some((name) => name.endsWith('.json')))
    throw new Error('a killed prune left no intent: there is nothing to recover');
}

/**
 * @param {RunUnderTest} run @param {string[]} operation its words @param {string} calls @param {string[]} options for strace
 * @param {boolean} [late] see {@link Point}
 */
export function traced(run, operation, calls, options, late = false) {
  const ahead = late ? ['--import', pathToFileURL(AHEAD).href] : [];
  const command = [process.execPath, ...ahead, run.workshop.cli, ...operation, '--json'];
  return runProcess('strace', ['-f', '-qq', ...options, '-e', `trace=${calls}`, ...command], {
    env: { ...ONE_THREAD, CAIRN_CALLS_AHEAD: MANY_CALLS },
  });
}

/** The words of an operation. @param {RunUnderTest} run @param {string} name @returns {string[]} */
export function wordsOf(run, name) {
  const operation = OPERATIONS[name];
  if (!operation) throw new Error(`no operation is called ${name}`);
  return operation(run);
}

/**
 * Each call that a thread makes in the run, by its number among that thread's. A call that another thread makes as often before is not met by
 * its number: those are counted once more where the thread that matters is ahead.
 * @param {RunUnderTest} template @param {string} name @param {string} calls @param {Wanted} [isWanted] @returns {Promise<Point[]>}
 */
export async function findPoints(template, name, calls, isWanted = () => true) {
  const early = calls.split(',').filter((call) => EARLY.has(call));
  const points = await countPoints(template, name, calls, isWanted, false);
  if (early.length === 0) return points;
  return [...points, ...(await countPoints(template, name, early.join(','), isWanted, true))];
}

/** @param {RunUnderTest} template @param {string} name @param {string} calls @param {Wanted} isWanted @param {boolean} late @returns {Promise<Point[]>} */
async function countPoints(template, name, calls, isWanted, late) {
  const run = template.copy('counted');
  const log = join(run.workshop.folder, `calls-${name}.txt`);
  const end = await traced(run, wordsOf(run, name), calls, ['-y', '-s', '1000', '-o', log], late);
  if (end.code !== 0) throw new Error(`cannot ${name} under strace: ${end.err}`);
  const points = pointsIn(readFileSync(log, 'utf8'), run.folder, isWanted, late);
  run.remove();
  return points;
}

/** @param {string} log of strace @param {string} folder @param {Wanted} isWanted @param {boolean} late @returns {Point[]} */
function pointsIn(log, folder, isWanted, late) {
  /** @type {Map<string, Point>} */
  const points = new Map();
  for (const { line, call, nth, isFirst } of callsIn(log)) {
    // A folder that is held open is named by its number; there are none elsewhere.
    const isInRun = line.includes(folder) || line.includes('/proc/self/fd/');
    const isMet = isFirst || !EARLY.has(call);
    if (isInRun && isMet && isWanted(call, line)) points.set(`${call} ${nth}`, { call, nth, late });
  }
  return [...points.values()];
}

/** Each call, its number among those of its thread, and whether that is the first thread to come to that number. @param {string} log */
function* callsIn(log) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [line, thread, call = ''] of log.matchAll(/^(\d+) +(\w+)\(.*$/gm)) {
    const nth = (counts.get(`${thread} ${call}`) ?? 0) + 1;
    const highest = counts.get(call) ?? 0;
    counts.set(`${thread} ${call}`, nth);
    counts.set(call, Math.max(nth, highest));
    yield { line, call, nth, isFirst: nth > highest };
  }
}

/** Reading changes nothing. @type {Wanted} */
export function mayChange(call, line) {
  if (call === 'openat') return /O_CREAT|O_WRONLY|O_RDWR|O_TRUNC/.test(line);
  return call !== 'ioctl' || line.includes('FICLONE');
}
