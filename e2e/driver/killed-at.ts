import { type Finished, runCli } from './run-cli.ts';

/** Runs `cairn …` and kills it at the n-th call of that name to the kernel. Linux only. */
export function killedAt(call: string, nth: number, args: readonly string[]): Promise<Finished> {
  const kill = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=SIGKILL:when=${nth}`];
  const under = ['env', 'UV_THREADPOOL_SIZE=1', 'strace', '-f', '-qq', '-o', '/dev/null', ...kill];
  return runCli(args, { under });
}
