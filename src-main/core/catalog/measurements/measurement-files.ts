import type { Problem } from '../../../../shared/model/run.ts';
import { explainError } from '../../files/error-code.ts';
import { identityOf, isFresh, type Look, tryLookAt } from '../../files/file-identity.ts';
import { openFileSource } from '../../formats/source.ts';
import { escapeName } from '../escape-name.ts';
import { type FoundLogs, findMeasurementFiles } from './find-measurement-files.ts';
import type { ReadLog } from './log-columns.ts';
import type { LogFile } from './log-file.ts';
import type { Measurements } from './measured.ts';
import { MeasuredRun } from './measured-run.ts';
import { type LogReading, readLog } from './read-log.ts';

/** A file as it was read last. */
interface Kept {
  file: LogFile;
  /** Tells one state of the file from another. */
  state: string;
  /** Null for one that cannot be read. */
  reading: LogReading | null;
  problems: readonly Problem[];
}

const noLogs: FoundLogs = { files: [], folders: [], problems: [] };

/** The files of a run that say what was measured of its versions, followed as they change. */
export class MeasurementFiles {
  readonly #root: string;
  #kept: ReadonlyMap<string, Kept> = new Map();
  #found = noLogs;
  #run: MeasuredRun | null = null;
  #problems: readonly Problem[] = [];
  #refreshed: Promise<boolean> = Promise.resolve(false);

  constructor(root: string) {
    this.#root = root;
  }

  /** What they said when they were read last; null for nothing. */
  get measurements(): Measurements | null {
    return this.#run;
  }

  /** Why some of them say nothing, or not all that they have. The same list for as long as nothing is otherwise. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** The folders in which they are, or may come to be, relative to the run. */
  get folders(): readonly string[] {
    return this.#found.folders;
  }

  /** Looks for them, and reads anew those that are others by now. @returns whether one was read, or is gone */
  refresh(): Promise<boolean> {
    this.#refreshed = this.#refreshed.then(() => this.#refreshNow());
    return this.#refreshed;
  }

  async #refreshNow(): Promise<boolean> {
    const found = await findMeasurementFiles(this.#root);
    const kept = new Map<string, Kept>();
    for (const file of found.files) {
      const current = await this.#current(file);
      if (current) kept.set(file.path, current);
    }
    const isOther = isDifferent(kept, this.#kept) || found.problems.length !== this.#found.problems.length;
    this.#found = found;
    this.#kept = kept;
    if (isOther) await this.#join();
    return isOther;
  }

  async #current(file: LogFile): Promise<Kept | null> {
    const look = tryLookAt(`${this.#root}/${file.path}`);
    const before = this.#kept.get(file.path);
    const state = stateOf(look);
    if (look === null || before?.state === state) return look && (before ?? null);
    return this.#read(file, state);
  }

  async #read(file: LogFile, state: string): Promise<Kept> {
    try {
      const source = await openFileSource(`${this.#root}/${file.path}`);
      try {
        const reading = await readLog(source, file);
        const notes = notesOf(reading);
        // What is being written has an end that is not whole: that is told once nothing comes any more.
        if (notes.length > 0 && isFresh(source.opened)) return { file, state: '', reading, problems: [] };
        return { file, state, reading, problems: notes.map((problem) => problemOf(file, problem)) };
      } finally {
        await source.close();
      }
    } catch (error) {
      const problem = `no version has the metrics that it holds: ${explainError(error)}`;
      return { file, state, reading: null, problems: [problemOf(file, problem)] };
    }
  }

  async #join(): Promise<void> {
    const kept = [...this.#kept.values()];
    const logs = await logsOf(kept);
    this.#run = logs.length > 0 ? new MeasuredRun(logs) : null;
    const ofFiles = kept.flatMap(({ problems }) => problems);
    this.#problems = [...ofFiles, ...this.#found.problems, ...(this.#run?.problems ?? [])];
  }
}

function isDifferent(now: ReadonlyMap<string, Kept>, before: ReadonlyMap<string, Kept>): boolean {
  return now.size !== before.size || [...now].some(([path, kept]) => before.get(path) !== kept);
}

/** Files of environments that ran side by side are one log, which is called as the first of them. */
async function logsOf(kept: readonly Kept[]): Promise<ReadLog[]> {
  const logs = kept.flatMap(({ file, reading }) =>
    (reading?.logs ?? []).map((log): ReadLog => ({ file: file.path, group: file.group, log })),
  );
  const monitors = kept.filter(({ reading }) => reading?.episodes);
  if (monitors.length === 0) return logs;
  const { logOfEpisodes } = await import('./read-monitor.ts');
  const groups = new Set(monitors.map(({ file }) => file.group));
  const joined = [...groups].map((group): ReadLog => {
    const own = monitors.filter(({ file }) => file.group === group);
    const log = logOfEpisodes(own.flatMap(({ reading }) => reading?.episodes ?? []));
    return { file: own[0]?.file.path ?? group, group, log };
  });
  return [...logs, ...joined];
}

function notesOf({ logs, episodes }: LogReading): string[] {
  return [...logs.flatMap(({ notes }) => notes), ...(episodes?.notes ?? [])];
}

function problemOf({ path }: LogFile, problem: string): Problem {
  return { path: escapeName(path), problem };
}

function stateOf(look: Look): string {
  if (look === null) return '';
  return look instanceof Error ? look.message : JSON.stringify(identityOf(look));
}
