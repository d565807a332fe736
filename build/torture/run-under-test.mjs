/** A run that is written to by the built command line, whose processes are killed, and the oracle that judges what is left. */

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { quickFolder, root } from '../setup/places.mjs';
import { CoreProcess, makeCore } from './core-process.mjs';
import { allChecksums, filesBelow, leftOver, sha256, viewOf } from './run-files.mjs';
import { weightsOf } from './weights.mjs';

/** How a process ended. @typedef {{ code: number | null, signal: string | null, out: string, err: string, ms: number }} End */

/** How long a process may take to end when it is told to, in ms. */
const PATIENCE = 40_000;

/**
 * Numbers in [0, 1) from a seed (mulberry32).
 * @param {number} seed
 */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Where something is tried: `core` judges what is left. @typedef {{ folder: string, cli: string, core: CoreProcess, corePath: string }} Workshop */

/** A folder for everything, with a copy of the product: a build meanwhile must not change what is tried. @template T @param {(workshop: Workshop) => Promise<T>} work @returns {Promise<T>} */
export async function inWorkshop(work) {
  const { folder, cli, close } = openWorkshop();
  try {
    const corePath = await makeCore(folder);
    const core = new CoreProcess(corePath);
    try {
      return await work({ folder, cli, core, corePath });
    } finally {
      await core.close();
    }
  } finally {
    close();
  }
}

/** A folder with the command line in it as it is now: what is built meanwhile changes nothing. */
export function openWorkshop() {
  const folder = mkdtempSync(join(quickFolder(), 'cairn-torture-'));
  for (const part of ['cli', 'native', 'package.json'])
    cpSync(join(root, 'app', part), join(folder, 'app', part), { recursive: true });
  return { folder, cli: join(folder, 'app/cli/cairn.js'), close: () => rmSync(folder, { recursive: true }) };
}

/**
 * @param {string} command @param {string[]} args @param {{ killAfter?: number, signal?: 'SIGKILL' | 'SIGTERM', env?: NodeJS.ProcessEnv }} [options] `killAfter` in ms; one that does not end by its signal is killed
 * @returns {Promise<End>}
 */
export function runProcess(command, args, { killAfter, signal = 'SIGKILL', env } = {}) {
  const started = performance.now();
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (/** @type {NodeJS.Signals} */ by, /** @type {number} */ after) =>
    setTimeout(() => child.kill(by), after);
  const timers =
    killAfter === undefined ? [] : [kill(signal, killAfter), kill('SIGKILL', killAfter + PATIENCE)];
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      done({ code, signal, out, err, ms: performance.now() - started });
    });
  });
}

export class RunUnderTest {
  /** Checksums of saves that were acknowledged and not deleted since. @type {Set<string>} */
  acknowledged = new Set();
  /** Ids. @type {string[]} */
  backups = [];
  #made = 0;

  /** @param {Workshop} workshop @param {string} name */
  constructor(workshop, name) {
    this.workshop = workshop;
    this.folder = join(workshop.folder, name);
    mkdirSync(this.folder, { recursive: true });
  }

  /** A run with the same content. @param {string} name */
  copy(name) {
    const copy = new RunUnderTest(this.workshop, name);
    rmSync(copy.folder, { recursive: true });
    cpSync(this.folder, copy.folder, { recursive: true, preserveTimestamps: true });
    copy.acknowledged = new Set(this.acknowledged);
    copy.backups = [...this.backups];
    return copy;
  }

  remove() {
    for (const folder of [this.folder, this.exported]) rmSync(folder, { recursive: true, force: true });
  }

  /** Where its exports go. */
  get exported() {
    return `${this.folder}-exported`;
  }

  /** What an export put under a name is a file of the run, whole. @returns {string[]} faults */
  exportedParts() {
    if (!existsSync(this.exported)) return [];
    const whole = allChecksums(this.folder);
    return filesBelow(this.exported)
      .filter((name) => !name.endsWith('.tmp') && !whole.has(sha256(readFileSync(join(this.exported, name)))))
      .map((name) => `${name} was exported in part`);
  }

  /** The calls that were made to fail, by a log of strace, which goes; `elsewhere`: some had nothing to do with the run. @param {string} log */
  injectedIn(log) {
    const lines = readFileSync(log, 'utf8').split('\n');
    rmSync(log);
    const injected = lines.filter((line) => line.includes('INJECTED'));
    return { any: injected.length > 0, elsewhere: !injected.every((line) => line.includes(this.folder)) };
  }

  /** A model like no other. @returns {string} its path */
  makeWeights() {
    this.#made += 1;
    const path = join(this.workshop.folder, `${basename(this.folder)}-weights.pt`);
    writeFileSync(path, weightsOf(`${this.folder} ${this.#made}`, 64 * 1024));
    return path;
  }

  /** @param {string[]} args @param {{ killAfter?: number }} [options] */
  run(args, options) {
    const env = { TMPDIR: this.workshop.folder };
    return runProcess(process.execPath, [this.workshop.cli, ...args, '--json'], { ...options, env });
  }

  /** What a command said it did. @param {string[]} args @param {End} end */
  acknowledge([command = ''], { code, out }) {
    if (code !== 0) return;
    if (command === 'save') this.acknowledged.add(JSON.parse(out).checksum);
    if (command === 'backup') this.backups.push(JSON.parse(out).id);
  }

  /** Nothing that was acknowledged may be missing, whatever was killed. @returns {string[]} faults */
  lost() {
    const there = allChecksums(this.folder);
    return [...this.acknowledged]
      .filter((checksum) => !there.has(checksum))
      .map((checksum) => `an acknowledged save is gone: sha256 ${checksum}`);
  }

  /** As a training does that takes no lock: it writes as many bytes to the file itself, whatever other names that has. */
  rewriteCheckpoint() {
    const path = join(this.folder, 'checkpoints/checkpoint.pt');
    const old = readFileSync(path);
    this.#made += 1;
    const theirs = Buffer.alloc(old.length, `rewritten ${this.#made} `);
    writeFileSync(path, theirs);
    this.acknowledged.delete(sha256(old));
    this.acknowledged.add(sha256(theirs));
  }

  /** What of the acknowledged saves emptying the trash must leave. */
  outsideTrash() {
    const there = new Set(viewOf(this.folder).values());
    return new Set([...this.acknowledged].filter((checksum) => there.has(checksum)));
  }

  /** Does something without a process of its own: quickly. @param {string} call @param {string} [kind] of what is saved @returns {Promise<string | null>} what went wrong */
  async prepare(call, kind) {
    this.#made += 1;
    const seed = `${this.folder} prepared ${this.#made}`;
    const ids = [filesBelow(this.folder).find((name) => /^best_models\/model.*\.pt$/.test(name))];
    const { value, error } = await this.#ask(call, { kind, reward: 1, seed, bytes: 16 * 1024, ids });
    if (error !== undefined) return error;
    if (call === 'save') this.acknowledged.add(value.checksum);
    if (call === 'backup') this.backups.push(value.id);
    return null;
  }

  /** Saves once more, which must work, and after which all must be in order. @returns {Promise<string[]>} faults */
  async settle() {
    const error = await this.prepare('save', 'checkpoint');
    if (error !== null) return [`the next save failed: ${error}`];
    const names = filesBelow(this.folder);
    return [
      ...this.lost(),
      ...this.#torn(names),
      ...leftOver(names),
      ...this.#badMarks(),
      ...(await this.#unlisted(names)),
      ...(await this.#badBackups()),
    ];
  }

  /** @param {string} call @param {object} [args] */
  #ask(call, args) {
    return this.workshop.core.call(call, this.folder, args);
  }

  /** Pins, notes and tags stay readable: while they are not nothing is pruned. */
  #badMarks() {
    const path = join(this.folder, '.cairn/marks.json');
    if (!existsSync(path)) return [];
    try {
      JSON.parse(readFileSync(path, 'utf8'));
      return [];
    } catch {
      return ['the marks are damaged'];
    }
  }

  /** A model and its sidecar are one. @param {string[]} names */
  #torn(names) {
    const models = names.filter((name) => name.endsWith('.pt') && !name.startsWith('.cairn/'));
    return models.flatMap((name) => {
      const sidecar = name.replace(/\.pt$/, '.json');
      if (!names.includes(sidecar)) return [`${name} has no sidecar`];
      const { checksum } = JSON.parse(readFileSync(join(this.folder, sidecar), 'utf8'));
      const actual = sha256(readFileSync(join(this.folder, name)));
      return checksum === actual ? [] : [`${name} is not the file that its sidecar tells of`];
    });
  }

  /** Each backup that was acknowledged gives back its bytes. */
  async #badBackups() {
    if (this.backups.length === 0) return [];
    const { value, error } = await this.#ask('verifyBackups');
    if (error !== undefined) return [`backups cannot be verified: ${error}`];
    const good = new Set(
      value.flatMap((/** @type {{ id: string, state: string }} */ { id, state }) =>
        state === 'verified' ? [id] : [],
      ),
    );
    return this.backups.filter((id) => !good.has(id)).map((id) => `backup ${id} is gone or damaged`);
  }

  /** Each file in the trash can be brought back. @param {string[]} names */
  async #unlisted(names) {
    const { value, error } = await this.#ask('listTrash');
    if (error !== undefined) return [`the trash cannot be listed: ${error}`];
    const listed = new Set(value.map((/** @type {{ id: string }} */ { id }) => `.cairn/trash/${id}/`));
    return names
      .filter((name) => name.startsWith('.cairn/trash/') && name.includes('/files/'))
      .filter((name) => ![...listed].some((folder) => name.startsWith(folder)))
      .map((name) => `${name} is in no operation of the trash`);
  }
}

/** @param {string[]} lines */
export function report(lines) {
  for (const line of lines) process.stdout.write(`  ${line}\n`);
}
