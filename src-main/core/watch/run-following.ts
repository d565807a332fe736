import type { Problem, WatchState } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { ListedChange, ListedVersion } from '../catalog/listed-version.ts';
import type { VersionIndex } from '../catalog/version-index.ts';
import { BackgroundCheck } from '../integrity/background-check.ts';
import type { Found, LookCandidate } from '../integrity/look-into-candidates.ts';
import { followRun } from './follow-large-run.ts';
import type { FollowEvent } from './follow-run.ts';
import { GoingVersions } from './going-versions.ts';
import { HeldVersions } from './held-versions.ts';
import { RecordsWatch } from './records-watch.ts';
import type { Follower } from './start-follower.ts';

/** What following a run needs of whoever holds its versions. */
export interface FollowingPorts {
  /** Where Cairn keeps what it knows of the run. */
  bookkeeping: string;
  index: VersionIndex;
  /** A version whose file is worth a look; none, where nothing would come of it. */
  candidate: (id: string) => LookCandidate[];
  /** These versions look different now; those are gone. */
  changed: (changed: string[], removed: string[]) => void;
  /** These versions look different now, though nothing happened to them: by what was read in their files. */
  learned: (changed: string[]) => void;
  /** What is on record of the run, such as what people noted of versions, may be otherwise now. */
  recorded: () => void;
  /** What is remembered of verifying it may be more now. */
  verified: () => void;
  /** The view equals the disk. */
  looked: () => void;
}

/** Best and latest are told this often, in milliseconds, for as long as versions are still being found. */
const rankEvery = 1000;

/** A run being followed: what is seen on disk goes into its index, and files are looked into when there is time. */
export class RunFollowing {
  readonly #ports: FollowingPorts;
  readonly #follower: Follower;
  readonly #background: BackgroundCheck;
  readonly #records: RecordsWatch;
  readonly #going: GoingVersions;
  readonly #held: HeldVersions;
  /** Whether the whole run has been listed once. */
  #seenWhole = false;
  #rankedAt = 0;
  problems: Problem[] = [];
  watch: WatchState = { state: 'off', detail: null };

  constructor(root: string, config: StorageConfig, ports: FollowingPorts) {
    this.#ports = ports;
    this.#held = new HeldVersions(ports.index, (ids) => ports.changed(ids, []));
    this.#background = new BackgroundCheck(
      (found) => this.#learn(found),
      (ids) => this.#held.release(ids),
    );
    this.#going = new GoingVersions(ports.index);
    this.#records = new RecordsWatch(ports.bookkeeping, ports);
    this.#follower = followRun(root, config, (event) => this.#take(event));
  }

  /** Looks at the whole run again, soon. */
  reconcile(): void {
    this.#follower.reconcile();
  }

  /** Asks files anew for what may be told of them otherwise by now. */
  askAgain(): void {
    this.#background.addInTurn(this.#candidates());
  }

  close(): void {
    this.#follower.close();
    this.#background.close();
    this.#held.close();
    this.#records.close();
  }

  /** Whether the whole run was listed, and its files were looked into as far as that is done by itself. */
  get isAllRead(): boolean {
    return this.#seenWhole && this.#background.isDone;
  }

  /** The versions of the index as they were told last. */
  get told(): Iterable<ListedVersion> {
    return this.#held.asTold(this.#ports.index.all());
  }

  /** While a run is being read, each slice of it would have all that came before compared again. */
  get isRankingDue(): boolean {
    const now = performance.now();
    if (!this.#seenWhole && now - this.#rankedAt < rankEvery) return false;
    this.#rankedAt = now;
    return true;
  }

  #take(event: FollowEvent): void {
    const { changed, recorded, verified, looked } = this.#ports;
    if (event.type === 'changed') return changed(this.#apply(event.change), event.change.removed);
    this.problems = event.problems;
    this.watch = event.watch;
    if (!this.#seenWhole) this.#lookIntoFiles();
    this.#settleGoing(event.watch);
    // While the folder is gone what was listed is remembered, and says nothing of what is there.
    changed(event.watch.state === 'gone' ? [] : this.#ports.index.foundAgain(), []);
    this.#records.cover();
    recorded();
    verified();
    looked();
  }

  /** @returns those that look different now, and of which it is to be told at once */
  #apply(change: ListedChange): string[] {
    const { index, candidate } = this.#ports;
    if (!this.#seenWhole) return index.apply(change);
    this.#going.note(change);
    const unsure = this.#held.unsure(change.changed);
    const ids = index.apply(change);
    const due = this.#background.add(ids.flatMap(candidate));
    for (const [id, before] of unsure) if (due.has(id) || this.#held.has(id)) this.#held.hold(id, before);
    const sure = change.changed.filter(({ id }) => !unsure.has(id)).map(({ id }) => id);
    this.#held.forget([...change.removed, ...sure]);
    return ids.filter((id) => !this.#held.has(id));
  }

  /** Of those that are held it is told once all is. */
  #learn(found: readonly Found[]): void {
    const ids = this.#ports.index.learned(found).filter((id) => !this.#held.has(id));
    if (ids.length > 0) this.#ports.learned(ids);
  }

  /** One that was renamed had nothing taken from it. */
  #settleGoing({ state, renamed }: WatchState): void {
    if (state === 'gone' && renamed !== undefined) return;
    const change = state === 'gone' ? this.#going.asBefore() : this.#going.asTold();
    if (change.changed.length + change.removed.length === 0) return;
    this.#ports.changed(this.#ports.index.apply(change), change.removed);
  }

  /** Only once the whole run is listed: the list comes first. */
  #lookIntoFiles(): void {
    this.#seenWhole = true;
    this.askAgain();
  }

  *#candidates(): Generator<LookCandidate> {
    const { index, candidate } = this.#ports;
    for (const id of index.ids()) yield* candidate(id);
  }
}
