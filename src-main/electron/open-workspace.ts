import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { WebContents } from 'electron';
import type { Requests } from '../../shared/ipc/contract.ts';
import type { Problem } from '../../shared/model/run.ts';
import type { WorkspaceRun, WorkspaceSummary } from '../../shared/model/workspace.ts';
import { escapeName } from '../core/catalog/escape-name.ts';
import { toFailure, UsageError } from '../core/errors.ts';
import { explainError } from '../core/files/error-code.ts';
import type { DescribedRun } from '../core/workspace/describe-run.ts';
import { searchInThread } from '../core/workspace/search-in-thread.ts';
import { publish } from './publish-events.ts';
import { NoSuchHandleError } from './version-handles.ts';

/** Rows that go to the page at once. */
const page = 2000;
/** How often it is looked whether the folder is still there, in milliseconds. */
const lookEvery = 2000;

/** A folder of runs that is open in one window: what is found in it goes there as rows with handles. */
export class OpenWorkspace {
  readonly workspaceId = randomBytes(16).toString('hex');
  readonly root: string;
  readonly #window: WebContents;
  /** By path. A run keeps its handle when it is found again. */
  readonly #handles = new Map<string, number>();
  /** By handle. */
  readonly #rows: (WorkspaceRun | undefined)[] = [];
  #count = 0;
  #searched = 0;
  #state: WorkspaceSummary['state'] = 'stopped';
  #problems: Problem[] = [];
  #failure: string | null = null;
  #search = new AbortController();
  #looking: NodeJS.Timeout | undefined;

  constructor(root: string, window: WebContents) {
    this.root = root;
    this.#window = window;
    this.search();
    this.#lookLater();
  }

  summarise(): WorkspaceSummary {
    return {
      workspaceId: this.workspaceId,
      name: basename(this.root) || this.root,
      folder: this.root,
      state: this.#state,
      searched: this.#searched,
      runCount: this.#count,
      problems: this.#problems,
      failure: this.#failure,
    };
  }

  list(from: number): Requests['listWorkspaceRuns']['output'] {
    const end = Math.min(this.#rows.length, from + page);
    const rows = this.#rows.slice(from, end).filter((row) => row !== undefined);
    return { rows, next: end < this.#rows.length ? end : null };
  }

  /** Where a run is that was found. @throws NoSuchHandleError @throws UsageError where something else came in its place */
  folderOf(handle: number): string {
    const row = this.#rows[handle];
    if (!row) throw new NoSuchHandleError('That run is no longer in the list.');
    const folder = join(this.root, row.path);
    const fault = faultOf(folder);
    if (fault === null) return folder;
    throw new UsageError(`cannot open ${escapeName(row.path)} — ${fault} — look for runs again`, {
      path: folder,
    });
  }

  /** Looks for runs from the beginning, unless that is being done. What was found before stays until it is known to be gone. */
  search(): void {
    if (this.#state === 'searching') return;
    const search = new AbortController();
    this.#search = search;
    this.#searched = 0;
    this.#become('searching');
    const seen = new Set<number>();
    searchInThread(this.root, search.signal, (runs, searched) => this.#take(runs, searched, seen)).then(
      (problems) => this.#end(search, () => this.#finish(problems, seen)),
      (error: unknown) => this.#end(search, () => this.#fail(error)),
    );
  }

  /** What was found until now stays. */
  stop(): void {
    if (this.#state !== 'searching') return;
    this.#search.abort();
    this.#become('stopped');
  }

  close(): void {
    clearTimeout(this.#looking);
    this.#search.abort();
  }

  /** Looks whether the folder is still there, and for runs once it is back. */
  async look(): Promise<void> {
    const isThere = await isFolderNow(this.root);
    if (!isThere && this.#state !== 'gone') {
      this.#search.abort();
      this.#become('gone');
    } else if (isThere && this.#state === 'gone') this.search();
  }

  #lookLater(): void {
    this.#looking = setTimeout(async () => {
      const timer = this.#looking;
      await this.look();
      if (timer === this.#looking) this.#lookLater();
    }, lookEvery).unref();
  }

  #take(runs: readonly DescribedRun[], searched: number, seen: Set<number>): void {
    const rows = runs.map((run) => ({ handle: this.#handleOf(run.path), ...run }));
    for (const row of rows) {
      seen.add(row.handle);
      if (!this.#rows[row.handle]) this.#count += 1;
      this.#rows[row.handle] = row;
    }
    this.#searched = searched;
    if (rows.length > 0) this.#tellRuns(rows, []);
    this.#tell();
  }

  #handleOf(path: string): number {
    const handle = this.#handles.get(path) ?? this.#handles.size;
    this.#handles.set(path, handle);
    return handle;
  }

  /** What another search took the place of says nothing more. */
  #end(search: AbortController, end: () => void): void {
    if (search === this.#search && !search.signal.aborted) end();
  }

  #finish(problems: Problem[], seen: ReadonlySet<number>): void {
    const removed = this.#rows.flatMap((row, handle) => (row && !seen.has(handle) ? [handle] : []));
    for (const handle of removed) this.#rows[handle] = undefined;
    this.#count -= removed.length;
    this.#problems = problems;
    if (removed.length > 0) this.#tellRuns([], removed);
    this.#become('done');
  }

  #fail(error: unknown): void {
    this.#become('failed', toFailure(error).message);
    void this.look();
  }

  #become(state: WorkspaceSummary['state'], failure: string | null = null): void {
    this.#state = state;
    this.#failure = failure;
    this.#tell();
  }

  #tell(): void {
    publish(this.#window, 'workspaceChanged', this.summarise());
  }

  #tellRuns(rows: WorkspaceRun[], removed: number[]): void {
    publish(this.#window, 'workspaceRunsChanged', { workspaceId: this.workspaceId, rows, removed });
  }
}

async function isFolderNow(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** Why a folder that was found is not opened; a link that came since leads anywhere. */
function faultOf(folder: string): string | null {
  try {
    return realpathSync(folder) === folder ? null : 'something else came in the place of this folder';
  } catch (error) {
    return explainError(error);
  }
}
