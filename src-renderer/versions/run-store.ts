import type { Failure, Result } from '../../shared/failure.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { Events, Requests } from '../../shared/ipc/contract.ts';
import { type KnownShapes, type PackedRows, unpackRows } from '../../shared/ipc/packed-rows.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { LoadSession } from './load-session.ts';
import { type Schedule, VersionsStore } from './versions-store.ts';

type Difference = Events['versionsChanged'];
type Request = Bridge['request'];

/** Is told of every row of a run that comes, changes or goes. */
export interface RowFollower {
  set(row: VersionRow): void;
  delete(handle: number): void;
}

/** The versions of one open run: loads their pages and follows their differences. */
export class RunStore extends VersionsStore {
  readonly runId: string;
  readonly #request: Request;
  readonly #followers = new Set<RowFollower>();
  readonly #sink = {
    set: (row: VersionRow) => this.#set(row),
    delete: (handle: number) => this.#delete(handle),
    handles: () => this.list.handles(),
  };
  readonly #shapes: KnownShapes = new Map();
  #begin = () => {};
  /** Resolves once the first rows are there, or it is known why none are. */
  readonly begun = new Promise<void>((resolve) => {
    this.#begin = resolve;
  });
  #session: LoadSession | null = null;
  #early: Difference[] = [];
  #revision: number | null = null;

  constructor(runId: string, request: Request, schedule: Schedule) {
    super(schedule);
    this.runId = runId;
    this.#request = request;
  }

  /** Tells of every row from now on, until what it returns is called. */
  follow(follower: RowFollower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** Reads all pages anew; what is on screen stays until it is known to be gone. */
  async load(mayRepeat = true): Promise<void> {
    const session = new LoadSession(this.#sink);
    this.#session = session;
    this.#revision = null;
    const failure = await this.#readPages(session);
    if (this.#session !== session) return;
    this.#session = null;
    if (!failure && session.finish() && mayRepeat) return this.load(false);
    this.publish({ loading: false, failure });
    this.#begin();
  }

  /** Applies a difference; one that does not follow the last means something was missed, and everything is read again. */
  receive(difference: Difference): void {
    if (this.#revision === null) this.#early.push(difference);
    else if (difference.revision === this.#revision + 1) this.#apply(difference);
    else if (difference.revision > this.#revision) void this.load();
  }

  /** What these measures say of versions is another by now. @param ids of the measures */
  remeasure(ids: readonly string[]): void {
    this.list.remeasure(ids);
    this.publishSoon();
  }

  async #readPages(session: LoadSession): Promise<Failure | null> {
    let from: number | null = 0;
    let end: number | null = null;
    while (from !== null && from < (end ?? Number.POSITIVE_INFINITY) && this.#session === session) {
      const page: Result<Requests['listVersions']['output']> = await this.#request('listVersions', {
        runId: this.runId,
        from,
      });
      if (!page.ok) return page.failure;
      if (this.#session !== session) return null;
      session.addPage(page.value.revision, this.#unpack(page.value.rows));
      this.#startFollowing(page.value.revision);
      this.#tellOfPage(from);
      from = page.value.next;
      // What is new since the first page comes as differences: while a run is being read, that is most of it.
      end ??= page.value.end;
    }
    return null;
  }

  /** What there is to see first is told at once. */
  #tellOfPage(from: number): void {
    if (from > 0) return this.publishSoon();
    this.publish({});
    this.#begin();
  }

  /** From the first page on differences can be applied; those that came before it are caught up with. */
  #startFollowing(revision: number): void {
    if (this.#revision !== null) return;
    this.#revision = revision;
    const early = this.#early;
    this.#early = [];
    for (const difference of early) this.receive(difference);
  }

  #apply({ revision, rows, removed }: Difference): void {
    this.#revision = revision;
    const changed = this.#unpack(rows);
    for (const row of changed) this.#set(row);
    for (const handle of removed) this.#delete(handle);
    this.#session?.noteDifference(revision, changed, removed);
    this.publishSoon();
  }

  #unpack(rows: PackedRows): VersionRow[] {
    return unpackRows(rows, this.runId, this.#shapes);
  }

  #set(row: VersionRow): void {
    this.list.set(row);
    for (const follower of this.#followers) follower.set(row);
  }

  #delete(handle: number): void {
    this.list.delete(handle);
    for (const follower of this.#followers) follower.delete(handle);
  }
}
