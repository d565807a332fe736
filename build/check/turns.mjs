import { execFileSync } from 'node:child_process';
import { root } from '../setup/places.mjs';

/** How many commits led to this checkout, so that each does what the one before it did not; null where git does not tell, as in a shallow clone. */
export function turnOfCommit() {
  try {
    const isShallow = git('rev-parse', '--is-shallow-repository') !== 'false';
    return isShallow ? null : Number(git('rev-list', '--count', 'HEAD'));
  } catch {
    return null;
  }
}

/** @param {string[]} words */
function git(...words) {
  return execFileSync('git', words, { cwd: root, stdio: 'pipe' }).toString().trim();
}

/** Which of so many parts is due, as `2/3`; null where all of it is. @param {number} parts @param {number | null} turn */
export function partOf(parts, turn) {
  return parts === 1 || turn === null ? null : `${(turn % parts) + 1}/${parts}`;
}
