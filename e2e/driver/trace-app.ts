import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

export interface Traced {
  code: number | null;
  /** Both streams of the program. */
  output: string;
  /** Its system calls, a line each, of all its processes. */
  calls: string[];
}

interface Options {
  /** Names of system calls, as strace takes them. */
  trace: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Words to put before it all, such as `unshare -n`. */
  under?: string[];
}

/** Runs a program to its end and writes down what it asks of the kernel. Linux only. */
export async function traceApp(command: string[], { trace, cwd, env, under = [] }: Options): Promise<Traced> {
  const file = join(await tempFolder('trace'), 'calls');
  const [program = '', ...args] = [
    ...under,
    ...['strace', '-f', '--seccomp-bpf', '-qq', '-y', '-s', '300', '-e', `trace=${trace}`, '-o', file],
    ...command,
  ];
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  return { code, output, calls: (await readFile(file, 'utf8')).split('\n').filter(Boolean) };
}
