import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { escapeName } from '../catalog/escape-name.ts';
import type { Disk, DiskFile } from '../files/disk.ts';
import { explainError } from '../files/error-code.ts';
import { cancelled, JobFailure, tooLate } from './job-failure.ts';
import { endProcesses, type JobMark, killGroup } from './job-processes.ts';
import { type OutputLimits, usualLimits } from './keep-output.ts';
import { noteDescendants } from './note-descendants.ts';
import { type Outputs, type Program, startProgram } from './start-program.ts';
import { makeWorkplace } from './workplace.ts';

/** A program to run once, and how. */
export interface JobOrder {
  /** The program and what it is given; no shell sees it. */
  words: readonly string[];
  /** Where its output is kept: an absolute path, to which `.stdout` and `.stderr` are added; what is there goes. */
  output: string;
  disk: Disk;
  /** Milliseconds, fewer than 2^31. */
  timeout: number;
  /** How long it has to end once it is asked to, in milliseconds. */
  grace?: number | undefined;
  limits?: OutputLimits | undefined;
  signal?: AbortSignal | undefined;
}

const usualGrace = 2000;
/** Once no process is left, output ends at once; it is not waited for longer than this, in milliseconds. */
const outputWithin = 2000;

/** Those that run now: they go with this program, unless it is killed. */
const running = new Set<JobMark>();
process.once('exit', () => {
  for (const mark of running) killGroup(mark);
});

/**
 * Runs a program to its end, in a process group and an empty folder of its own, which is its working folder and goes with it. When this
 * is over none of its processes is left, but for one that has neither variable, group, session nor folder of it, and of which the parents ended
 * within a tenth of a second, before it was seen. Elsewhere than on Linux its group alone is known.
 * @returns the end of what it wrote to stdout
 * @throws JobFailure
 */
export async function runJob(order: JobOrder): Promise<string> {
  if (order.signal?.aborted) throw cancelled();
  const { folder, remove } = makeWorkplace();
  try {
    const files = await openOutputs(order).catch((error: unknown) => {
      throw notKept(error);
    });
    return await runIn(folder, files, order).finally(() => closeAll(Object.values(files)));
  } finally {
    await remove();
  }
}

async function runIn(folder: string, files: Outputs<DiskFile>, order: JobOrder): Promise<string> {
  const program = await startProgram(folder, order.words, files, order.limits ?? usualLimits).catch(
    async (error: unknown) => {
      await removeOutputs(order).catch(() => undefined);
      throw error;
    },
  );
  try {
    const stopped = await untilEnded(program, order);
    const { stdout, stderr } = await lastOutputs(program, stopped);
    const end = stopped?.message ?? describeEnd(program);
    if (end !== null) throw new JobFailure(withLastLine(end, stderr));
    return stdout;
  } finally {
    letGo(program);
  }
}

/** @returns as `untilOver`; none of its processes is left then */
async function untilEnded(program: Program, order: JobOrder): Promise<JobFailure | null> {
  const { mark } = program;
  running.add(mark);
  const stopNoting = noteDescendants(mark);
  const stopped = await untilOver(program, order);
  stopNoting();
  const left = await endProcesses(mark, order.grace ?? usualGrace);
  running.delete(mark);
  if (left.length > 0) throw new JobFailure(`processes of it cannot be ended: ${left.join(', ')}`);
  return stopped;
}

/** What holds its output still, or cannot be ended, keeps this program from ending no longer. */
function letGo({ child }: Program): void {
  for (const stream of [child.stdout, child.stderr]) stream.destroy();
  child.unref();
}

async function openOutputs(order: JobOrder): Promise<Outputs<DiskFile>> {
  const { disk, output } = order;
  await removeOutputs(order);
  const stdout = await disk.create(`${output}.stdout`);
  try {
    return { stdout, stderr: await disk.create(`${output}.stderr`) };
  } catch (error) {
    await closeAll([stdout]);
    throw error;
  }
}

async function removeOutputs({ disk, output }: JobOrder): Promise<void> {
  for (const path of [`${output}.stdout`, `${output}.stderr`]) {
    if (await disk.lookAt(path)) await disk.unlink(path);
  }
}

async function closeAll(files: readonly DiskFile[]): Promise<void> {
  await Promise.all(files.map((file) => file.close().catch(() => undefined)));
}

/** @returns why it must end; null where it did by itself */
async function untilOver(
  { child, outputs }: Program,
  { timeout, signal }: JobOrder,
): Promise<JobFailure | null> {
  const late = AbortSignal.timeout(timeout);
  const stop = AbortSignal.any(signal ? [late, signal] : [late]);
  const failed = new Promise<never>((_, reject) => {
    outputs.catch(reject);
  });
  try {
    const isOver = child.exitCode !== null || child.signalCode !== null;
    if (!isOver) await Promise.race([once(child, 'exit', { signal: stop }), failed]);
    return null;
  } catch (error) {
    if (signal?.aborted) return cancelled();
    return late.aborted ? tooLate(timeout) : notKept(error);
  }
}

/** What it wrote, once nothing is left that could write more. @throws JobFailure where something is */
async function lastOutputs({ outputs }: Program, stopped: JobFailure | null): Promise<Outputs<string>> {
  const over = new AbortController();
  const late = wait(outputWithin, null, { signal: over.signal }).catch(() => null);
  try {
    const found = await Promise.race([outputs, late]);
    if (found) return found;
  } catch (error) {
    throw stopped ?? notKept(error);
  } finally {
    over.abort();
  }
  throw stopped ?? new JobFailure('a process of it got away and still holds its output');
}

/** In one clause, how a program ended; null where it says that all went well. */
function describeEnd({ child: { exitCode, signalCode } }: Program): string | null {
  if (signalCode !== null) return `it was ended by ${signalCode}`;
  return exitCode === 0 ? null : `it ended with code ${exitCode}`;
}

/** Programs say last what went wrong. */
function withLastLine(end: string, stderr: string): string {
  const last = stderr.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return last === '' ? end : `${end}: ${escapeName(last, 300)}`;
}

function notKept(error: unknown): JobFailure {
  return error instanceof JobFailure
    ? error
    : new JobFailure(`its output cannot be kept: ${explainError(error)}`);
}
