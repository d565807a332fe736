import { type ManagerOptions, ModelManager } from '../../core/model-manager.ts';
import { lookAtRun } from './load-reader.ts';

/** A run, looked at once, for commands that write. @throws UsageError when the folder is not a run */
export function loadRun(folder: string, options: ManagerOptions = {}): Promise<ModelManager> {
  return lookAtRun(new ModelManager(folder, { onNotice: printNotice, ...options }), folder);
}

/** A folder, looked at once, that need hold no version any more: all of them may be in its trash. */
export async function openWritten(folder: string, options: ManagerOptions): Promise<ModelManager> {
  const manager = new ModelManager(folder, { onNotice: printNotice, ...options });
  await manager.look();
  return manager;
}

/** What every command takes that writes. `wait` is seconds. */
export interface WritingOptions {
  wait?: number;
  json?: boolean;
}

export function waitOf({ wait }: WritingOptions): ManagerOptions {
  return wait === undefined ? {} : { wait: wait * 1000 };
}

/** What a run says beside what was asked. */
export function printNotice(notice: string): void {
  process.stderr.write(`${notice}\n`);
}
