import { notifications } from '@mantine/notifications';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { Events } from '../../shared/ipc/contract.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { changePreferences } from '../app/usePreferences.ts';
import { showFailure, valueOrNotice } from '../bridge/show-failure.ts';
import { closeShown } from '../leaving/close-open.ts';
import { undoFromMenu } from '../undo/useUndoKey.ts';
import { byRun } from '../versions/by-run.ts';
import { showAll } from '../versions/filter-rows.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { RunsStore } from '../versions/runs-store.ts';
import { keepCurrent, keepPage, keptCurrent } from './kept-view.ts';
import { OpenStores } from './open-stores.ts';
import {
  type AppPanel,
  allRunsId,
  currentRun,
  emptySession,
  runsInView,
  runsTogether,
  type SessionState,
  withCheckpoint,
  withListed,
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
import { verifyInTurn } from './verify-in-turn.ts';
import { Workspaces } from './workspaces.ts';

/** How long the first drawing waits for rows at most, in milliseconds. */
const patience = 100;

/** The window's one store: the open runs and what can be done with them. Failures are shown, never thrown. */
export class Session {
  readonly #bridge: Bridge;
  readonly #listeners = new Set<() => void>();
  readonly #stores: OpenStores;
  readonly workspaces: Workspaces;
  /** Tasks that a person cancelled; one that was taken over by another is none of them. */
  readonly #cancelled = new Set<string>();
  /** While several runs are being opened none of them is shown by itself. */
  #isOpeningSeveral = false;
  #state: SessionState = emptySession;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.#stores = new OpenStores(bridge.request);
    this.workspaces = new Workspaces(bridge, this);
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
    this.#bridge.subscribe('workspaceRunsChanged', (change) => this.workspaces.receive(change));
    this.#bridge.subscribe('recentsChanged', () => void this.#listRecents());
    this.#bridge.subscribe('runClosed', ({ runId }) => this.#forget(runId));
    this.#bridge.subscribe('versionsChanged', (change) => this.#stores.receive(change));
    this.#bridge.subscribe('taskProgressed', (task) => this.#set(withTask(this.#state, task)));
    this.#bridge.subscribe('failureMet', showFailure);
    // What it acts on is what is open.
    this.#bridge.subscribe('commandChosen', ({ command }) => void listed.then(() => this.#obey(command)));
    const listed = this.#listRuns();
    await Promise.all([listed, this.#listRecents(), this.#readEnvironment()]);
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
    return this.#stores.of(runId);
  }

  /** As {@link storeOf}, for what can do without: null where nobody has asked for them yet. */
  knownStoreOf(runId: string): RunStore | null {
    return this.#stores.known(runId);
  }

  /** The versions of all open runs together, but for those that a person left out. */
  allRuns(): RunsStore {
    return this.#stores.together(idsTogether(this.#state));
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

  async closeCheckpoint(checkpointId: string): Promise<void> {
    const closed = await valueOrNotice(this.#bridge.request('closeCheckpoint', { checkpointId }));
    if (!closed) return;
    this.#set(withoutCheckpoint(this.#state, checkpointId));
    await this.#listRecents();
  }

  async closeWorkspace(workspaceId: string): Promise<void> {
    const closed = await valueOrNotice(this.#bridge.request('closeWorkspace', { workspaceId }));
    if (!closed) return;
    this.workspaces.forget(workspaceId);
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

  /** Opens the run that the folder of a checkpoint is. */
  async openRunAside(checkpointId: string): Promise<void> {
    await this.#open(this.#bridge.request('openRunAside', { checkpointId }));
  }

  /** Opens a run where its folder is now. */
  async openRenamed(runId: string): Promise<void> {
    await this.#open(this.#bridge.request('openRenamed', { runId }));
  }

  /** Opens several runs at once and shows them in one table; a single one is shown by itself. @param opening gives those that are open then */
  async openTogether(opening: () => Promise<readonly string[]>): Promise<void> {
    this.#isOpeningSeveral = true;
    const [first, ...others] = await opening();
    this.#isOpeningSeveral = false;
    if (first === undefined) return;
    await this.#listRuns();
    if (others.length > 0) {
      this.#set(withRunsTogether(this.#state, [first, ...others]));
      this.allRuns().setFilter(showAll);
    }
    this.show(others.length > 0 ? allRunsId : first);
  }

  async closeRun(runId: string): Promise<void> {
    const closed = await valueOrNotice(this.#bridge.request('closeRun', { runId }));
    if (!closed) return;
    this.#forget(runId);
    await this.#listRecents();
  }

  /** Reads a run in the way of this framework alone, null for what is recognised: it is opened anew. */
  async chooseLayout(runId: string, layout: string | null): Promise<void> {
    const opened = await valueOrNotice(this.#bridge.request('chooseLayout', { runId, layout }));
    if (!opened) return;
    await this.#listRuns();
    this.show(opened.openedId);
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

  #verifyEach(parts: Iterable<readonly [string, readonly VersionRow[] | null]>): Promise<void> {
    return verifyInTurn(this.#bridge, parts, (taskId) => this.#cancelled.has(taskId));
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
    else if (command === 'close') void closeShown(this);
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
    this.#set(withListed(this.#state, answer ?? this.#state, keptCurrent()));
    if (this.#state.ready) return;
    await this.#firstRows();
    this.#set({ ...this.#state, ready: true });
  }

  /** A run that is drawn once, with its rows, is there sooner than one that is drawn twice. */
  async #firstRows(): Promise<void> {
    const run = currentRun(this.#state);
    const isLate = new Promise((resolve) => setTimeout(resolve, patience));
    if (run) await Promise.race([this.storeOf(run.runId).begun, isLate]);
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
    this.#stores.forget(runId);
    this.#set(withoutRun(this.#state, runId));
  }

  #set(state: SessionState): void {
    this.#state = state;
    this.#stores.gather(idsTogether(state));
    for (const listener of this.#listeners) listener();
  }
}

function idsTogether(state: SessionState): string[] {
  return runsTogether(state).map(({ runId }) => runId);
}
