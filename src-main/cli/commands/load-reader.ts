import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import type { ReaderOptions } from '../../core/open-run.ts';
import { RunReader } from '../../core/run-reader.ts';

/**
 * A run, looked at once, for commands that only read: what writes need not be loaded for them.
 * @throws UsageError when the folder is not a run, or the layout is not known
 */
export async function loadReader(folder: string, options: ReaderOptions = {}): Promise<RunReader> {
  return lookAtRun(new RunReader(folder, options), folder, options.layout);
}

/**
 * @param layout in the way of which alone it is read
 * @throws UsageError when the folder is not a run: nothing in it, or around it, says that a training wrote there
 */
export async function lookAtRun<T extends RunReader>(run: T, folder: string, layout?: string): Promise<T> {
  await run.look();
  if (run.isRun()) return run;
  const [hidden] = run.blindSpots;
  if (hidden)
    throw new UsageError(
      `cannot look into ${escapeName(folder)} — ${escapeName(hidden.path, 400)}: ${escapeName(hidden.problem, 400)} — name a run whose folders can be read`,
      { path: folder },
    );
  if (layout !== undefined)
    throw new UsageError(
      `nothing in ${escapeName(folder)} is as the layout ${layout} has it — no checkpoint of it is there — name another layout, or none`,
      { path: folder },
    );
  const where = [run.config.checkpoint_dir, run.config.best_models_dir].map((name) => `${name}/`).join(', ');
  throw new UsageError(
    `${escapeName(folder)} is not a run folder — no checkpoint in it, nor in ${where} — name the folder your training wrote; “cairn runs” finds those below a folder`,
    { path: folder },
  );
}
