import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { escapeName } from '../catalog/escape-name.ts';
import type { DiskFile } from '../files/disk.ts';
import { explainError } from '../files/error-code.ts';
import { startOf } from '../processes/process-stat.ts';
import { evaluatorEnvironment } from './evaluator-environment.ts';
import { JobFailure } from './job-failure.ts';
import { type JobMark, jobVariable, processesNow } from './job-processes.ts';
import { keepOutput, type OutputLimits } from './keep-output.ts';

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** What a program wrote, or where that goes. */
export type Outputs<T> = Record<'stdout' | 'stderr', T>;

/** A program that runs. `outputs`: the ends of what it writes, once it writes no more. */
export interface Program {
  child: Child;
  mark: JobMark;
  outputs: Promise<Outputs<string>>;
}

/**
 * Starts a program without a shell, in a folder, with nothing to read, and with the environment that its user has.
 * @throws JobFailure
 */
export async function startProgram(
  folder: string,
  [name = '', ...words]: readonly string[],
  files: Outputs<DiskFile>,
  limits: OutputLimits,
): Promise<Program> {
  const before = processesNow();
  try {
    const child = spawn(name, words, {
      cwd: folder,
      // It leads a group and a session: what it starts can be ended with it, and Ctrl+C is not sent to it behind our back.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...evaluatorEnvironment(process.env), PWD: folder, [jobVariable]: folder },
    });
    const group = child.pid ?? null;
    const since = startOf(group ?? 0) ?? 0;
    // Before anything is waited for: Node throws away what nobody listens to when a program ends.
    const outputs = keepBoth(child, files, limits);
    outputs.catch(() => undefined);
    await once(child, 'spawn');
    return { child, mark: { folder, group, since, before, seen: new Map() }, outputs };
  } catch (error) {
    throw new JobFailure(`“${escapeName(name)}” cannot be started: ${explainError(error)}`);
  }
}

async function keepBoth(
  { stdout, stderr }: Child,
  files: Outputs<DiskFile>,
  limits: OutputLimits,
): Promise<Outputs<string>> {
  const [out, err] = await Promise.all([
    keepOutput(stdout, files.stdout, limits),
    keepOutput(stderr, files.stderr, limits),
  ]);
  return { stdout: out, stderr: err };
}
