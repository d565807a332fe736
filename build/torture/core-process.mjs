/** A process that holds the core and does to a run what it is told, one thing at a time. */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bundleCore } from '../bundle/bundles.mjs';
import { root } from '../setup/places.mjs';

/** What came of a call. `ended`: its process died of it. @typedef {{ value?: any, error?: string, ended?: boolean }} Answer */

const PROGRAM = fileURLToPath(new URL('./core-program.mjs', import.meta.url));

/** Builds the core as a library in a workshop, with its threads and its lock. @param {string} workshop @returns {Promise<string>} */
export async function makeCore(workshop) {
  const folder = join(workshop, 'app/core');
  mkdirSync(folder, { recursive: true });
  await bundleCore(folder);
  cpSync(join(root, 'app/cli/workers'), join(folder, 'workers'), { recursive: true });
  cpSync(join(root, 'app/native'), join(workshop, 'app/native'), { recursive: true });
  return join(folder, 'index.js');
}

export class CoreProcess {
  /** @type {import('node:child_process').ChildProcess | null} */
  #child = null;
  /** @type {((answer: Answer) => void)[]} */
  #waiting = [];
  #core;

  /** @param {string} core @param {string[]} [prefix] a program that starts it, such as strace */
  constructor(core, prefix = []) {
    this.#core = core;
    this.prefix = prefix;
  }

  /** The process starts with the first call, and again with the first after its end. @param {string} call @param {string} folder @param {object} [args] @returns {Promise<Answer>} */
  call(call, folder, args = {}) {
    const child = this.#running();
    child.stdin?.write(`${JSON.stringify({ call, folder, args })}\n`, () => undefined);
    return new Promise((done) => this.#waiting.push(done));
  }

  /** @returns {Promise<void>} once it has ended */
  async close() {
    const child = this.#child;
    if (!child) return;
    child.stdin?.end();
    await new Promise((done) => child.once('close', done));
  }

  #running() {
    if (this.#child) return this.#child;
    const [command = '', ...args] = [...this.prefix, process.execPath, PROGRAM, this.#core];
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = child;
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) => this.#waiting.shift()?.(JSON.parse(line)));
    child.once('close', () => {
      if (this.#child === child) this.#child = null;
      for (const done of this.#waiting.splice(0)) done({ error: 'the process ended', ended: true });
    });
    return child;
  }
}
