/** A run to which operations are done while something goes wrong, and what must be true of it after each. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { endOf } from './crashes.mjs';
import { inverted, promised, removedBy, restored, same, without } from './predictions.mjs';
import { allChecksums, differences, filesBelow, leftOver, viewOf } from './run-files.mjs';
import { save, saveFolder } from './save-orders.mjs';
import { WEIGHTS } from './weights.mjs';

/** @typedef {import('./run-files.mjs').View} View */
/** @typedef {import('./core-process.mjs').CoreProcess} CoreProcess */
/** @typedef {{ call: string, args: any }} Order */
/** @typedef {import('./predictions.mjs').Prediction} Prediction */

const FOREIGN = 'notes-of-someone-else.txt';
const KINDS = [
  'best',
  'best',
  'folder',
  'checkpoint',
  'checkpoint',
  'prune',
  'trash',
  'undo',
  'backup',
  'restore',
  'empty',
];

export class TriedRun {
  /** Checksums of models that were acknowledged and not deleted since. @type {Set<string>} */
  acknowledged = new Set();
  /** @type {Set<string>} */
  backups = new Set();
  /** What each operation in the trash changed: name → [before, after]. @type {Map<string, Map<string, (string | undefined)[]>>} */
  #changes = new Map();
  #done = 0;
  /** @type {Set<string>} */
  #inTrash = new Set();
  #made = 0;
  /** @type {View} */
  view = new Map();

  /** @param {CoreProcess} core @param {string} folder @param {number} [bytes] of a model @param {boolean} [unforeseen] whether a save learns their number only as they come */
  constructor(core, folder, bytes = 16 * 1024, unforeseen = false) {
    this.unforeseen = unforeseen;
    this.core = core;
    this.folder = folder;
    this.bytes = bytes;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, FOREIGN), 'not ours');
    for (const path of [join(folder, FOREIGN), folder, dirname(folder)]) makeDurable(path);
    this.foreign = statSync(join(folder, FOREIGN)).mtimeMs;
    this.view = viewOf(folder);
  }

  /** @param {() => number} random @returns {Promise<{ order: Order, predict: Prediction }>} what to do next */
  async choose(random) {
    const kind = KINDS[Math.floor(random() * KINDS.length)] ?? 'best';
    return this.prepare(kind, random);
  }

  /** @param {string} kind @param {() => number} random @returns {Promise<{ order: Order, predict: Prediction }>} */
  async prepare(kind, random) {
    const make = {
      prune: () => this.#prune(),
      trash: () => this.#trash(random),
      undo: () => this.#undo(),
      backup: async () => ({ order: { call: 'backup', args: {} }, predict: same }),
      restore: () => this.#restore(random),
      empty: async () => ({ order: { call: 'empty', args: {} }, predict: same }),
      folder: async () => this.#save('folder', random),
    }[kind];
    return (await make?.()) ?? this.#save(kind === 'checkpoint' ? 'checkpoint' : 'best', random);
  }

  /** Does it, and judges what came of it. @param {{ order: Order, predict: Prediction }} chosen @returns {Promise<{ answer: import('./core-process.mjs').Answer, faults: string[] }>} */
  async perform({ order, predict }) {
    this.begin(order);
    const answer = await this.core.call(order.call, this.folder, order.args);
    return { answer, faults: answer.ended ? endOf(order) : await this.judge({ order, predict }, answer) };
  }

  /** What is deleted on purpose may be gone from here on. @param {Order} order */
  begin({ call }) {
    if (call === 'empty') this.acknowledged = this.#outsideTrash();
  }

  /** After an answer: it is done, or everything is as it was. @param {{ order: Order, predict: Prediction }} chosen @param {import('./core-process.mjs').Answer} answer @returns {Promise<string[]>} faults */
  async judge({ order, predict }, { value, error }) {
    if (error?.includes('uncertain')) return this.settle({ order, predict });
    const now = viewOf(this.folder);
    const expected = error === undefined ? (promised(value) ?? predict)(this.view) : this.view;
    const faults =
      expected === null
        ? []
        : differences(expected, now).map(
            (name) => `${order.call} ${error ? `that failed (${error}) changed` : 'did not do'} ${name}`,
          );
    if (error === undefined) this.acknowledge(order, value);
    await this.#take(now);
    return [...faults, ...this.lost()];
  }

  /** @param {Order} order @param {any} value @param {boolean} [logged] not where the disk may have been gone between the last step and the line that tells of it */
  acknowledge({ call }, value, logged = true) {
    if (logged) this.#done += 1;
    if (call === 'save') this.acknowledged.add(value.checksum);
    if (call === 'saveFolder') for (const { checksum } of value.companions) this.acknowledged.add(checksum);
    if (call === 'backup') this.backups.add(value.id);
  }

  /** After a crash: recovered, the run is as it was or as it was to be, whole. @param {{ order: Order, predict: Prediction }} chosen @returns {Promise<string[]>} faults */
  async settle({ order, predict }) {
    const early = [...this.lost(), ...this.#unlogged()];
    const { error } = await this.core.call('recover', this.folder);
    if (error !== undefined) return [...early, `recovery failed: ${error}`];
    const now = viewOf(this.folder);
    const faults = inPart(this.view, predict(this.view), now).map(
      (what) => `${order.call} was done in part: ${what}`,
    );
    await this.#take(now);
    return [...early, ...faults, ...(await this.inspect())];
  }

  /** All that must be true of a run that is at rest. @returns {Promise<string[]>} faults */
  async inspect() {
    await this.core.call('recover', this.folder);
    const again = differences(this.view, viewOf(this.folder)).map(
      (name) => `recovery of the recovered changed ${name}`,
    );
    const names = filesBelow(this.folder);
    return [
      ...again,
      ...this.lost(),
      ...leftOver(names),
      ...this.#strangers(),
      ...(await this.#unlisted(names)),
      ...(await this.#badBackups()),
    ];
  }

  /** @returns {string[]} faults */
  lost() {
    const there = allChecksums(this.folder);
    return [...this.acknowledged]
      .filter((sum) => !there.has(sum))
      .map((sum) => `an acknowledged save is gone: sha256 ${sum}`);
  }

  /** Operations are ordered by where they stand in the log: it must not forget one. */
  #unlogged() {
    const path = join(this.folder, '.cairn/log.jsonl');
    const log = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const lines = log.split('\n').filter((line) => line.includes('"result":"done"')).length;
    return lines >= this.#done ? [] : [`${this.#done} operations were acknowledged, ${lines} are in the log`];
  }

  #strangers() {
    const mine = statSync(join(this.folder, FOREIGN), { throwIfNoEntry: false })?.mtimeMs === this.foreign;
    return mine ? [] : ['a file of someone else was touched'];
  }

  /** Each file in the trash can be brought back. @param {string[]} names */
  async #unlisted(names) {
    const { value = [], error } = await this.core.call('listTrash', this.folder);
    if (error !== undefined) return [`the trash cannot be listed: ${error}`];
    const listed = new Set(value.map((/** @type {{ id: string }} */ { id }) => id));
    return names
      .filter(
        (name) =>
          name.startsWith('.cairn/trash/') && name.includes('/files/') && !listed.has(name.split('/')[2]),
      )
      .map((name) => `${name} is in no operation of the trash`);
  }

  async #badBackups() {
    if (this.backups.size === 0) return [];
    const { value = [], error } = await this.core.call('verifyBackups', this.folder);
    if (error !== undefined) return [`backups cannot be verified: ${error}`];
    const good = new Set(
      value.flatMap((/** @type {{ id: string, state: string }} */ { id, state }) =>
        state === 'verified' ? [id] : [],
      ),
    );
    return [...this.backups].filter((id) => !good.has(id)).map((id) => `backup ${id} is gone or damaged`);
  }

  /** What is new in the trash is of what changed just now. @param {View} now */
  async #take(now) {
    const { value = [] } = await this.core.call('listTrash', this.folder);
    const ids = value.map((/** @type {{ id: string }} */ { id }) => id);
    const [fresh, ...others] = ids.filter((/** @type {string} */ id) => !this.#inTrash.has(id));
    const changed = differences(this.view, now);
    if (fresh !== undefined && others.length === 0)
      this.#changes.set(fresh, new Map(changed.map((name) => [name, [this.view.get(name), now.get(name)]])));
    this.#inTrash = new Set(ids);
    this.view = now;
  }

  #outsideTrash() {
    const outside = new Set([...this.view.values()]);
    return new Set([...this.acknowledged].filter((sum) => outside.has(sum)));
  }

  /** @param {'best' | 'checkpoint' | 'folder'} kind @param {() => number} random */
  #save(kind, random) {
    this.#made += 1;
    const { folder, bytes, unforeseen } = this;
    const args = { reward: Math.round(random() * 1000) / 100, seed: `${folder} ${this.#made}`, bytes };
    return kind === 'folder' ? saveFolder(folder, args) : save(folder, { ...args, kind, unforeseen });
  }

  async #prune() {
    const args = { keepBest: 1 };
    const { value } = await this.core.call('planPrune', this.folder, args);
    return { order: { call: 'prune', args }, predict: without(removedBy(value)) };
  }

  /** @param {() => number} random */
  async #trash(random) {
    const models = [...this.view.keys()].filter(
      (name) => /^best_models\/[^/]+\.pt$/.test(name) || name.endsWith(`/${WEIGHTS}`),
    );
    const id = models[Math.floor(random() * models.length)];
    return id === undefined
      ? null
      : { order: { call: 'trash', args: { ids: [id] } }, predict: without([id]) };
  }

  async #undo() {
    const { value = [] } = await this.core.call('listTrash', this.folder);
    const target = value.find((/** @type {{ kind: string }} */ { kind }) => kind !== 'undo');
    if (!target) return null;
    return {
      order: { call: 'undo', args: { operation: target.id } },
      predict: (/** @type {View} */ before) => inverted(before, this.#changes.get(target.id)),
    };
  }

  /** @param {() => number} random */
  async #restore(random) {
    const ids = [...this.backups];
    const backup = ids[Math.floor(random() * ids.length)];
    const { value = [] } = await this.core.call('listBackups', this.folder);
    const manifest = value.find((/** @type {{ id: string }} */ { id }) => id === backup);
    if (!manifest) return null;
    return {
      order: { call: 'restore', args: { backup } },
      predict: (/** @type {View} */ before) => restored(before, manifest),
    };
  }
}

/** Nothing where it is as it was, or as it was to be. @param {View} before @param {View | null} after @param {View} now */
function inPart(before, after, now) {
  if (after === null) return [];
  if ([before, after].some((end) => differences(end, now).length === 0)) return [];
  const tell = (/** @type {string | undefined} */ meaning) =>
    (meaning?.includes('\n') ? JSON.stringify(meaning.slice(-400)) : meaning?.slice(0, 11)) ?? 'nothing';
  return [...new Set([...differences(before, now), ...differences(after, now)])].map(
    (name) =>
      `${name} was ${tell(before.get(name))}, was to be ${tell(after.get(name))}, is ${tell(now.get(name))}`,
  );
}

/** @param {string} path of a file or a folder */
function makeDurable(path) {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
