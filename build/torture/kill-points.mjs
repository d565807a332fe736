/**
 * kill -9 at every file-system call of an operation, by strace, and an oracle after each:
 *
 *     node build/torture/kill-points.mjs [OPERATION…]
 */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openWorkshop, RunUnderTest, report, runProcess } from './run-under-test.mjs';

/** The calls that change what is on a disk, and those that make it last. */
const CALLS =
  'mkdir,mkdirat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,fsync,fdatasync,ftruncate,write,pwrite64';
const LANES = 2;
/** strace counts calls for each thread: with one in the pool the n-th is the same one each time. */
const ONE_THREAD = { UV_THREADPOOL_SIZE: '1' };

/** @typedef {{ call: string, nth: number }} Point */
/** @typedef {{ kills: number, points: number, faults: string[] }} Tally */

/** @type {Record<string, (run: RunUnderTest) => string[]>} */
export const OPERATIONS = {
  save: (run) => saveArgs(run, 'best'),
  overwrite: (run) => saveArgs(run, 'checkpoint'),
  prune: (run) => ['prune', run.folder, '--keep-best', '1', '--keep-latest', '1', '--yes'],
  undo: (run) => ['undo', run.folder],
  trash: (run) => ['trash', run.folder, 'best'],
  empty: (run) => ['trash', run.folder, '--empty', '--yes'],
};

/** Why it cannot be done on this machine, or null. */
export function whyNoStrace() {
  if (process.platform !== 'linux') return 'strace is for Linux alone';
  const { status, error } = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true']);
  if (error) return 'strace is not on this machine (apt-get install strace)';
  return status === 0 ? null : 'strace may not trace here';
}

/** @param {string} name of an operation @returns {Promise<Tally>} */
export async function killAtEveryCall(name) {
  const workshop = openWorkshop();
  try {
    const template = await makeTemplate(workshop);
    const points = await findPoints(template, name);
    const tally = { kills: 0, points: points.length, faults: /** @type {string[]} */ ([]) };
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      for (let index = lane; index < points.length; index += LANES)
        await killAt(template, name, /** @type {Point} */ (points[index]), tally, lane);
    });
    await Promise.all(lanes);
    return tally;
  } finally {
    workshop.close();
  }
}

/** A run with more best models than are kept, a checkpoint that was overwritten, and something in the trash. */
async function makeTemplate(/** @type {{ folder: string, cli: string }} */ { folder, cli }) {
  const run = new RunUnderTest(folder, cli, 'template');
  const kinds = ['best', 'best', 'best', 'best', 'best', 'best', 'checkpoint', 'checkpoint'];
  for (const kind of kinds) {
    const args = saveArgs(run, kind);
    const end = await run.run(args);
    run.acknowledge(args, end);
    if (end.code !== 0) throw new Error(`cannot save: ${end.err}`);
  }
  return run;
}

/** @param {RunUnderTest} run @param {string} kind */
function saveArgs(run, kind) {
  return ['save', run.folder, '--weights', run.makeWeights(), '--kind', kind, '--reward', '1'];
}

/** @param {RunUnderTest} run @param {string} name @param {string[]} options for strace */
function trace(run, name, options) {
  const operation = OPERATIONS[name];
  if (!operation) throw new Error(`no operation is called ${name}`);
  const command = [process.execPath, run.cli, ...operation(run), '--json'];
  return runProcess('strace', ['-f', '-qq', ...options, '-e', `trace=${CALLS}`, ...command], {
    env: ONE_THREAD,
  });
}

/** Each call that a thread makes in the run, by its number among that thread's. @param {RunUnderTest} template @param {string} name @returns {Promise<Point[]>} */
async function findPoints(template, name) {
  const run = template.copy('counted');
  const log = join(run.workshop, 'calls.txt');
  const end = await trace(run, name, ['-y', '-s', '1000', '-o', log]);
  if (end.code !== 0) throw new Error(`cannot ${name} under strace: ${end.err}`);
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @type {Map<string, Point>} */
  const points = new Map();
  for (const [line, thread, call = ''] of readFileSync(log, 'utf8').matchAll(/^(\d+) +(\w+)\(.*$/gm)) {
    const nth = (counts.get(`${thread} ${call}`) ?? 0) + 1;
    counts.set(`${thread} ${call}`, nth);
    if (line.includes(run.folder)) points.set(`${call} ${nth}`, { call, nth });
  }
  run.remove();
  return [...points.values()];
}

/** @param {RunUnderTest} template @param {string} name @param {Point} point @param {Tally} tally @param {number} lane */
async function killAt(template, name, { call, nth }, tally, lane) {
  const run = template.copy(`lane-${lane}`);
  if (name === 'empty') run.acknowledged = run.outsideTrash();
  const inject = `inject=${call}:signal=SIGKILL:when=${nth}`;
  const end = await trace(run, name, ['-o', '/dev/null', '-e', inject]);
  if (end.code === null || end.code > 128) tally.kills += 1;
  else run.acknowledge([name === 'overwrite' ? 'save' : name], end);
  const faults = [...run.lost(), ...(await run.settle(saveArgs(run, 'checkpoint')))];
  tally.faults.push(...faults.map((fault) => `${name} killed at ${call} number ${nth}: ${fault}`));
  run.remove();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { positionals } = parseArgs({ allowPositionals: true });
  const why = whyNoStrace();
  if (why) report([`skipped: ${why}`]);
  for (const name of why ? [] : positionals.length > 0 ? positionals : Object.keys(OPERATIONS)) {
    const started = Date.now();
    const { kills, points, faults } = await killAtEveryCall(name);
    const took = ((Date.now() - started) / 1000).toFixed(1);
    report([`${name}: ${kills} kills at ${points} points in ${took} s`, ...faults]);
    if (faults.length > 0) process.exitCode = 1;
  }
}
