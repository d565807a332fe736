/**
 * Every hostile file of the corpus, looked into by the built command line under strace: it must end in time, within its
 * memory, with a word on what is wrong and the right one on loading it, and having touched nothing but the file:
 *
 *     node build/torture/hostile-files.mjs [WORDS OF A TITLE]
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleProgram } from '../bundle/bundles.mjs';
import { openWorkshop, report, runProcess } from './run-under-test.mjs';
import { whyNoStrace } from './strace-run.mjs';
import { foreignCalls, readTrace } from './trace.mjs';

const CORPUS = 'src-main/core/formats/fixtures/hostile-corpus.ts';
const LANES = 2;
/** A file's own time and memory, in ms and bytes; and when it hangs, on however busy a machine. */
const MOST = { ms: 1000, bytes: 200e6, hangs: 10_000 };
const DONE_OR_FOUND_WRONG = [0, 1];
const WRONG_CALL = 2;
const MOST_SHOWN = 40;

/** `trust` is null where any will do. @typedef {{ title: string, path: string, mayBeSilent: boolean, trust: string | null, write?: () => void }} Trial */
/** `patience`: how many times the time that a file may take it is given. @typedef {{ folder: string, cli: string, allowed: Set<string>, patience: number }} Bench */
/** @typedef {{ tried: number, of: number, seconds: number, bytes: number, faults: string[] }} Tally */

/**
 * @param {{ until?: number, least?: number, words?: string, patience?: number }} [options] `until`, in ms since 1970: no file beyond the first `least` is begun then
 * @returns {Promise<Tally>} with the longest time and the most memory that one took
 */
export async function tryHostileFiles({
  until = Number.POSITIVE_INFINITY,
  least = 0,
  words = '',
  patience = 1,
} = {}) {
  const workshop = openWorkshop();
  const server = createServer();
  try {
    const trials = [...specialFiles(workshop.folder, server), ...(await corpus(workshop.folder))];
    const chosen = spread(trials.filter(({ title }) => title.includes(words)));
    const bench = { ...workshop, allowed: await usualFiles(workshop), patience };
    const tally = { tried: 0, of: chosen.length, seconds: 0, bytes: 0, faults: /** @type {string[]} */ ([]) };
    let begun = 0;
    const next = () => (begun < least || Date.now() < until ? chosen[begun++] : undefined);
    const work = async () => {
      for (let trial = next(); trial; trial = next()) await tryOne(bench, trial, tally);
    };
    await Promise.all(Array.from({ length: LANES }, work));
    const wanted = until === Number.POSITIVE_INFINITY ? chosen.length : Math.min(least, chosen.length);
    if (tally.tried < wanted) tally.faults.push(`only ${tally.tried} of ${wanted} files were looked into`);
    return tally;
  } finally {
    server.close();
    workshop.close();
  }
}

/** @param {string} folder @returns {Promise<Trial[]>} */
async function corpus(folder) {
  const bundle = await bundleProgram(folder, CORPUS);
  const { hostileCorpus } = await import(pathToFileURL(bundle).href);
  return hostileCorpus.map((/** @type {any} */ file, /** @type {number} */ index) => {
    const place = join(folder, `${index}`);
    const path = join(place, file.fileName);
    const write = () => {
      mkdirSync(place);
      writeFileSync(path, file.bytes());
      for (const [name, bytes] of file.beside ?? []) {
        mkdirSync(dirname(join(place, name)), { recursive: true });
        writeFileSync(join(place, name), bytes());
      }
    };
    return {
      title: `${file.attack}: ${file.title}`,
      path,
      mayBeSilent: file.mayBeSilent,
      trust: file.trust,
      write,
    };
  });
}

/** What has the name of a checkpoint and is none. @param {string} folder @param {import('node:net').Server} server @returns {Trial[]} */
function specialFiles(folder, server) {
  const place = (/** @type {string} */ name) => join(folder, name);
  execFileSync('mkfifo', [place('pipe.pt')]);
  server.listen(place('socket.pt'));
  mkdirSync(place('folder.pt'));
  for (const [name, target] of [
    ['loop.pt', 'loop.pt'],
    ['zeros.pt', '/dev/zero'],
    ['gone.pt', 'nowhere'],
  ])
    symlinkSync(`${target}`, place(`${name}`));
  return ['pipe', 'socket', 'folder', 'loop', 'zeros', 'gone'].map((name) => ({
    title: `no regular file: ${name}.pt`,
    path: place(`${name}.pt`),
    mayBeSilent: false,
    trust: 'runs-code',
  }));
}

/** In an order in which any beginning has some of every kind. @param {Trial[]} trials */
function spread(trials) {
  const step = Math.max(1, Math.floor(Math.sqrt(trials.length)));
  return Array.from({ length: step }, (_, start) =>
    trials.filter((_, index) => index % step === start),
  ).flat();
}

/** What the program opens whatever file it is given: good ones here, one packed, with a record of Hydra, one of HDF5, and a folder, so that what reads those is loaded too. @param {{ folder: string, cli: string }} workshop */
async function usualFiles({ folder, cli }) {
  mkdirSync(join(folder, 'usual/.hydra'), { recursive: true });
  writeFileSync(join(folder, 'usual/.hydra/config.yaml'), 'lr: 1\n');
  const { goodFiles } = await import(pathToFileURL(join(folder, 'hostile-corpus.js')).href);
  /** @type {Set<string>} */
  const opened = new Set();
  const names = ['model.npz', 'model.h5'];
  for (const name of names) writeFileSync(join(folder, 'usual', name), goodFiles.get(name)());
  for (const path of [...names, '.'].map((name) => join(folder, 'usual', name))) {
    const { calls } = await inspect({ folder, cli }, path);
    for (const call of calls) if (call.path !== null) opened.add(call.path);
  }
  return opened;
}

/** @param {Pick<Bench, 'folder' | 'cli'>} bench @param {string} path */
async function inspect({ folder, cli }, path) {
  const log = join(folder, `${path.slice(folder.length).replaceAll(/\W/g, '-')}.trace`);
  const trace = [
    '-f',
    '-qq',
    '--seccomp-bpf',
    '-s',
    '4096',
    '-e',
    'trace=%file,%process,%network',
    '-o',
    log,
  ];
  const command = ['-f', '%M', 'strace', ...trace, process.execPath, cli, 'inspect', path, '--json'];
  const end = await runProcess('/usr/bin/time', command);
  const bytes = Number(end.err.trim().split('\n').pop()) * 1024;
  const calls = readTrace(readFileSync(log, 'utf8'));
  rmSync(log);
  return { ...end, bytes, calls };
}

/** @param {Bench} bench @param {Trial} trial @param {Tally} tally */
async function tryOne(bench, trial, tally) {
  trial.write?.();
  const end = await inspect(bench, trial.path);
  const ms = end.ms < MOST.ms ? end.ms : await timeAlone(bench, trial.path);
  const faults = [...foreignCalls(end.calls, bench.allowed, trial.path), ...judgeWords(end, trial)];
  if (ms >= MOST.ms * bench.patience || end.ms >= MOST.hangs) faults.push(`it took ${Math.round(ms)} ms`);
  if (end.bytes >= MOST.bytes) faults.push(`it took ${Math.round(end.bytes / 1e6)} MB`);
  tally.tried += 1;
  tally.seconds = Math.max(tally.seconds, ms / 1000);
  tally.bytes = Math.max(tally.bytes, end.bytes);
  tally.faults.push(...faults.map((fault) => `${trial.title}: ${fault}`));
  if (trial.write) rmSync(dirname(trial.path), { recursive: true });
}

/** Without strace, in ms: the time on the clock or, where others keep the machine busy, on the processor. @param {Bench} bench @param {string} path */
async function timeAlone({ cli }, path) {
  const command = ['-f', '%U %S', process.execPath, cli, 'inspect', path, '--json'];
  const { ms, err } = await runProcess('/usr/bin/time', command);
  const [user = 0, system = 0] = (err.trim().split('\n').pop() ?? '').split(' ').map(Number);
  return Math.min(ms, 1000 * (user + system));
}

/** A document that says what is wrong, or one line on why there is none. @param {{ code: number | null, out: string, err: string }} end @param {Trial} trial */
function judgeWords({ code, out, err }, trial) {
  const lines = err
    .trim()
    .split('\n')
    .slice(0, -1)
    .filter((line) => !line.startsWith('Command exited'));
  if (lines.some((line) => /^\s+at |node:internal/.test(line))) return [`it ended with a stack: ${lines[0]}`];
  if (code === WRONG_CALL && lines.length === 1) return [];
  if (code === null || !DONE_OR_FOUND_WRONG.includes(code)) return [`it ended with ${code}: ${lines[0]}`];
  return judgeDocument(JSON.parse(out), trial);
}

/** A problem takes no verdict's place: each file has its own. @param {{ format: string, problems: string[], trust: string, unread: string[] }} document @param {Trial} trial */
function judgeDocument({ format, problems, trust, unread }, { mayBeSilent, trust: named }) {
  // Of no known format nothing was read that could tell.
  const expected = format === 'unknown' && named === 'tensors-only' ? 'runs-code' : named;
  const isTold = problems.length > 0 || trust !== 'tensors-only';
  const isRight = expected === null || trust === expected;
  const isBrief = [...problems, ...unread].every((sentence) => sentence.length < 2000);
  return [
    ...(isTold || mayBeSilent ? [] : ['nothing was said of it']),
    ...(isRight ? [] : [`it is said to be ${trust}, and is ${expected}`]),
    ...(isBrief ? [] : ['its problems go on for pages']),
  ];
}

/** @param {Tally} tally */
export function summarise({ tried, of, seconds, bytes, faults }) {
  const most = `at most ${seconds.toFixed(2)} s of its own and ${Math.round(bytes / 1e6)} MB`;
  return [
    `hostile files: ${tried} of ${of} looked into, ${most}, ${faults.length} faults`,
    ...faults.slice(0, MOST_SHOWN),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const why = whyNoStrace();
  if (why) report([`skipped: ${why}`]);
  else {
    const tally = await tryHostileFiles({ words: process.argv[2] ?? '' });
    report(summarise(tally));
    process.exitCode = tally.faults.length === 0 ? 0 : 1;
  }
}
