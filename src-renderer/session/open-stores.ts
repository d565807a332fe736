import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { Events } from '../../shared/ipc/contract.ts';
import { RunStore } from '../versions/run-store.ts';
import { RunsStore } from '../versions/runs-store.ts';
import { scheduleFrame } from '../versions/schedule-frame.ts';
import { keepChoice } from './kept-view.ts';

/** The versions of the runs that are open: those of each that somebody looked at, and those of several together. */
export class OpenStores {
  readonly #request: Bridge['request'];
  readonly #stores = new Map<string, RunStore>();
  #together: RunsStore | null = null;

  constructor(request: Bridge['request']) {
    this.#request = request;
  }

  /** Reading the versions of a run starts when they are first asked for. */
  of(runId: string): RunStore {
    const known = this.known(runId);
    if (known) return known;
    const store = new RunStore(runId, this.#request, scheduleFrame);
    this.#stores.set(runId, store);
    keepChoice(store);
    void store.load();
    return store;
  }

  /** Null where nobody has asked for the versions of a run yet. */
  known(runId: string): RunStore | null {
    return this.#stores.get(runId) ?? null;
  }

  receive(change: Events['versionsChanged']): void {
    this.known(change.runId)?.receive(change);
  }

  forget(runId: string): void {
    this.#stores.delete(runId);
  }

  /** The versions of these runs in one table, which {@link gather} keeps so. */
  together(runIds: readonly string[]): RunsStore {
    this.#together ??= new RunsStore(scheduleFrame);
    this.gather(runIds);
    return this.#together;
  }

  /** The table of several, where there is one, is of these from now on. */
  gather(runIds: readonly string[]): void {
    this.#together?.setRuns(runIds.map((runId) => this.of(runId)));
  }
}
