import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import type { FoundRun, RunsOutput, SummarisedRun } from '../../../shared/model/runs-output.ts';
import { compareNatural } from '../../../shared/query/compare-natural.ts';
import type { LookOptions } from '../catalog/read-as-recovered.ts';
import { explainError } from '../files/error-code.ts';
import { namesThere } from '../files/names-there.ts';
import { formatCount } from '../formats/plain-text.ts';
import { openRunFolder } from '../open-run-folder.ts';
import { intentFolder } from '../operations/operation.ts';
import { RunReader } from '../run-reader.ts';
import { type DescribedRun, describeRun } from './describe-run.ts';
import type { KeptRun } from './kept-run.ts';
import { mayBeRun, partsOf, roleOf } from './run-parts.ts';
import { foldersOf } from './run-witness.ts';
import { RunSettling } from './settle-runs.ts';
import { summariseRun, summaryOf } from './summarise-run.ts';
import { pathBelow, type WalkedFolder, type WalkOptions, walkFolders } from './walk-folders.ts';
import { WorkClock } from './work-clock.ts';
import { WorkspaceIndex } from './workspace-index.ts';

export interface FindOptions extends WalkOptions {
  /** Told after each folder: how many folders were looked at, and how many runs were found in them. */
  onProgress?: (folders: number, runs: number) => void;
  /** Told of each run as it is found. */
  onRun?: (run: DescribedRun) => void;
  /** Told of each folder that was looked at, relative to the first, which is ''; those nearer to that first. */
  onFolder?: (path: string) => void;
}

/**
 * The runs below a folder, itself included, in the natural order of their paths. What makes a run is what makes one when it is opened. The
 * folders in which a run keeps versions, and the one for saves in progress, are its parts; runs are looked for in every other folder,
 * also in those of a run: loose checkpoints beside runs make a run of the folder, and hide none of them.
 * @throws UsageError when the folder cannot be opened; system errors when it cannot be read; the signal's reason
 */
export async function findRuns(folder: string, options: FindOptions = {}): Promise<RunsOutput> {
  const root = openRunFolder(folder);
  const search = new RunSearch(root, options);
  const unseen = await walkFolders(root, (walked) => search.visit(walked), options).finally(() =>
    search.end(),
  );
  search.remember();
  const runs = search.runs.sort(byPath);
  return { root, runs, problems: [...unseen, ...search.problems].sort(byPath) };
}

function byPath(a: { path: string }, b: { path: string }): number {
  return compareNatural(a.path, b.path);
}

function nameRoot<Run extends FoundRun>(run: Run): Run {
  return run.path === '' ? { ...run, path: '.' } : run;
}

/** What is read of the logs of one run at most, in bytes: there may be thousands of runs. */
const logBytes = 4 * 1024 * 1024;
/** Of runs that hold more versions than this, few are in memory at once. */
const small = 1000;

class RunSearch {
  readonly runs: SummarisedRun[] = [];
  readonly #root: string;
  readonly #options: FindOptions;
  readonly #failures: Problem[] = [];
  readonly #settling: RunSettling;
  readonly #links = new Tally();
  readonly #unopened = new Tally();
  readonly #unreadLogs = new Tally();
  readonly #index: WorkspaceIndex;
  readonly #lookOptions: LookOptions;
  readonly #clock: WorkClock;
  #folders = 0;

  constructor(root: string, options: FindOptions) {
    this.#root = root;
    this.#options = options;
    this.#index = new WorkspaceIndex(root);
    const { listOpen } = this.#index;
    const { signal, clock = new WorkClock() } = options;
    this.#clock = clock;
    const wait = (waiting: Promise<void>) => clock.wait(waiting);
    this.#lookOptions = { withTexts: false, logBytes, listOpen, wait, ...(signal ? { signal } : {}) };
    this.#settling = new RunSettling(options.signal);
  }

  get problems(): Problem[] {
    return [
      ...this.#failures,
      ...this.#links.tell(
        (more) => `a symbolic link${more} is not followed: if it leads to runs, name what it leads to`,
      ),
      ...this.#unopened.tell(
        (more) =>
          `best and latest of this run${more} are told without opening its many files that have no sidecar: “cairn ls” of it opens more of them`,
      ),
      ...this.#unreadLogs.tell(
        (more) =>
          `the best of this run${more} is told without its logs of training, which are large: “cairn ls” of it reads them`,
      ),
    ];
  }

  end(): Promise<void> {
    return this.#settling.end();
  }

  /** Keeps what was found for the next search. */
  remember(): void {
    this.#index.close();
  }

  /** @returns the parts of the run that the folder is, if it is one */
  async visit(folder: WalkedFolder): Promise<string[]> {
    for (const entry of folder.entries) this.#noteLink(folder.path, entry);
    const parts = mayBeRun(folder.entries) ? await this.#lookAtRun(folder) : [];
    this.#folders += 1;
    this.#options.onFolder?.(folder.path);
    this.#tellProgress();
    return parts;
  }

  /** One that has a checkpoint's name is told with its run. */
  #noteLink(folder: string, entry: Dirent): void {
    if (!entry.isSymbolicLink() || entry.name.startsWith('.') || roleOf(entry) !== 'other') return;
    this.#links.add(pathBelow(folder, entry.name));
  }

  /** @returns the parts of the run; none where it is no run */
  async #lookAtRun(folder: WalkedFolder): Promise<string[]> {
    const kept = this.#index.find(folder.path);
    if (!kept) return (await this.#telling(folder, () => this.#readRun(folder))) ?? [];
    if (!folder.isInPlace()) return [];
    this.#take(kept);
    return partsBelow(kept);
  }

  async #telling<T>(folder: WalkedFolder, read: () => Promise<T>): Promise<T | null> {
    try {
      return await read();
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      const problem = `this run cannot be read: ${explainError(error)}`;
      if (folder.isInPlace()) this.#failures.push({ path: folder.path || '.', problem });
      return null;
    }
  }

  async #readRun(folder: WalkedFolder): Promise<string[]> {
    const readAt = Date.now();
    const run = new RunReader(join(this.#root, folder.path));
    await run.lookOnce(this.#lookOptions);
    if (!run.isRun()) return [];
    const parts = [...partsOf(run), ...leftIn(folder)];
    const rest = this.#clock.work(() => this.#finish(folder, run, { parts, readAt }));
    if (run.totals().count > small) await rest;
    else folder.goOn(rest);
    return folder.isInPlace() ? partsBelow({ run: folder, parts }) : [];
  }

  /** Where files were touched a moment ago it waits: others are read meanwhile. Never fails. */
  async #finish(folder: WalkedFolder, run: RunReader, { parts, readAt }: ReadRun): Promise<void> {
    await this.#telling(folder, async () => {
      await run.lookAgain(this.#lookOptions);
      const isUnopened = (await this.#settling.settle(run)) > 0;
      if (!folder.isInPlace()) return;
      const described = describeRun(run, summariseRun(run, folder.path));
      const told = { run: described, parts, isUnopened, hasUnreadLogs: run.unreadLogs > 0 };
      const folders = mayBeKept(run, described) ? foldersOf(run) : null;
      if (folders) this.#index.keep({ ...told, folders }, readAt);
      this.#take(told);
      this.#tellProgress();
    }).catch(() => undefined);
  }

  #take({ run, isUnopened, hasUnreadLogs }: ToldRun): void {
    const named = nameRoot(run);
    if (isUnopened) this.#unopened.add(named.path);
    if (hasUnreadLogs) this.#unreadLogs.add(named.path);
    this.runs.push(summaryOf(named));
    this.#options.onRun?.(named);
  }

  #tellProgress(): void {
    this.#options.onProgress?.(this.#folders, this.runs.length);
  }
}

type ToldRun = Pick<KeptRun, 'run' | 'isUnopened' | 'hasUnreadLogs'>;

interface ReadRun {
  parts: string[];
  /** When it began, in milliseconds. */
  readAt: number;
}

function partsBelow({ run, parts }: { run: { path: string }; parts: readonly string[] }): string[] {
  return parts.map((part) => pathBelow(run.path, part));
}

/** Whether it would be told alike for as long as its files stay: what was in the way of reading it, or an interrupted operation, may pass. */
function mayBeKept({ root }: RunReader, { problems, isWriting }: DescribedRun): boolean {
  return problems === 0 && !isWriting && namesThere(join(root, intentFolder)).length === 0;
}

/** How many there are of what is told together, and where the first is. */
class Tally {
  #count = 0;
  #first = '';

  add(path: string): void {
    this.#count += 1;
    if (this.#count === 1 || compareNatural(path, this.#first) < 0) this.#first = path;
  }

  /** @param words what is told, given that there are more */
  tell(words: (more: string) => string): Problem[] {
    const more = this.#count > 1 ? `, the first of ${formatCount(this.#count)},` : '';
    return this.#count > 0 ? [{ path: this.#first, problem: words(more) }] : [];
  }
}

/** The folders that saves left half done, or are at: no runs of their own. */
function leftIn({ entries }: WalkedFolder): string[] {
  return entries.flatMap((entry) => (entry.isDirectory() && roleOf(entry) === 'leftover' ? entry.name : []));
}
