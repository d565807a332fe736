import { parentPort } from 'node:worker_threads';
import type { Problem } from '../../../shared/model/run.ts';
import { toFailure } from '../errors.ts';
import type { DescribedRun } from './describe-run.ts';
import { findRuns } from './find-runs.ts';
import { mostRunless, runlessFolders } from './runless-folders.ts';
import { WorkClock } from './work-clock.ts';

/** The folder whose runs are wanted. */
export interface WorkspaceRequest {
  folder: string;
}

/** How a search came to its end. */
export interface SearchEnd {
  /** What was not looked into, and why. */
  problems: Problem[];
  /** Folders in which no run is yet, relative to that of the search: the {@link mostRunless} nearest. */
  runless: string[];
  /** How many there are in all. */
  runlessCount: number;
  /** How long it, its disks and its threads were at work, in milliseconds: what it waited for of its own choice does not count. */
  workedMs: number;
}

/** Runs as they are found, and how many folders were looked into; then one word on how it ended. */
export type WorkspaceReply =
  | { type: 'found'; runs: DescribedRun[]; searched: number }
  | ({ type: 'done' } & SearchEnd)
  | { type: 'failed'; message: string };

/** In milliseconds: a window that is told of each of many runs has time for nothing else. */
const toldEvery = 100;

parentPort?.once('message', async ({ folder }: WorkspaceRequest) => {
  tell(await search(folder));
});

async function search(folder: string): Promise<WorkspaceReply> {
  const found = new Batch();
  const clock = new WorkClock();
  const searched: string[] = [];
  try {
    const { problems, runs } = await findRuns(folder, {
      clock,
      onProgress: (folders) => found.progress(folders),
      onRun: (run) => found.add(run),
      onFolder: (path) => searched.push(path),
    });
    const runless = runlessFolders(searched, new Set(runs.map(({ path }) => path)));
    const told = { runless: runless.slice(0, mostRunless), runlessCount: runless.length };
    return { type: 'done', problems, ...told, workedMs: clock.workedMs };
  } catch (error) {
    return { type: 'failed', message: toFailure(error).message };
  } finally {
    found.tell();
  }
}

/** What was found since it was told last. */
class Batch {
  #runs: DescribedRun[] = [];
  #searched = 0;
  #told = 0;
  #timer: NodeJS.Timeout | undefined;

  add(run: DescribedRun): void {
    this.#runs.push(run);
  }

  progress(folders: number): void {
    this.#searched = folders;
    const wait = toldEvery - (Date.now() - this.#told);
    if (wait <= 0) this.tell();
    else this.#timer ??= setTimeout(() => this.tell(), wait);
  }

  tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#told = Date.now();
    tell({ type: 'found', runs: this.#runs, searched: this.#searched });
    this.#runs = [];
  }
}

function tell(reply: WorkspaceReply): void {
  parentPort?.postMessage(reply);
}
