/**
 * SIGTERM and SIGKILL at random moments of a training, which goes on each time from what it finds:
 *
 *     node build/torture/training-kills.mjs [--count N] [--seed N]
 */

import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildExample } from '../bundle/build-example.mjs';
import { filesBelow, leftOver } from './run-files.mjs';
import { inWorkshop, RunUnderTest, randomNumbers, report, runProcess } from './run-under-test.mjs';

const LANES = 2;

/** A shell's code for a process that SIGTERM ended. */
const TERMINATED = 143;

/** `early`: ended before they were ready to go on. `acknowledged`: saves. @typedef {{ kills: number, terms: number, early: number, acknowledged: number, faults: string[] }} Tally */

/** What a process told. @typedef {{ resumed: any | null, saved: any[], updated: number }} Told */

/** @param {number} count of kills; fewer only where there are faults @param {number} seed @returns {Promise<Tally>} */
export function killTrainings(count, seed) {
  return inWorkshop(async (workshop) => {
    const program = await buildExample(workshop.folder);
    const trainings = Array.from(
      { length: LANES },
      (_, lane) => new Training(workshop, program, seed + lane),
    );
    await Promise.all(trainings.map((training) => training.killOften(Math.ceil(count / LANES))));
    const sum = (/** @type {'kills' | 'terms' | 'early' | 'acknowledged'} */ key) =>
      trainings.reduce((total, { tally }) => total + tally[key], 0);
    const faults = trainings.flatMap(({ tally }) => tally.faults);
    return {
      kills: sum('kills'),
      terms: sum('terms'),
      early: sum('early'),
      acknowledged: sum('acknowledged'),
      faults,
    };
  });
}

class Training {
  /** @type {Tally} */
  tally = { kills: 0, terms: 0, early: 0, acknowledged: 0, faults: [] };
  /** The update that the next process must go on from at least. */
  #reached = 0;

  /** @param {import('./run-under-test.mjs').Workshop} workshop @param {string} program @param {number} seed */
  constructor(workshop, program, seed) {
    this.run = new RunUnderTest(workshop, `training-${seed}`);
    this.program = program;
    this.seed = seed;
    this.random = randomNumbers(seed);
  }

  /** @param {number} count */
  async killOften(count) {
    const { tally } = this;
    for (let usual = 0; this.#goesOn(count); ) {
      const done = tally.kills + tally.terms;
      if (done % 10 === 0) await this.#forget();
      if (done % 10 === 0) usual = await this.#warmUp();
      await this.#killOnce(usual);
    }
    tally.faults.push(...(await this.run.settle()));
  }

  /** @param {number} count */
  #goesOn(count) {
    const { kills, terms, faults } = this.tally;
    return kills + terms < count && faults.length === 0;
  }

  /** @returns {Promise<number>} how long a process takes that has next to nothing to do, in ms */
  async #warmUp() {
    const end = await this.#train(1);
    if (end.code !== 0) throw new Error(`cannot train: ${end.err}`);
    this.tally.faults.push(...this.#acknowledge(toldIn(end.out)));
    return end.ms;
  }

  /** @param {number} updates @param {{ killAfter?: number, signal?: 'SIGKILL' | 'SIGTERM' }} [options] */
  #train(updates, options) {
    const args = [this.program, this.run.folder, '--updates', `${updates}`, '--every', '1', '--json'];
    return runProcess(process.execPath, args, options);
  }

  /** @param {number} usual */
  async #killOnce(usual) {
    const signal = this.random() < 0.5 ? 'SIGTERM' : 'SIGKILL';
    const killAfter = usual * (0.5 + 2 * this.random());
    const end = await this.#train(100_000, { killAfter, signal });
    const told = toldIn(end.out);
    this.tally[signal === 'SIGKILL' ? 'kills' : 'terms'] += 1;
    if (told.resumed === null) this.tally.early += 1;
    this.tally.acknowledged += told.saved.length;
    const faults = [...this.#lostSteps(told), ...this.#acknowledge(told), ...this.#badEnd(signal, end, told)];
    const where = `seed ${this.seed}, ${signal} after ${Math.round(killAfter)} ms`;
    this.tally.faults.push(...faults.map((fault) => `${where}: ${fault}`));
  }

  /** Nothing that was acknowledged may be missing, now or in any process after. @param {Told} told */
  #acknowledge({ saved }) {
    for (const { checksum, update } of saved) {
      this.run.acknowledged.add(checksum);
      this.#reached = Math.max(this.#reached, update);
    }
    return this.run.lost();
  }

  /** It goes on from the last save that was acknowledged, or from one that was in flight. @param {Told} told */
  #lostSteps({ resumed }) {
    if (resumed === null) return [];
    const passed = resumed.passedOver.map(
      (/** @type {any} */ { id, why }) => `${id} was passed over: ${why}`,
    );
    if (resumed.update >= this.#reached) return passed;
    return [...passed, `it went on from update ${resumed.update}, and ${this.#reached} was acknowledged`];
  }

  /** Only SIGKILL may end it otherwise than in order. @param {string} signal @param {import('./run-under-test.mjs').End} end @param {Told} told */
  #badEnd(signal, { code, signal: endedBy, err }, told) {
    const said = err === '' ? [] : [`it said: ${err.slice(0, 300)}`];
    // Before it listens for it, SIGTERM ends it as it ends any process.
    const isUsual = signal === 'SIGKILL' || (endedBy === 'SIGTERM' && told.resumed === null);
    if (isUsual) return said;
    if (code !== TERMINATED) return [...said, `it ended with code ${code}, signal ${endedBy}`];
    return [...said, ...this.#notInOrder(told)];
  }

  /** A training that is told to end saves what it came to, and leaves nothing half done. @param {Told} told */
  #notInOrder({ resumed, saved, updated }) {
    const last = Math.max(resumed?.update ?? 0, saved.at(-1)?.update ?? 0);
    const lost = last < updated ? [`it ended at update ${updated}, and saved ${last} at last`] : [];
    // What an earlier one was killed over goes with the first save.
    return saved.length === 0 ? lost : [...lost, ...leftOver(filesBelow(this.run.folder))];
  }

  /** What is deleted on purpose is no loss; recovering first may move what is replaced to the trash. */
  async #forget() {
    const error = await this.run.prepare('recover');
    if (error !== null) throw new Error(`cannot recover: ${error}`);
    this.tally.faults.push(...this.run.lost());
    const kept = this.run.outsideTrash();
    const { code, err } = await this.run.run(['trash', this.run.folder, '--empty', '--yes']);
    if (code !== 0) throw new Error(`cannot empty the trash: ${err}`);
    this.run.acknowledged = kept;
  }
}

/** The last line may be cut off. @param {string} out @returns {Told} */
function toldIn(out) {
  const events = out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  const of = (/** @type {string} */ name) => events.filter(({ event }) => event === name);
  return {
    resumed: of('resumed')[0] ?? null,
    saved: of('saved'),
    updated: of('updated').at(-1)?.update ?? 0,
  };
}

/** @param {Tally} tally @param {number} seed */
export function tellTrainings({ kills, terms, early, acknowledged, faults }, seed) {
  return [
    `trainings, seed ${seed}: ${kills} SIGKILL and ${terms} SIGTERM at random moments, ${early} of them before it went on; ${acknowledged} saves acknowledged`,
    ...faults,
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
  const seed = Number(values.seed ?? Date.now() % 1e6);
  const tally = await killTrainings(Number(values.count ?? 30), seed);
  report(tellTrainings(tally, seed));
  process.exitCode = tally.faults.length === 0 ? 0 : 1;
}
