import { readdirSync, readFileSync } from 'node:fs';

/**
 * What a process and all that it started hold in memory, in bytes: what several share is counted once, by proportion (PSS). Linux.
 * @param {number} pid
 */
export function memoryOf(pid) {
  const parents = new Map(pids().flatMap((each) => parentOf(each)));
  let sum = 0;
  for (const each of parents.keys()) if (isWithin(each, pid, parents)) sum += proportionalSize(each);
  return sum;
}

function pids() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** @param {number} pid @returns {[number, number][]} nothing where it is gone by now */
function parentOf(pid) {
  const status = readOrNone(`/proc/${pid}/status`);
  const parent = /^PPid:\s+(\d+)$/m.exec(status)?.[1];
  return parent === undefined ? [] : [[pid, Number(parent)]];
}

/** @param {number} pid @param {number} top @param {Map<number, number>} parents */
function isWithin(pid, top, parents) {
  for (let each = /** @type {number | undefined} */ (pid); each; each = parents.get(each)) {
    if (each === top) return true;
  }
  return false;
}

/** @param {number} pid */
function proportionalSize(pid) {
  const size = /^Pss:\s+(\d+) kB$/m.exec(readOrNone(`/proc/${pid}/smaps_rollup`))?.[1];
  return Number(size ?? 0) * 1024;
}

/** @param {string} path */
function readOrNone(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
