import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { quoteWord } from '../../../shared/command/quote-word.ts';
import { mayHaveBackups } from '../../core/backup/count-backups.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { ModelNotFoundError, UsageError } from '../../core/errors.ts';
import { findRunAround } from '../../core/find-enclosing-run.ts';
import { folderByItself, folderOfRun, type OpenedVersion } from '../../core/find-what-is-named.ts';
import type { ReaderOptions } from '../../core/open-run.ts';
import { isFolder } from '../../core/open-run-folder.ts';
import { RunReader } from '../../core/run-reader.ts';

/** What every command takes that reads the versions of a run: the framework in whose way alone that is done. */
export interface LayoutOption {
  layout?: string | undefined;
}

export function readingAs({ layout }: LayoutOption): Pick<ReaderOptions, 'layout'> {
  return layout === undefined ? {} : { layout };
}

/** That nothing in a run, as far as its files were read, is as that framework has it, on stderr. */
export function warnUnlike(run: RunReader, { layout }: LayoutOption): void {
  if (layout === undefined || run.isAnythingOf(layout)) return;
  process.stderr.write(
    `cairn: nothing in this run is as ${run.recognised?.name ?? layout} writes it — it is listed by what all frameworks share — name another layout, or none\n`,
  );
}

/**
 * A run, looked at once, for commands that only read: what writes need not be loaded for them. A folder that is a version is that one of its run.
 * @throws UsageError when the folder is not a run, or the layout is not known
 */
export async function loadReader(folder: string, options: ReaderOptions = {}): Promise<RunReader> {
  const own = folderOfRun(folder);
  if (own) {
    const run = escapeName(quoteWord(own.root, 'posix'), 400);
    process.stderr.write(
      `note: this folder is one version of the run ${run} — “cairn ls ${run}” lists all\n`,
    );
    return lookAtRun(readerOf(own, options), folder, options.layout);
  }
  const around = runAround(folder);
  if (around !== null) {
    const run = escapeName(quoteWord(around, 'posix'), 400);
    process.stderr.write(
      `note: the run ${run} keeps versions in this folder — “cairn ls ${run}” goes by its config and pins\n`,
    );
  }
  const run = new RunReader(folder, options);
  await run.look();
  const version = run.isRun() ? null : folderByItself(folder);
  if (version) return lookAtRun(readerOf(version, options), folder, options.layout);
  return assertRun(run, folder, options.layout);
}

/** The one version that a folder is, as its run has it. */
function readerOf({ root, folder: only }: OpenedVersion, options: ReaderOptions = {}): RunReader {
  return new RunReader(root, { ...options, only });
}

/**
 * That what a command writes to is a run: a version has nothing to be kept in, and cannot be moved out of itself.
 * @throws UsageError for a folder that is a version
 */
export function assertNoVersion(folder: string): void {
  const version = folderOfRun(folder);
  if (!version) return;
  const [run, id] = [version.root, version.id].map((each) => escapeName(quoteWord(each, 'posix'), 400));
  throw new UsageError(
    `${escapeName(folder)} is one version of a run, and no run — nothing is moved out of it, or kept in it — name the run, ${run}, and its version ${id}`,
    { path: folder },
  );
}

function runAround(folder: string): string | null {
  return isFolder(folder) ? findRunAround(realpathSync(resolve(folder))) : null;
}

/** That what a command writes to is a whole run: its rules, pins and trash are not in the folders of its versions. @throws UsageError */
export function assertNotInside(folder: string): void {
  const run = runAround(folder);
  if (run === null) return;
  throw new UsageError(
    `${escapeName(folder)} is no run of its own — the run ${escapeName(run, 400)} keeps versions in it — name that`,
    { path: folder },
  );
}

/**
 * @param layout in the way of which alone it is read
 * @throws UsageError when the folder is not a run: nothing in it, or around it, says that a training wrote there
 */
export async function lookAtRun<T extends RunReader>(run: T, folder: string, layout?: string): Promise<T> {
  await run.look();
  return assertRun(run, folder, layout);
}

/** @throws UsageError where a folder that was looked at is no run; ModelNotFoundError where backups are all that is left of one */
export function assertRun<T extends RunReader>(run: T, folder: string, layout: string | undefined): T {
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
  if (mayHaveBackups(run.bookkeeping)) throw onlyBackedUp(run.root);
  const where = [run.config.checkpoint_dir, run.config.best_models_dir].map((name) => `${name}/`).join(', ');
  throw new UsageError(
    `${escapeName(folder)} is not a run folder — no checkpoint in it, nor in ${where} — name the folder your training wrote; “cairn runs” finds those below a folder`,
    { path: folder },
  );
}

/** Of a run whose folders were deleted what Cairn keeps of it may be all there is. */
function onlyBackedUp(root: string): ModelNotFoundError {
  const run = escapeName(quoteWord(root, 'posix'), 400);
  return new ModelNotFoundError(
    `no version is in ${escapeName(root, 400)} — its files are gone, and it has backups — “cairn backups ${run}” lists them, “cairn restore ${run} BACKUP” brings them back`,
    { path: root },
  );
}
