/** Operations of the built command line under strace, which can fail, or kill, any call they make of the kernel. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunUnderTest, runProcess } from './run-under-test.mjs';

/** The n-th call of that name of a thread. @typedef {{ call: string, nth: number }} Point */

/** The calls that change what is on a disk, and those that make it last. */
export const CHANGING =
  'mkdir,mkdirat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,fsync,fdatasync,ftruncate,write,pwrite64';

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
  recovery: (run) => ['seal', run.folder],
};

/** A config by which saves are written in place. @param {RunUnderTest} run @returns {string} its path */
function inPlaceConfig(run) {
  const path = join(run.workshop.folder, 'in-place.json');
  writeFileSync(path, JSON.stringify({ model_storage: { atomic_saves: false } }));
  return path;
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
 * A run with more best models than are kept, a checkpoint that was overwritten, a backup that is not what the run is, and
 * something in the trash; for a recovery, with a prune that was killed half way.
 * @param {import('./run-under-test.mjs').Workshop} workshop @param {string} operation
 */
export async function makeTemplate(workshop, operation) {
  const run = new RunUnderTest(workshop, `template-${operation}`);
  for (const kind of ['best', 'best', 'best', 'best', 'best', 'best', 'checkpoint', 'checkpoint'])
    await mustDo(run, 'save', kind);
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
  await traced(run, 'prune', CHANGING, ['-o', '/dev/null', '-e', 'inject=unlink:signal=SIGKILL:when=1']);
  const intents = join(run.folder, '.cairn/intents');
  if (!existsSync(intents) || !readdirSync(intents).some((name) => name.endsWith('.json')))
    throw new Error('a killed prune left no intent: there is nothing to recover');
}

/** @param {RunUnderTest} run @param {string} name of an operation @param {string} calls @param {string[]} options for strace */
export function traced(run, name, calls, options) {
  const operation = OPERATIONS[name];
  if (!operation) throw new Error(`no operation is called ${name}`);
  const command = [process.execPath, run.workshop.cli, ...operation(run), '--json'];
  return runProcess('strace', ['-f', '-qq', ...options, '-e', `trace=${calls}`, ...command], {
    env: ONE_THREAD,
  });
}

/** Each call that a thread makes in the run, by its number among that thread's. @param {RunUnderTest} template @param {string} name @param {string} calls @returns {Promise<Point[]>} */
export async function findPoints(template, name, calls) {
  const run = template.copy('counted');
  const log = join(run.workshop.folder, `calls-${name}.txt`);
  const end = await traced(run, name, calls, ['-y', '-s', '1000', '-o', log]);
  if (end.code !== 0) throw new Error(`cannot ${name} under strace: ${end.err}`);
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @type {Map<string, Point>} */
  const points = new Map();
  for (const [line, thread, call = ''] of readFileSync(log, 'utf8').matchAll(/^(\d+) +(\w+)\(.*$/gm)) {
    const nth = (counts.get(`${thread} ${call}`) ?? 0) + 1;
    counts.set(`${thread} ${call}`, nth);
    // A folder that is held open is named by its number; there are none elsewhere.
    if (line.includes(run.folder) || line.includes('/proc/self/fd/'))
      points.set(`${call} ${nth}`, { call, nth });
  }
  run.remove();
  return [...points.values()];
}
