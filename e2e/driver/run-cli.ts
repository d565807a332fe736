import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { builtApp } from './places.ts';

/** The program that `cairn` is. */
export const cairn = join(builtApp, 'cli/cairn.js');

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Options {
  cwd?: string;
  /** Words to put before the command, such as `setpriv …` or `strace …`. */
  under?: string[];
}

/** Runs `cairn …` under plain Node to its end. */
export function runCli(args: readonly string[], options: Options = {}): Promise<Finished> {
  const child = startCli(args, options);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
}

/** Starts `cairn …` and does not wait. */
export function startCli(args: readonly string[], { cwd, under = [] }: Options = {}): ChildProcess {
  const [command = process.execPath, ...rest] = [...under, process.execPath, cairn, ...args];
  return spawn(command, rest, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The one JSON document of a command that succeeded. */
export async function readJson(args: readonly string[], code = 0): Promise<unknown> {
  const finished = await runCli([...args, '--json']);
  if (finished.code !== code) throw new Error(`cairn ${args.join(' ')}: ${JSON.stringify(finished)}`);
  return JSON.parse(finished.stdout);
}

/** Does something with each, two at a time: most of a short command is waiting for Node to start. */
export async function inPairs<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let first = 0; first < items.length; first += 2) {
    await Promise.all(items.slice(first, first + 2).map(work));
  }
}
