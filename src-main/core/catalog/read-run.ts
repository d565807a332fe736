import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { onlyOf, readAsOf } from '../config/read-as.ts';
import { tryLookAt } from '../files/file-identity.ts';
import type { ForeseenList } from '../operations/foreseen-lists.ts';
import { indexFiles } from '../run-index/index-folder.ts';
import { workerUrl } from '../workers/worker-url.ts';
import { escapeName } from './escape-name.ts';
import { hasManyNames, runFolders } from './list-names.ts';
import { type FolderNames, listRun, partsOf } from './list-run.ts';
import { type PackedReading, packNames, unpackReading } from './packed-reading.ts';
import { type Reading, type ReadingContext, readNames } from './read-names.ts';
import type { ReadingTask } from './read-names-worker.ts';

/** Runs whose directories are smaller than this, in bytes, and hold fewer names, are read faster than threads start. */
const worthThreads = { bytes: 400_000, names: 10_000 };
const mostThreads = 4;
/** Parsing makes much that dies young: room for it there spares copying it around. */
const resourceLimits = { maxYoungGenerationSizeMb: 48 };

/** What there is to know of a run beside its versions. */
export interface RunReading {
  /** What is wrong with it. */
  problems: Problem[];
  /** The checksums that it lists. */
  checksums: ReadonlyMap<string, string>;
  /** Resolves once the threads have kept what they learnt: a process that ends by itself waits for that, nobody else need. */
  kept: Promise<void>;
}

/** `lists`: what recovering the run will change in its list of checksums. */
interface ReadingOptions {
  withTexts?: boolean;
  signal?: AbortSignal;
  lists?: readonly ForeseenList[];
}

/** Takes in versions; more are given when it is done. */
type Take = (reading: Reading) => void | Promise<void>;

/**
 * Reads every version of a run once, large runs in several threads.
 * @param take is given the versions as they come, each with what is wrong with its files
 * @throws system errors when the run folder is gone; the signal's reason
 */
export async function readRun(
  root: string,
  config: StorageConfig,
  take: Take,
  { withTexts = true, signal, lists = [] }: ReadingOptions = {},
): Promise<RunReading> {
  const { checksums, problems, folders, foldersAside } = listRun(root, config, lists);
  const context = { root, config, checksums, withTexts };
  const found: Problem[] = [];
  const takeReading = (reading: Reading) => {
    signal?.throwIfAborted();
    found.push(...reading.problems);
    return take(reading);
  };
  let kept = Promise.resolve();
  if (isLargeRun(root, config)) kept = (await readInThreads(foldersAside, context, takeReading, signal)).kept;
  else for (const part of folders) for (const reading of readNames(part, context)) await takeReading(reading);
  const escaped = [...found, ...problems].map(({ path, problem }) => ({ path: escapeName(path), problem }));
  return { checksums, problems: escaped, kept };
}

/**
 * Whether a run has so many files that reading it should be shared out. The sizes of its directories tell at once; where those are small
 * names are counted, since some file systems give little for a name, or nothing.
 */
export function isLargeRun(root: string, config: StorageConfig): boolean {
  if (onlyOf(config) !== undefined) return false;
  const folders = runFolders(config);
  const looks = folders.map(({ path }) => tryLookAt(`${root}/${path}`));
  const bytes = looks.reduce((size, look) => size + (look && 'size' in look ? look.size : 0), 0);
  return (
    bytes >= worthThreads.bytes || folders.some((folder) => hasManyNames(root, folder, worthThreads.names))
  );
}

/**
 * Lists the folders while the threads start; each is sent its part of a folder as soon as that is listed, and reads it. What was read is taken in
 * while the next one is listed.
 */
async function readInThreads(
  folders: AsyncIterable<FolderNames>,
  context: ReadingContext,
  take: Take,
  signal: AbortSignal | undefined,
): Promise<Pick<RunReading, 'kept'>> {
  const workers = startReaders(context);
  const inbox = new Inbox(take, signal);
  const kept = Promise.all(workers.map(endOf)).then(() => undefined);
  const ends = Promise.all(workers.map((worker) => readingsOf(worker, inbox)));
  const stop = () => workers.forEach((worker) => void worker.terminate());
  signal?.addEventListener('abort', stop);
  try {
    await handOut(folders, workers, readAsOf(context.config));
    await ends;
    await inbox.taken;
    signal?.throwIfAborted();
    return { kept };
  } catch (error) {
    stop();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function startReaders(context: ReadingContext): Worker[] {
  const count = Math.min(mostThreads, availableParallelism());
  const workers = Array.from(
    { length: count },
    () => new Worker(workerUrl('read-names-worker'), { resourceLimits }),
  );
  // What a run says of its files' checksums can change without the files.
  const index = context.checksums.size === 0 ? indexFiles(context.root, context.config, count) : null;
  for (const [at, worker] of workers.entries())
    worker.postMessage({ context, index: index?.[at] ?? null } satisfies ReadingTask);
  return workers;
}

async function handOut(
  folders: AsyncIterable<FolderNames>,
  workers: readonly Worker[],
  readAs: string | undefined,
): Promise<void> {
  for await (const folder of folders) {
    for (const [at, part] of partsOf(folder, workers.length, readAs).entries())
      workers[at]?.postMessage(packNames(part));
    // What was read meanwhile is taken in before the next folder is looked into.
    await setImmediate();
  }
  for (const worker of workers) worker.postMessage(null);
}

/** What threads send faster than it is taken in: one reading after another, and whatever else is due in between. */
class Inbox {
  /** Resolves once all that was added so far is taken in. */
  taken = Promise.resolve();
  readonly #take: Take;
  readonly #signal: AbortSignal | undefined;

  constructor(take: Take, signal: AbortSignal | undefined) {
    this.#take = take;
    this.#signal = signal;
  }

  add(packed: PackedReading): void {
    this.taken = this.taken.then(async () => {
      if (this.#signal?.aborted) return;
      await this.#take(unpackReading(packed));
      await setImmediate();
    });
  }
}

/** Resolves once the thread has told all it is to tell. @throws what went wrong in it */
function readingsOf(worker: Worker, inbox: Inbox): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('message', (packed: PackedReading | null) => {
      if (packed) inbox.add(packed);
      else resolve();
    });
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}

function endOf(worker: Worker): Promise<void> {
  return new Promise((resolve) => void worker.once('exit', () => resolve()));
}
