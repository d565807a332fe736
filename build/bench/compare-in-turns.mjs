import { median } from './time-command.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */
/** What is timed; where it times itself, its seconds. @typedef {() => void | number | Promise<void>} Work */

const turns = 5;

/**
 * Each first in every other turn: a disk that tires would else be fair to one of them only.
 * @param {string} what @param {number} bar how many times as long as theirs ours may take @param {Work} ours @param {Work} theirs
 * @param {() => void} clear before each turn
 * @returns {Promise<Figure>}
 */
export async function compareInTurns(what, bar, ours, theirs, clear) {
  const pairs = [];
  for (let turn = 0; turn < turns; turn += 1) {
    clear();
    const before = turn % 2 === 0 ? null : await time(theirs);
    const own = await time(ours);
    pairs.push({ ours: own, theirs: before ?? (await time(theirs)) });
  }
  const [own, other] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.theirs))];
  const ratio = median(pairs.map((pair) => pair.ours / pair.theirs));
  const value = `${own.toFixed(2)} s against ${other.toFixed(2)} s (${ratio.toFixed(2)} ×)`;
  return { what, value, bar: `≤ ${bar} ×`, met: ratio <= bar };
}

/** @param {Work} work @returns {Promise<number>} seconds */
async function time(work) {
  const started = performance.now();
  const told = await work();
  return typeof told === 'number' ? told : (performance.now() - started) / 1000;
}
