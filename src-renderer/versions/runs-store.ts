import type { RowFollower, RunStore } from './run-store.ts';
import { type Kept, VersionsStore } from './versions-store.ts';

type Reading = Pick<Kept, 'loading' | 'failure'>;

/** A run whose versions are among those of several. */
interface Member {
  store: RunStore;
  /** How reading it stood when this last looked. */
  reading: Reading;
  leave: () => void;
}

/**
 * The versions of several open runs together: the rows are those of the runs' own stores, and follow them. While nobody looks,
 * changes are noted and nothing is put in order.
 */
export class RunsStore extends VersionsStore {
  readonly #members = new Map<string, Member>();
  #isBehind = false;

  /** The stores of these runs, in their order. */
  get stores(): RunStore[] {
    return Array.from(this.#members.values(), ({ store }) => store);
  }

  /** Shows versions of these runs and of no others. */
  setRuns(stores: readonly RunStore[]): void {
    const wanted = new Set(stores);
    const gone = this.stores.filter((store) => !wanted.has(store));
    const fresh = stores.filter((store) => this.#members.get(store.runId)?.store !== store);
    if (gone.length + fresh.length === 0) return;
    for (const { runId } of gone) this.#leave(runId);
    if (gone.length > 0) this.list.metrics.recount(this.list.rows());
    for (const store of fresh) this.#join(store);
    this.publishSoon();
  }

  async load(): Promise<void> {
    const failed = this.stores.filter((store) => store.snapshot().failure);
    await Promise.all(failed.map((store) => store.load()));
  }

  protected override publishSoon(): void {
    if (this.isWatched) super.publishSoon();
    else this.#isBehind = true;
  }

  protected override publish(given: Partial<Kept>): void {
    this.#isBehind = false;
    super.publish({ ...this.#reading(), ...given });
  }

  protected override lookedAt(): void {
    if (this.#isBehind) this.publish({});
  }

  #join(store: RunStore): void {
    const follower: RowFollower = {
      set: (row) => {
        this.list.set(row);
        this.publishSoon();
      },
      delete: (handle) => {
        this.list.delete(handle);
        this.publishSoon();
      },
    };
    for (const row of store.snapshot().list.rows()) this.list.set(row);
    const [unfollow, unsubscribe] = [store.follow(follower), store.subscribe(() => this.#lookAt(store))];
    const leave = () => {
      unfollow();
      unsubscribe();
    };
    const { loading, failure } = store.snapshot();
    this.#members.set(store.runId, { store, reading: { loading, failure }, leave });
  }

  #leave(runId: string): void {
    this.#members.get(runId)?.leave();
    this.#members.delete(runId);
    for (const row of [...this.list.rows()]) if (row.runId === runId) this.list.delete(row.handle);
  }

  /** That a run has been read, or cannot be, is news, whether or not it has rows. */
  #lookAt(store: RunStore): void {
    const member = this.#members.get(store.runId);
    const { loading, failure } = store.snapshot();
    if (!member || (member.reading.loading === loading && member.reading.failure === failure)) return;
    member.reading = { loading, failure };
    this.publishSoon();
  }

  /** Those that can be read are shown, whatever is the matter with others. */
  #reading(): Reading {
    const snapshots = this.stores.map((store) => store.snapshot());
    const areAllUnread = snapshots.every(({ failure }) => failure);
    return {
      loading: snapshots.some(({ loading }) => loading),
      failure: areAllUnread ? (snapshots[0]?.failure ?? null) : null,
    };
  }
}
