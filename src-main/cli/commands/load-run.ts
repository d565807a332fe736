import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import { type ManagerOptions, ModelManager } from '../../core/model-manager.ts';

/**
 * A run, looked at once.
 * @throws UsageError when the folder is not a run: nothing in it, or around it, says that a training wrote there
 */
export async function loadRun(folder: string, options: ManagerOptions = {}): Promise<ModelManager> {
  const manager = await openWritten(folder, options);
  if (!manager.isRun()) {
    const where = [manager.config.checkpoint_dir, manager.config.best_models_dir]
      .map((name) => `${name}/`)
      .join(', ');
    throw new UsageError(
      `${escapeName(folder)} is not a run folder — no checkpoint in it, nor in ${where} — name the folder your training wrote`,
      { path: folder },
    );
  }
  return manager;
}

/** A folder, looked at once, that need hold no version any more: all of them may be in its trash. */
export async function openWritten(folder: string, options: ManagerOptions): Promise<ModelManager> {
  const manager = new ModelManager(folder, options);
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
