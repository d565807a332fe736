import { notifications } from '@mantine/notifications';
import type { Failure } from '../../shared/failure.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { Events } from '../../shared/ipc/contract.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { staying } from '../bridge/staying.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import type { RunStore } from '../versions/run-store.ts';
import { scheduleFrame } from '../versions/schedule-frame.ts';
import { WorkspaceStore } from '../workspace/workspace-store.ts';
import { keepPage } from './kept-view.ts';
import type { Session } from './session.ts';
import { allRunsId } from './session-state.ts';

/** The open folders of runs, and what can be done with the runs that were found in them. */
export class Workspaces {
  readonly #bridge: Bridge;
  readonly #session: Session;
  readonly #stores = new Map<string, WorkspaceStore>();

  constructor(bridge: Bridge, session: Session) {
    this.#bridge = bridge;
    this.#session = session;
  }

  /** The runs of one; what was found so far is asked for when they are first shown. */
  storeOf(workspaceId: string): WorkspaceStore {
    const known = this.#stores.get(workspaceId);
    if (known) return known;
    const store = new WorkspaceStore(workspaceId, this.#bridge.request, scheduleFrame);
    this.#stores.set(workspaceId, store);
    void store.load();
    return store;
  }

  receive(change: Events['workspaceRunsChanged']): void {
    this.#stores.get(change.workspaceId)?.receive(change);
  }

  forget(workspaceId: string): void {
    this.#stores.delete(workspaceId);
  }

  async search(workspaceId: string): Promise<void> {
    await valueOrNotice(this.#bridge.request('searchWorkspace', { workspaceId }));
  }

  async stopSearch(workspaceId: string): Promise<void> {
    await valueOrNotice(this.#bridge.request('stopSearch', { workspaceId }));
  }

  /** Shows one of its runs, or several in one table. @returns them in the order given, null for each that could not be opened */
  async openRuns(workspaceId: string, runs: number[]): Promise<readonly (string | null)[]> {
    let openedIds: readonly (string | null)[] = [];
    await this.#session.openTogether(async () => {
      const answer = await valueOrNotice(this.#bridge.request('openWorkspaceRuns', { workspaceId, runs }));
      if (answer) tellUnopened(answer.failures, runs.length);
      openedIds = answer?.openedIds ?? [];
      return openedIds.filter((runId) => runId !== null);
    });
    return openedIds;
  }

  /** The best version of each of these runs side by side, once all are there. */
  async compareBest(workspaceId: string, runs: number[]): Promise<void> {
    const found = this.storeOf(workspaceId);
    const openedIds = await this.openRuns(workspaceId, runs);
    const opened = openedIds.flatMap((runId, index) =>
      runId === null ? [] : [{ runId, best: found.bestOf(runs[index] ?? -1) }],
    );
    if (opened.length < 2) return;
    keepPage(allRunsId, 'sideBySide');
    const bests = opened.map(({ runId, best }) => this.#whenBest(this.#session.storeOf(runId), best));
    this.#session.allRuns().chooseAll((await Promise.all(bests)).flatMap((best) => best?.handle ?? []));
  }

  /** Until the best version of a run is there, or it has been read to its end without one. @param found its id, as it was found before */
  #whenBest(store: RunStore, found: string | null): Promise<VersionRow | null> {
    const isReading = () => {
      const run = this.#session.snapshot().runs.find(({ runId }) => runId === store.runId);
      return store.snapshot().loading || run?.loading === true;
    };
    return new Promise((resolve) => {
      const look = () => {
        const best = bestOf(store, found);
        if (best === null && isReading()) return;
        for (const leave of leaves) leave();
        resolve(best);
      };
      const leaves = [store.subscribe(look), this.#session.subscribe(look)];
      look();
    });
  }
}

/** Of files without a sidecar it comes later which is the best: until then it is the one that was found so. */
function bestOf(store: RunStore, found: string | null): VersionRow | null {
  const { list } = store.snapshot();
  return list.best ?? Array.from(list.rows()).find(({ id }) => id === found) ?? null;
}

/** Each of several runs that could not be opened is named, for as long as somebody needs to read that. */
function tellUnopened(failures: readonly Failure[], asked: number): void {
  if (failures.length === 0) return;
  notifications.show({
    color: 'var(--mismatch)',
    ...staying,
    title: `${failures.length} of ${plural(asked, 'run')} could not be opened`,
    message: failures.map(({ message }) => visibleText(message)).join(' · '),
  });
}
