import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import { ModelManager } from '../../core/model-manager.ts';

/**
 * A run, looked at once.
 * @throws UsageError when the folder is not a run: nothing in it, or around it, says that a training wrote there
 */
export async function loadRun(folder: string): Promise<ModelManager> {
  const manager = new ModelManager(folder);
  await manager.look();
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
