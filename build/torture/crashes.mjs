/** @typedef {import('./run-under-test.mjs').End} End */

/** Codes with which a command ends that says what it did, or why not. */
const CODES = [0, 1, 2, 3];
/** A shell's code for one that was killed. */
const KILLED = 128 + 9;

/**
 * What no command may do, whatever fails below it: end by a signal or a code that is none of its own, without a word, or with a stack
 * of calls. That it is killed, and that is by who tries it, is none.
 * @param {End} end @returns {string[]} faults
 */
export function crashOf({ code, signal, err }) {
  if (signal === 'SIGKILL' || code === KILLED) return [];
  const hasStack = /^ {4}at .+:\d+\)?$|^Node\.js v\d/m.test(err);
  if (CODES.includes(code ?? -1) && isTold(code, err) && !hasStack) return [];
  return [`the program crashed: ${signal ?? `code ${code}`}: ${err.trim().slice(-300)}`];
}

/** What was done in part is told in other words. @param {number | null} code @param {string} err */
function isTold(code, err) {
  return code === 0 || (code === 1 && err.trim() !== '') || /^cairn: /m.test(err);
}

/** A process of the core is ended by nobody: one that does not answer crashed. @param {{ call: string }} order @returns {string[]} faults */
export function endOf({ call }) {
  return [`${call}: the process ended by itself`];
}
