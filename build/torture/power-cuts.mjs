/**
 * The power is cut on a real file system while the core works on it, and an oracle after each:
 *
 *     node build/torture/power-cuts.mjs [--count N] [--seed N]
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CoreProcess } from './core-process.mjs';
import { endOf } from './crashes.mjs';
import { LoopMount, whyNoCut } from './loop-mount.mjs';
import { promised } from './predictions.mjs';
import { inWorkshop, randomNumbers, report } from './run-under-test.mjs';
import { TriedRun } from './tried-run.mjs';

const SYSTEMS = ['ext4', 'xfs'];
/** A run grows with what is done to it, and each look at it takes longer. */
const CUTS_PER_RUN = 20;

/** `inFlight`: cuts that met an operation that had not answered. @typedef {{ system: string, cuts: number, inFlight: number, saves: number, operations: number, faults: string[], skipped: string | null }} Tally */

/** @param {number} count @param {number} seed @param {number} [until] a time in ms @returns {Promise<Tally[]>} one for each file system */
export function cutPower(count, seed, until = Number.POSITIVE_INFINITY) {
  return inWorkshop(({ folder, corePath }) => {
    const lanes = SYSTEMS.map(async (system, lane) => {
      const skipped = await whyNoCut(system, folder);
      /** @type {Tally} */
      const tally = { system, cuts: 0, inFlight: 0, saves: 0, operations: 0, faults: [], skipped };
      if (skipped !== null) return tally;
      return new Lane(folder, corePath, seed + lane, tally).run(count / SYSTEMS.length, until);
    });
    return Promise.all(lanes);
  });
}

class Lane {
  #runs = 0;
  /** How long an operation of a kind takes, in ms. @type {Map<string, number>} */
  #usual = new Map();

  /** @param {string} workshop @param {string} core @param {number} seed @param {Tally} tally */
  constructor(workshop, core, seed, tally) {
    this.seed = seed;
    this.random = randomNumbers(seed);
    this.tally = tally;
    this.mount = new LoopMount(tally.system, workshop);
    this.core = new CoreProcess(core);
    this.tried = this.#newRun();
  }

  /** @param {number} count @param {number} until */
  async run(count, until) {
    const { tally } = this;
    try {
      while (tally.cuts < count && tally.faults.length === 0 && Date.now() < until) await this.#cutOnce();
    } finally {
      await this.core.close();
      this.mount.close();
    }
    return tally;
  }

  /** A few operations, and the power goes somewhere in the last. */
  async #cutOnce() {
    const whole = Math.floor(this.random() * 4);
    for (let done = 0; done < whole; done += 1) await this.#operation();
    const chosen = await this.tried.choose(this.random);
    const after = (this.#usual.get(chosen.order.call) ?? 20) * this.random();
    const answer = await this.#interrupted(chosen, after);
    this.tally.cuts += 1;
    if (answer.error === undefined) this.#acknowledged(chosen, answer);
    else this.tally.inFlight += 1;
    await this.#remount();
    const settled =
      answer.error === undefined
        ? await this.#settleAcknowledged({ ...chosen, predict: promised(answer.value) ?? chosen.predict })
        : await this.tried.settle(chosen);
    this.#fail(chosen, [...(answer.ended ? endOf(chosen.order) : []), ...settled]);
    if (this.tally.cuts % CUTS_PER_RUN === 0) this.tried = this.#newRun();
  }

  async #operation() {
    const chosen = await this.tried.choose(this.random);
    const started = performance.now();
    const { answer, faults } = await this.tried.perform(chosen);
    this.tally.operations += 1;
    if (chosen.order.call === 'save') this.tally.saves += 1;
    if (answer.error === undefined) this.#usual.set(chosen.order.call, performance.now() - started);
    this.#fail(chosen, faults);
  }

  /** @param {Awaited<ReturnType<TriedRun['choose']>>} chosen @param {number} after in ms */
  async #interrupted(chosen, after) {
    this.tried.begin(chosen.order);
    const cut = await this.mount.arm();
    const answered = this.core.call(chosen.order.call, this.tried.folder, chosen.order.args);
    await new Promise((done) => setTimeout(done, after));
    await cut();
    return answered;
  }

  /** @param {Awaited<ReturnType<TriedRun['choose']>>} chosen @param {import('./core-process.mjs').Answer} answer */
  #acknowledged({ order }, answer) {
    this.tried.acknowledge(order, answer.value, false);
    this.tally.operations += 1;
    if (order.call === 'save') this.tally.saves += 1;
  }

  /** What was acknowledged is done for good. @param {Awaited<ReturnType<TriedRun['choose']>>} chosen */
  async #settleAcknowledged({ order, predict }) {
    const before = this.tried.view;
    const done = predict(before);
    const faults = await this.tried.settle({ order, predict });
    const undone =
      done !== null && done !== before && sameView(this.tried.view, before) && !sameView(before, done);
    return undone ? [...faults, `${order.call} was acknowledged and came undone`] : faults;
  }

  /** Without power no process goes on either. */
  async #remount() {
    await this.core.close();
    if (!this.mount.unmount()) throw new Error(`${this.mount.folder} cannot be unmounted`);
    this.mount.mount();
  }

  #newRun() {
    this.#runs += 1;
    return new TriedRun(this.core, join(this.mount.folder, `run-${this.#runs}`));
  }

  /** @param {Awaited<ReturnType<TriedRun['choose']>>} chosen @param {string[]} faults */
  #fail({ order }, faults) {
    const where = `${this.tally.system}, seed ${this.seed}, cut ${this.tally.cuts}, ${order.call}`;
    this.tally.faults.push(...faults.map((fault) => `${where}: ${fault}`));
  }
}

/** @param {import('./run-files.mjs').View} a @param {import('./run-files.mjs').View} b */
function sameView(a, b) {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}

/** @param {Tally[]} tallies @param {number} seed @returns {string[]} */
export function tellPowerCuts(tallies, seed) {
  return tallies.flatMap(({ system, cuts, inFlight, saves, operations, faults, skipped }) =>
    skipped === null
      ? [
          `power cuts on ${system}, seed ${seed}: ${cuts} cuts, ${inFlight} within an operation; ${operations} operations acknowledged, ${saves} of them saves`,
          ...faults,
        ]
      : [`power cuts on ${system}: skipped: ${skipped}`],
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
  const seed = Number(values.seed ?? Date.now() % 1e6);
  const started = Date.now();
  const tallies = await cutPower(Number(values.count ?? 200), seed);
  report([...tellPowerCuts(tallies, seed), `in ${((Date.now() - started) / 1000).toFixed(1)} s`]);
  if (tallies.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
}
