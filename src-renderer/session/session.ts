import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { Task } from '../../shared/model/task.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { showFailure, valueOrNotice } from '../bridge/show-failure.ts';
import { RunStore } from '../versions/run-store.ts';
import {
  type AppPanel,
  emptySession,
  type SessionState,
  withoutEndedTask,
  withoutRun,
  withRun,
  withTask,
} from './session-state.ts';

/** The window's one store: the open runs and what can be done with them. Failures are shown, never thrown. */
export class Session {
  readonly #bridge: Bridge;
  readonly #listeners = new Set<() => void>();
  readonly #stores = new Map<string, RunStore>();
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
    this.#bridge.subscribe('runChanged', (run) => this.#set(withRun(this.#state, run)));
    this.#bridge.subscribe('runShown', ({ runId }) => this.show(runId));
    this.#bridge.subscribe('runClosed', ({ runId }) => this.#forget(runId));
    this.#bridge.subscribe('versionsChanged', (change) => this.#stores.get(change.runId)?.receive(change));
    this.#bridge.subscribe('taskProgressed', (task) => this.#progress(task));
    this.#bridge.subscribe('failureMet', showFailure);
    this.#bridge.subscribe('commandChosen', ({ command }) => this.openPanel(command));
    await Promise.all([this.#listRuns(), this.#listRecents(), this.#readEnvironment()]);
  }

  openPanel(kind: AppPanel): void {
    this.#set({ ...this.#state, panel: { kind, opened: true } });
  }

  closePanel(): void {
    this.#set({ ...this.#state, panel: { ...this.#state.panel, opened: false } });
  }

  /** The versions of an open run; reading them starts when they are first asked for. */
  storeOf(runId: string): RunStore {
    const known = this.#stores.get(runId);
    if (known) return known;
    const store = new RunStore(runId, this.#bridge.request, scheduleFrame);
    this.#stores.set(runId, store);
    void store.load();
    return store;
  }

  show(runId: string): void {
    this.#set({ ...this.#state, currentId: runId });
  }

  async chooseRun(): Promise<void> {
    const chosen = await valueOrNotice(this.#bridge.request('chooseRun', {}));
    if (chosen?.runId) await this.#showOpened(chosen.runId);
  }

  async openSampleRun(): Promise<void> {
    await this.#open(this.#bridge.request('openSampleRun', {}));
  }

  async openRecent(recentId: string): Promise<void> {
    await this.#open(this.#bridge.request('openRecent', { recentId }));
  }

  async openDropped(files: readonly File[]): Promise<void> {
    for (const file of files) await this.#open(this.#bridge.openDropped(file));
  }

  async forgetRecent(recentId: string): Promise<void> {
    await valueOrNotice(this.#bridge.request('forgetRecent', { recentId }));
    await this.#listRecents();
  }

  async closeRun(runId: string): Promise<void> {
    const closed = await valueOrNotice(this.#bridge.request('closeRun', { runId }));
    if (!closed) return;
    this.#forget(runId);
    await this.#listRecents();
  }

  async verifyRun(runId: string): Promise<void> {
    await valueOrNotice(this.#bridge.request('verifyRun', { runId, versions: null }));
  }

  async verifyVersions(runId: string, rows: readonly VersionRow[]): Promise<void> {
    const versions = rows.map(({ handle }) => handle);
    await valueOrNotice(this.#bridge.request('verifyRun', { runId, versions }));
  }

  async cancelTask(taskId: string): Promise<void> {
    await valueOrNotice(this.#bridge.request('cancelTask', { taskId }));
  }

  dismissTask(runId: string): void {
    this.#set(withoutEndedTask(this.#state, runId));
  }

  async #open(opening: ReturnType<Bridge['openDropped']>): Promise<void> {
    const opened = await valueOrNotice(opening);
    if (opened) await this.#showOpened(opened.runId);
    else await this.#listRecents();
  }

  async #showOpened(runId: string): Promise<void> {
    await Promise.all([this.#listRuns(), this.#listRecents()]);
    this.show(runId);
  }

  async #listRuns(): Promise<void> {
    const answer = await valueOrNotice(this.#bridge.request('listRuns', {}));
    const runs = answer?.runs ?? this.#state.runs;
    const currentId = this.#state.currentId ?? runs[0]?.runId ?? null;
    this.#set({ ...this.#state, ready: true, runs, currentId });
  }

  async #listRecents(): Promise<void> {
    const answer = await valueOrNotice(this.#bridge.request('listRecents', {}));
    if (answer) this.#set({ ...this.#state, recents: answer.recents });
  }

  async #readEnvironment(): Promise<void> {
    const environment = await valueOrNotice(this.#bridge.request('getEnvironment', {}));
    this.#set({ ...this.#state, environment });
  }

  #progress(task: Task): void {
    if (task.state === 'failed' && task.message) {
      showFailure({ code: 'ModelManager', message: task.message, path: null });
    }
    this.#set(withTask(this.#state, task));
  }

  #forget(runId: string): void {
    this.#stores.delete(runId);
    this.#set(withoutRun(this.#state, runId));
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function scheduleFrame(flush: () => void, wait: number): void {
  if (wait > 0) setTimeout(() => requestAnimationFrame(flush), wait);
  else requestAnimationFrame(flush);
}
