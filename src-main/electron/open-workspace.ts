import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { WebContents } from 'electron';
import type { Requests } from '../../shared/ipc/contract.ts';
import type { Problem } from '../../shared/model/run.ts';
import type { WorkspaceRun, WorkspaceSummary } from '../../shared/model/workspace.ts';
import { escapeName } from '../core/catalog/escape-name.ts';
import { SettingsThread } from '../core/contents/settings-thread.ts';
import { toFailure, UsageError } from '../core/errors.ts';
import { fewAtATime } from '../core/files/few-at-a-time.ts';
import type { DescribedRun } from '../core/workspace/describe-run.ts';
import { faultOfFolder, modelOfRun } from '../core/workspace/model-of-run.ts';
import { searchInThread } from '../core/workspace/search-in-thread.ts';
import { WorkspaceWatch } from '../core/workspace/watch-workspace.ts';
import type { SearchEnd } from '../core/workspace/workspace-worker.ts';
import { firstProblems } from './first-problems.ts';
import { nameFolder } from './name-folder.ts';
import { publish } from './publish-events.ts';
import { NoSuchHandleError } from './version-handles.ts';
import { isFolderNow, leadsToItself, mayBeFolder } from './what-is-there.ts';

/** Rows that go to the page at once. */
const page = 2000;
/** How often it is looked whether the folder is still there, in milliseconds. */
const lookEvery = 2000;

/** What a search has found so far: which runs, and in how many folders. */
interface Found {
  handles: Set<number>;
  searched: number;
}

/** A folder of runs that is open in one window: what is found in it goes there as rows with handles. */
export class OpenWorkspace {
  readonly workspaceId = randomBytes(16).toString('hex');
  readonly root: string;
  /** Reads what its runs were trained with. */
  readonly settings = new SettingsThread();
  readonly #window: WebContents;
  readonly #watch: WorkspaceWatch;
  /** By path. A run keeps its handle when it is found again. */
  readonly #handles = new Map<string, number>();
  /** By handle. */
  readonly #rows: (WorkspaceRun | undefined)[] = [];
  /** By handle: the folders in which a run keeps versions. */
  readonly #versionsIn: (readonly string[])[] = [];
  #count = 0;
  #searched = 0;
  #state: WorkspaceSummary['state'] = 'stopped';
  #problems: Problem[] = [];
  #failure: string | null = null;
  #search = new AbortController();
  #looking: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(root: string, window: WebContents) {
    this.root = root;
    this.#window = window;
    this.#watch = new WorkspaceWatch(root, () => this.#refresh());
    this.search();
    this.#lookLater();
  }

  summarise(): WorkspaceSummary {
    return {
      workspaceId: this.workspaceId,
      name: nameFolder(this.root),
      folder: this.root,
      state: this.#state,
      searched: this.#searched,
      runCount: this.#count,
      problems: this.#problems,
      failure: this.#failure,
      watch: this.#watch.state,
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
    const fault = faultOfFolder(folder);
    if (fault === null) return folder;
    throw new UsageError(`cannot open ${escapeName(row.path)} — ${fault} — search for runs again`, {
      path: folder,
    });
  }

  /** The file of the best version of a run, else of its latest, as they were found; null where the run has none, or is not there. */
  modelOf(handle: number): string | null {
    const row = this.#rows[handle];
    return row ? modelOfRun(this.root, row) : null;
  }

  /** Where those of these runs are that are still there. */
  async foldersThere(handles: readonly number[]): Promise<string[]> {
    const paths = handles.map((handle) => this.#rows[handle]?.path).filter((path) => path !== undefined);
    const folders = paths.map((path) => join(this.root, path));
    const isThere = await fewAtATime(folders, leadsToItself);
    return folders.filter((_, index) => isThere[index]);
  }

  /** Looks for runs from the beginning, unless that is being done. What was found before stays until it is known to be gone. */
  search(): void {
    if (this.#isClosed || this.#state === 'searching') return;
    this.#watch.stop();
    this.#searched = 0;
    this.#become('searching');
    this.#begin();
  }

  /** Something may have happened since the last search, which came to its end: what is shown stays, but for what is otherwise now. */
  #refresh(): void {
    if (!this.#isClosed && this.#state === 'done') this.#begin();
  }

  #begin(): void {
    this.#search.abort();
    const search = new AbortController();
    this.#search = search;
    const found: Found = { handles: new Set(), searched: 0 };
    searchInThread(this.root, search.signal, (runs, searched) => this.#take(runs, searched, found)).then(
      async (searched) => {
        const gone = await this.#findGone(searched.problems, found.handles);
        if (!this.#isCurrent(search)) return;
        this.#searched = found.searched;
        await this.#finish(searched, gone);
        this.#end(search, () => this.#become('done'));
      },
      (error: unknown) => this.#end(search, () => this.#fail(error)),
    );
  }

  /** Looks again from the beginning, also where that is being done: what was looked at by then may be otherwise. */
  searchAnew(): void {
    this.stop();
    this.search();
  }

  /** What was found until now stays. */
  stop(): void {
    if (this.#isClosed || this.#state !== 'searching') return;
    this.#search.abort();
    this.#watch.stop();
    this.#become('stopped');
  }

  /** Nothing is looked at and nothing is told from now on. */
  close(): void {
    this.#isClosed = true;
    this.#watch.stop();
    this.settings.close();
    clearTimeout(this.#looking);
    this.#search.abort();
  }

  /** Looks whether the folder is still there, and for runs once it is back. */
  async look(): Promise<void> {
    const isThere = await isFolderNow(this.root);
    if (this.#isClosed) return;
    if (!isThere && this.#state !== 'gone') {
      this.#search.abort();
      this.#watch.stop();
      this.#become('gone');
    } else if (isThere && this.#state === 'gone') this.search();
  }

  #lookLater(): void {
    this.#looking = setTimeout(async () => {
      await this.look();
      if (!this.#isClosed) this.#lookLater();
    }, lookEvery).unref();
  }

  #take(runs: readonly DescribedRun[], searched: number, found: Found): void {
    found.searched = searched;
    const rows = runs.map((run) => this.#rowOf(run));
    const changed = rows.filter((row) => !isDeepStrictEqual(row, this.#rows[row.handle]));
    for (const row of rows) {
      found.handles.add(row.handle);
      if (!this.#rows[row.handle]) this.#count += 1;
      this.#rows[row.handle] = row;
    }
    if (changed.length > 0) this.#tellRuns(changed, []);
    if (this.#state !== 'searching') return;
    this.#searched = searched;
    this.#tell();
  }

  #rowOf({ versionsIn, ...run }: DescribedRun): WorkspaceRun {
    const handle = this.#handleOf(run.path);
    this.#versionsIn[handle] = versionsIn;
    return { handle, ...run };
  }

  #handleOf(path: string): number {
    const handle = this.#handles.get(path) ?? this.#handles.size;
    this.#handles.set(path, handle);
    return handle;
  }

  /** What another search took the place of says nothing more. */
  #end(search: AbortController, end: () => void): void {
    if (this.#isCurrent(search)) end();
  }

  #isCurrent(search: AbortController): boolean {
    return search === this.#search && !search.signal.aborted;
  }

  /** The runs that were not seen; those at or below what could not be looked into may still be there. */
  async #findGone(problems: readonly Problem[], seen: ReadonlySet<number>): Promise<number[]> {
    const unseen = this.#rows.filter((row) => row !== undefined).filter(({ handle }) => !seen.has(handle));
    const wasSeen = (path: string) => seen.has(this.#handles.get(path) ?? -1);
    const told = new Set(problems.map(({ path }) => path).filter((path) => !wasSeen(path)));
    const above = new Set(unseen.flatMap(({ path }) => withParents(path)).filter((path) => told.has(path)));
    const closed = new Set<string>();
    await fewAtATime([...above], async (path) => {
      if (await mayBeFolder(join(this.root, path))) closed.add(path);
    });
    const gone = unseen.filter(({ path }) => !withParents(path).some((each) => closed.has(each)));
    return gone.map(({ handle }) => handle);
  }

  async #finish({ problems, ...searched }: SearchEnd, removed: number[]): Promise<void> {
    for (const handle of removed) this.#rows[handle] = undefined;
    this.#count -= removed.length;
    this.#problems = firstProblems(problems);
    if (removed.length > 0) this.#tellRuns([], removed);
    const runs = this.#rows.filter((row) => row !== undefined);
    const places = runs.map(({ path, handle }) => ({ path, versionsIn: this.#versionsIn[handle] ?? [] }));
    await this.#watch.cover(places, searched);
  }

  #fail(error: unknown): void {
    const { message } = toFailure(error);
    if (this.#state === 'done') this.#stay(message);
    else {
      this.#watch.stop();
      this.#become('failed', message);
    }
    void this.look();
  }

  /** What was found before still stands, though what happened since was not found. */
  #stay(problem: string): void {
    const others = this.#problems.filter((each) => each.problem !== problem);
    this.#problems = [{ path: '.', problem }, ...others];
    this.#watch.searchFailed();
    this.#tell();
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

/** A path below the open folder, and those of all folders that it is in. */
function withParents(path: string): string[] {
  const parts = path.split('/');
  return ['.', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
