import { notifications } from '@mantine/notifications';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { Events } from '../../shared/ipc/contract.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { changePreferences } from '../app/usePreferences.ts';
import { showFailure, valueOrNotice } from '../bridge/show-failure.ts';
import { finishTask } from '../tasks/finish-task.ts';
import { undoFromMenu } from '../undo/useUndoKey.ts';
import { byRun, handlesOf } from '../versions/by-run.ts';
import { showAll } from '../versions/filter-rows.ts';
import { RunStore } from '../versions/run-store.ts';
import { RunsStore } from '../versions/runs-store.ts';
import { WorkspaceStore } from '../workspace/workspace-store.ts';
import { keepChoice, keepCurrent, keepPage, keptCurrent } from './kept-view.ts';
import {
  type AppPanel,
  allRunsId,
  emptySession,
  idsOfOpen,
  runsInView,
  runsTogether,
  type SessionState,
  withCheckpoint,
  withoutCheckpoint,
  withoutEndedTask,
  withoutRun,
  withoutWorkspace,
  withRun,
  withRunsTogether,
  withRunTogether,
  withTask,
  withWorkspace,
} from './session-state.ts';

/** The window's one store: the open runs and what can be done with them. Failures are shown, never thrown. */
export class Session {
  readonly #bridge: Bridge;
  readonly #listeners = new Set<() => void>();
  readonly #stores = new Map<string, RunStore>();
  readonly #workspaces = new Map<string, WorkspaceStore>();
  /** Tasks that a person cancelled; one that was taken over by another is none of them. */
  readonly #cancelled = new Set<string>();
  /** While several runs are being opened none of them is shown by itself. */
  #isOpeningSeveral = false;
  #together: RunsStore | null = null;
  #state: SessionState = emptySession;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): SessionState => this.#state;

  /** Listens before it asks, so that nothing falls between. */
  async start(): Promise<void> {
    this.#bridge.subscribe('runChanged', (run) => this.#noteRun(run));
    this.#bridge.subscribe('runShown', ({ runId, version }) => this.#showRun(runId, version));
    this.#bridge.subscribe('checkpointShown', (checkpoint) => {
      this.#set(withCheckpoint(this.#state, checkpoint));
      this.show(checkpoint.checkpointId);
    });
    this.#bridge.subscribe('checkpointChanged', (checkpoint) =>
      this.#set(withCheckpoint(this.#state, checkpoint)),
    );
    this.#bridge.subscribe('workspaceShown', (workspace) => {
      this.#set(withWorkspace(this.#state, workspace));
      this.show(workspace.workspaceId);
    });
    this.#bridge.subscribe('workspaceChanged', (workspace) => this.#noteWorkspace(workspace));
    this.#bridge.subscribe('workspaceRunsChanged', (change) =>
      this.#workspaces.get(change.workspaceId)?.receive(change),
    );
    this.#bridge.subscribe('recentsChanged', () => void this.#listRecents());
    this.#bridge.subscribe('runClosed', ({ runId }) => this.#forget(runId));
    this.#bridge.subscribe('versionsChanged', (change) => this.#stores.get(change.runId)?.receive(change));
    this.#bridge.subscribe('taskProgressed', (task) => this.#set(withTask(this.#state, task)));
    this.#bridge.subscribe('failureMet', showFailure);
    this.#bridge.subscribe('commandChosen', ({ command }) => this.#obey(command));
    await Promise.all([this.#listRuns(), this.#listRecents(), this.#readEnvironment()]);
  }

  openPanel(kind: AppPanel): void {
    this.#set({ ...this.#state, panel: { kind, opened: true } });
  }

  closePanel(): void {
    this.#set({ ...this.#state, panel: { ...this.#state.panel, opened: false } });
  }

  openTasks(tasksOpened: boolean): void {
    this.#set({ ...this.#state, tasksOpened });
  }

  /** The versions of an open run; reading them starts when they are first asked for. */
  storeOf(runId: string): RunStore {
    const known = this.#stores.get(runId);
    if (known) return known;
    const store = new RunStore(runId, this.#bridge.request, scheduleFrame);
    this.#stores.set(runId, store);
    keepChoice(store);
    void store.load();
    return store;
  }

  /** The runs of an open workspace; what was found so far is asked for when they are first shown. */
  workspaceStoreOf(workspaceId: string): WorkspaceStore {
    const known = this.#workspaces.get(workspaceId);
    if (known) return known;
    const store = new WorkspaceStore(workspaceId, this.#bridge.request, scheduleFrame);
    this.#workspaces.set(workspaceId, store);
    void store.load();
    return store;
  }

  /** The versions of all open runs together, but for those that a person left out. */
  allRuns(): RunsStore {
    this.#together ??= new RunsStore(scheduleFrame);
    this.#gather();
    return this.#together;
  }

  showAllRuns(): void {
    if (this.#state.runs.length > 1) this.show(allRunsId);
    else notifications.show({ message: 'Open two runs or more to see their versions in one table' });
  }

  /** Whether the table of all runs shows this one. */
  showTogether(runId: string, isShown: boolean): void {
    this.#set(withRunTogether(this.#state, runId, isShown));
  }

  /** @param id of a run, of a checkpoint without one, or {@link allRunsId} */
  show(id: string): void {
    keepCurrent(id);
    this.#set({ ...this.#state, currentId: id });
  }

  async chooseRun(): Promise<void> {
    await this.#open(this.#bridge.request('chooseRun', {}));
  }

  async chooseCheckpoint(): Promise<void> {
    await this.#open(this.#bridge.request('chooseCheckpoint', {}));
  }

  async openSampleRun(): Promise<void> {
    await this.#open(this.#bridge.request('openSampleRun', {}));
  }

  async openRecent(recentId: string): Promise<void> {
    await this.#open(this.#bridge.request('openRecent', { recentId }));
  }

  /** Asks the person where it is now. */
  async findRecent(recentId: string): Promise<void> {
    await this.#open(this.#bridge.request('findRecent', { recentId }));
  }

  async openDropped(files: readonly File[]): Promise<void> {
    for (const file of files) await this.#open(this.#bridge.openDropped(file));
  }

  async starRecent(recentId: string, starred: boolean): Promise<void> {
    await valueOrNotice(this.#bridge.request('starRecent', { recentId, starred }));
  }

  async forgetRecent(recentId: string): Promise<void> {
    await valueOrNotice(this.#bridge.request('forgetRecent', { recentId }));
  }

  async clearRecents(): Promise<void> {
    await valueOrNotice(this.#bridge.request('clearRecents', {}));
  }

  async closeCheckpoint(checkpointId: string): Promise<void> {
    const closed = await valueOrNotice(this.#bridge.request('closeCheckpoint', { checkpointId }));
    if (!closed) return;
    this.#set(withoutCheckpoint(this.#state, checkpointId));
    await this.#listRecents();
  }

  async searchWorkspace(workspaceId: string): Promise<void> {
    await valueOrNotice(this.#bridge.request('searchWorkspace', { workspaceId }));
  }

  async stopSearch(workspaceId: string): Promise<void> {
    await valueOrNotice(this.#bridge.request('stopSearch', { workspaceId }));
  }

  async closeWorkspace(workspaceId: string): Promise<void> {
    const closed = await valueOrNotice(this.#bridge.request('closeWorkspace', { workspaceId }));
    if (!closed) return;
    this.#workspaces.delete(workspaceId);
    this.#set(withoutWorkspace(this.#state, workspaceId));
    await this.#listRecents();
  }

  /** Opens the folder of a workspace itself. */
  async openAsRun(workspaceId: string): Promise<void> {
    await this.#open(this.#bridge.request('openAsRun', { workspaceId }));
  }

  /** Looks for runs in the folder of a run. */
  async searchBelowRun(runId: string): Promise<void> {
    await this.#open(this.#bridge.request('searchBelowRun', { runId }));
  }

  /** Shows one run of a workspace, or several in one table. @returns the runs that are open now */
  async openWorkspaceRuns(workspaceId: string, runs: number[]): Promise<readonly string[]> {
    this.#isOpeningSeveral = true;
    const opened = await valueOrNotice(this.#bridge.request('openWorkspaceRuns', { workspaceId, runs }));
    this.#isOpeningSeveral = false;
    if (!opened) return [];
    await this.#listRuns();
    const { openedIds } = opened;
    const [first = workspaceId, ...others] = openedIds;
    if (others.length === 0) this.show(first);
    else {
      this.#set(withRunsTogether(this.#state, openedIds));
      this.allRuns().setFilter(showAll);
      this.show(allRunsId);
    }
    return openedIds;
  }

  /** The best version of each of these runs side by side, once all are read. */
  async compareBestOf(workspaceId: string, runs: number[]): Promise<void> {
    const runIds = await this.openWorkspaceRuns(workspaceId, runs);
    if (runIds.length < 2) return;
    keepPage(allRunsId, 'sideBySide');
    const found = this.workspaceStoreOf(workspaceId);
    const bests = runIds.map((runId, index) =>
      this.#whenBest(this.storeOf(runId), found.bestOf(runs[index] ?? -1)),
    );
    this.allRuns().chooseAll((await Promise.all(bests)).flatMap((best) => best?.handle ?? []));
  }

  /** Until the best version of a run is there, or it has been read to its end without one. @param found its id, as it was found before */
  #whenBest(store: RunStore, found: string | null): Promise<VersionRow | null> {
    const isReading = () => {
      const run = this.#state.runs.find(({ runId }) => runId === store.runId);
      return store.snapshot().loading || run?.loading === true;
    };
    return new Promise((resolve) => {
      const look = () => {
        const best = bestOf(store, found);
        if (best === null && isReading()) return;
        for (const leave of leaves) leave();
        resolve(best);
      };
      const leaves = [store.subscribe(look), this.subscribe(look)];
      look();
    });
  }

  async closeRun(runId: string): Promise<void> {
    const closed = await valueOrNotice(this.#bridge.request('closeRun', { runId }));
    if (!closed) return;
    this.#forget(runId);
    await this.#listRecents();
  }

  /** Reads every byte of these versions again, or of the whole run; gives way once that is over. */
  verify(runId: string, rows: readonly VersionRow[] | null = null): Promise<void> {
    return this.#verifyEach([[runId, rows]]);
  }

  verifyAll(runs = this.#state.runs): Promise<void> {
    return this.#verifyEach(runs.map(({ runId }) => [runId, null]));
  }

  /** Reads every byte of these versions again. */
  verifyVersions(rows: readonly VersionRow[]): Promise<void> {
    return this.#verifyEach(byRun(rows));
  }

  async cancelTask(taskId: string): Promise<void> {
    this.#cancelled.add(taskId);
    await valueOrNotice(this.#bridge.request('cancelTask', { taskId }));
  }

  dismissTask(taskId: string): void {
    this.#set(withoutEndedTask(this.#state, taskId));
  }

  /** One run after another: they may be on one disk. Once a person cancels one, those that are still to come are not begun. */
  async #verifyEach(parts: Iterable<readonly [string, readonly VersionRow[] | null]>): Promise<void> {
    const begun: string[] = [];
    for (const [runId, rows] of parts) {
      const versions = rows && handlesOf(rows);
      const begin = () => this.#bridge.request('verifyRun', { runId, versions });
      await valueOrNotice(finishTask(begin, (taskId) => begun.push(taskId)));
      if (begun.some((taskId) => this.#cancelled.has(taskId))) return;
    }
  }

  async #open(opening: ReturnType<Bridge['openDropped']>): Promise<void> {
    const opened = await valueOrNotice(opening);
    if (!opened) await this.#listRecents();
    if (!opened?.openedId) return;
    await this.#listRuns();
    this.show(opened.openedId);
  }

  #obey(command: Events['commandChosen']['command']): void {
    if (command === 'undo') undoFromMenu(runsInView(this.#state));
    else if (command === 'allRuns') this.showAllRuns();
    else this.openPanel(command);
  }

  #showRun(runId: string, version: number | null): void {
    if (version !== null) {
      keepPage(runId, 'versions');
      changePreferences((preferences) => ({ ...preferences, detailsOpen: true }));
      this.storeOf(runId).showVersion(version);
    }
    this.show(runId);
  }

  async #listRuns(): Promise<void> {
    const answer = await valueOrNotice(this.#bridge.request('listRuns', {}));
    const { runs, checkpoints, workspaces } = answer ?? this.#state;
    const ids = idsOfOpen({ runs, checkpoints, workspaces });
    const known = [this.#state.currentId, keptCurrent()].find(
      (id) => id !== null && (ids.includes(id) || (id === allRunsId && runs.length > 1)),
    );
    this.#set({
      ...this.#state,
      ready: true,
      runs,
      checkpoints,
      workspaces,
      currentId: known ?? ids[0] ?? null,
    });
  }

  async #listRecents(): Promise<void> {
    const answer = await valueOrNotice(this.#bridge.request('listRecents', {}));
    if (answer) this.#set({ ...this.#state, recents: answer.recents });
  }

  async #readEnvironment(): Promise<void> {
    const environment = await valueOrNotice(this.#bridge.request('getEnvironment', {}));
    this.#set({ ...this.#state, environment });
  }

  #noteRun(run: Events['runChanged']): void {
    const { currentId } = this.#state;
    const noted = withRun(this.#state, run);
    this.#set(this.#isOpeningSeveral ? { ...noted, currentId } : noted);
  }

  /** One that was closed meanwhile is none any more, nor is one that the page has not asked for yet. */
  #noteWorkspace(workspace: Events['workspaceChanged']): void {
    if (this.#state.workspaces.some(({ workspaceId }) => workspaceId === workspace.workspaceId))
      this.#set(withWorkspace(this.#state, workspace));
  }

  #forget(runId: string): void {
    this.#stores.delete(runId);
    this.#set(withoutRun(this.#state, runId));
  }

  /** Gives the table of all runs the stores that it is of. */
  #gather(): void {
    this.#together?.setRuns(runsTogether(this.#state).map(({ runId }) => this.storeOf(runId)));
  }

  #set(state: SessionState): void {
    this.#state = state;
    this.#gather();
    for (const listener of this.#listeners) listener();
  }
}

function scheduleFrame(flush: () => void, wait: number): void {
  if (wait > 0) setTimeout(() => requestAnimationFrame(flush), wait);
  else requestAnimationFrame(flush);
}

/** Of files without a sidecar it comes later which is the best: until then it is the one that was found so. */
function bestOf(store: RunStore, found: string | null): VersionRow | null {
  const { list } = store.snapshot();
  return list.best ?? Array.from(list.rows()).find(({ id }) => id === found) ?? null;
}
