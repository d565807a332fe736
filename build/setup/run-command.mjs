import { spawn } from 'node:child_process';
import { SetupError } from './report.mjs';

/**
 * Run a command to its end, keeping its output for the error message.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, output: string }>} the exit code (127: could not be started), stdout and stderr together
 */
export function tryCommand(command, args, options = {}) {
  return new Promise((done) => {
    let output = '';
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', (error) => done({ code: 127, output: error.message }));
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

/**
 * As tryCommand, but a failure is an error that quotes what matters of the output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export async function runCommand(command, args, options = {}) {
  const { code, output } = await tryCommand(command, args, options);
  if (code === 0) return output;
  throw new SetupError(`"${[command, ...args].join(' ')}" failed with code ${code}:\n  ${gist(output)}`);
}

/** The first lines that speak of an error, else the last lines. @param {string} output */
function gist(output) {
  const lines = output.trim().split('\n');
  const errors = lines.filter((line) => /error/i.test(line));
  return (errors.length > 0 ? errors.slice(0, 8) : lines.slice(-8)).join('\n  ');
}

/**
 * Run npm, the same one that runs us where there is one (on Windows `npm` is a script that spawn cannot start).
 * @param {string[]} args
 * @param {{ cwd?: string }} [options]
 */
export function runNpm(args, options) {
  const { npm_execpath: npm } = process.env;
  return npm?.endsWith('.js')
    ? runCommand(process.execPath, [npm, ...args], options)
    : runCommand('npm', args, options);
}
