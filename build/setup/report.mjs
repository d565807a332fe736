/** A set-up step that cannot go on: one line for people, never a stack trace. */
export class SetupError extends Error {}

/**
 * Say one line to the person at the terminal. Goes to stderr: stdout belongs to the program being started.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Run a slow step, saying that it started, every 15 s that it is still going, and how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  say(`· ${title}`);
  const ticking = setInterval(() => say(`  still at it after ${seconds()} s`), 15_000);
  try {
    const result = await work();
    say(`  done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(ticking);
  }
}

/**
 * Run the body of a script; a failure becomes one line and exit code 1.
 * @param {() => Promise<number>} body resolves to the exit code
 */
export async function runScript(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`cairn: ${error.message}`);
    process.exitCode = 1;
  }
}
