import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ManagerOptions, ModelManager } from '../../core/model-manager.ts';
import { ownFolder } from '../../core/operations/operation.ts';
import { Program } from '../../core/program.ts';
import {
  assertNotInside,
  assertNoVersion,
  assertRun,
  type LayoutOption,
  lookAtRun,
  readingAs,
} from './load-reader.ts';

/** A run, looked at once, for commands that write. @throws UsageError when the folder is not a run */
export async function loadRun(folder: string, options: ManagerOptions = {}): Promise<ModelManager> {
  return (await loadProgram(folder, options)).manager;
}

/** The same with what measures it. */
export async function loadProgram(folder: string, options: ManagerOptions): Promise<Program> {
  const program = openProgram(folder, options);
  await lookAtRun(program.manager, folder, options.layout);
  return program;
}

/** A folder, looked at once, that need hold no version any more: all of them may be in its trash. */
export async function openWritten(folder: string, options: ManagerOptions): Promise<ModelManager> {
  const { manager } = openProgram(folder, options);
  await manager.look();
  return manager;
}

/** The same, for what Cairn keeps of a run. @throws UsageError for a folder in which it keeps nothing, and that is no run */
export async function openKept(folder: string, options: ManagerOptions): Promise<ModelManager> {
  const manager = await openWritten(folder, options);
  return existsSync(join(folder, ownFolder)) ? manager : assertRun(manager, folder, options.layout);
}

/**
 * A run as every command that writes has it: what it says beside what was asked is printed.
 * @throws UsageError for a folder that is a version, and for one in which a run keeps its versions
 */
export function openProgram(folder: string, options: ManagerOptions): Program {
  assertNoVersion(folder);
  assertNotInside(folder);
  return new Program(folder, { onNotice: printNotice, ...options });
}

/** What every command takes that writes. `wait` is seconds. */
export interface WritingOptions extends LayoutOption {
  wait?: number;
  json?: boolean;
}

export function openingOf({ wait, layout }: WritingOptions): ManagerOptions {
  return { ...(wait === undefined ? {} : { wait: wait * 1000 }), ...readingAs({ layout }) };
}

/** What a run says beside what was asked. */
export function printNotice(notice: string): void {
  process.stderr.write(`${notice}\n`);
}
