import { spawn } from 'node:child_process';

/**
 * Run a program to its end with its output thrown away.
 * @param {string} command @param {string[]} args
 * @returns {Promise<{ seconds: number, peakBytes: number }>} wall time, and the most memory it held where the system tells
 */
export async function timeCommand(command, args) {
  const started = performance.now();
  const child = spawn('/usr/bin/time', ['-f', '%M', command, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return {
    seconds: (performance.now() - started) / 1000,
    peakBytes: Number(errors.trim().split('\n').pop()) * 1024,
  };
}

/**
 * Two commands in turn, several times over, so that a machine whose speed drifts is fair to both.
 * @param {[string, string[]]} ours @param {[string, string[]]} theirs @param {number} rounds
 * @param {() => void} [before] is called before each command
 */
export async function timeSideBySide(ours, theirs, rounds, before = () => undefined) {
  const pairs = [];
  const time = async (/** @type {[string, string[]]} */ command) => {
    before();
    return timeCommand(...command);
  };
  await time(ours);
  await time(theirs);
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({ ours: await time(ours), theirs: await time(theirs) });
  }
  return {
    ours: median(pairs.map((pair) => pair.ours.seconds)),
    theirs: median(pairs.map((pair) => pair.theirs.seconds)),
    ratio: median(pairs.map((pair) => pair.ours.seconds / pair.theirs.seconds)),
    peakBytes: Math.max(...pairs.map((pair) => pair.ours.peakBytes)),
  };
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
