import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { Problem, WatchState } from '../../shared/model/run.ts';
import type { VersionKind } from '../../shared/model/version.ts';
import { odd, withoutOdd } from '../../shared/query/odd-files.ts';
import { rankBest, rankLatest } from '../../shared/query/rank-versions.ts';
import { escapeName } from './catalog/escape-name.ts';
import { type ListedVersion, withMetric } from './catalog/listed-version.ts';
import { type LookOptions, readAsRecovered } from './catalog/read-as-recovered.ts';
import { ClaimedRun } from './claimed-run.ts';
import { ModelNotFoundError } from './errors.ts';
import { inBatches } from './integrity/batch.ts';
import { findIntact, type Intact } from './integrity/find-intact.ts';
import { FirstLooks, findWriting } from './integrity/find-writing.ts';
import { type PoolOptions, verifyFiles } from './integrity/integrity-pool.ts';
import { lookIntoCandidates } from './integrity/look-into-candidates.ts';
import type { Verification } from './integrity/verification.ts';
import { Listeners } from './listeners.ts';
import { MeasurementsWatch } from './watch/measurements-watch.ts';
import { RunFollowing } from './watch/run-following.ts';
import { SharedWatch } from './watch/shared-watch.ts';

/**
 * `versions`: these look different now, or are gone (ids); `isRead` where nothing happened to them but that their files were read.
 * `looked`: the view equals the disk, problems and watching included. `chosen`: a person decided otherwise about the run, or its files
 * tell by what its framework ranks it.
 */
export type RunEvent =
  | { type: 'versions'; changed: string[]; removed: string[]; isRead?: true }
  | { type: 'looked' }
  | { type: 'chosen' };

/** Of larger runs that are followed, files are not opened for the steps alone that their sidecars lack, before somebody asks for them. */
const mostStepsSought = 10_000;

/** Reads what a run holds, as it stands on disk and as it changes. Writes nothing into the run but what it verified. */
export class RunReader extends ClaimedRun {
  readonly #listeners = new Listeners<RunEvent>();
  #following: RunFollowing | null = null;
  #measuring: MeasurementsWatch | null = null;
  #sharing: SharedWatch | null = null;
  readonly #firstLooks = new FirstLooks();

  protected override get found(): readonly Problem[] {
    return this.#following?.problems ?? super.found;
  }

  get watch(): WatchState {
    return this.#following?.watch ?? { state: 'off', detail: null };
  }

  /** Looks at the whole run once, and twice at files that were touched a moment ago. @throws also the signal's reason */
  async look(options: LookOptions = {}): Promise<void> {
    await this.lookOnce(options);
    await this.lookAgain(options);
  }

  /** The first half of {@link look}: lists the run and reads its versions. @throws also the signal's reason */
  async lookOnce(options: LookOptions = {}): Promise<void> {
    this.#firstLooks.begin();
    this.#readChoices();
    this.#takeVerifications();
    const gone = new Set(this.index.ids());
    const take = (versions: ListedVersion[]) => {
      for (const { id } of versions) gone.delete(id);
      this.index.apply({ changed: versions, removed: [] });
    };
    const { problems, places, lists } = await readAsRecovered(this.root, this.config, take, options);
    this.places = places;
    this.lists = lists;
    this.foundProblems = problems;
    this.index.apply({ changed: [], removed: [...gone] });
    this.noteShared();
    this.annotations.read();
  }

  /** The other half: waits where files were touched a moment ago, and ranks the versions. */
  async lookAgain(options: LookOptions = {}): Promise<void> {
    // What was read whole as it stands is not being written.
    const unread = [...this.index.all()].filter(({ state }) => state !== 'verified');
    const writing = await findWriting(unread, this.places, options, this.#firstLooks);
    for (const [id, integrity] of writing) this.index.found(id, { identity: null, integrity });
    const measured = await this.#measure(options.logBytes);
    const changed = [...new Set([...measured, ...this.#rank()])];
    if (changed.length > 0) this.#listeners.tell({ type: 'versions', changed, removed: [] });
  }

  /**
   * Looks at the structure of files that nobody has verified, of these versions or of all, and reads what those without a sidecar say
   * of themselves.
   */
  checkStructures(ids: readonly string[] = this.index.ids(), options: PoolOptions = {}): Promise<void> {
    const candidates = ids.flatMap((id) => this.candidate(id));
    return lookIntoCandidates(candidates, (found) => this.#tell(this.index.learned(found), []), options);
  }

  /**
   * Reads what files without a sidecar say of themselves, and in what companions contradict their models, of these versions or of all; each
   * state of a file once.
   */
  readOwnRecords(ids: readonly string[] = this.index.ids(), options?: PoolOptions): Promise<void> {
    return this.checkStructures(this.unaskedIds(ids), options);
  }

  /** Reads the training steps that sidecars lack from the files, of these versions or of all; each state of a file once. */
  readSteps(ids: readonly string[] = this.index.ids(), options?: PoolOptions): Promise<void> {
    return this.checkStructures(this.steplessIds(ids), options);
  }

  /** Follows the run until {@link close}: differences reach the listeners as they happen. */
  follow(): void {
    this.#sharing = new SharedWatch(this.root, this.sharedPlaces, () => this.#sharedTouched());
    this.noteShared();
    this.#measuring = new MeasurementsWatch(this.root, {
      folders: () => this.measured.folders,
      refresh: () => this.#followMeasurements(),
    });
    this.#following = new RunFollowing(this.root, this.config, {
      bookkeeping: this.bookkeeping,
      index: this.index,
      candidate: (id) => this.candidate(id, this.index.size <= mostStepsSought),
      changed: (changed, removed) => this.#tell(changed, removed),
      learned: (changed) => this.#tell(changed, [], { isRead: true }),
      recorded: () => this.#readRecords(),
      verified: () => this.#takeVerifications(),
      looked: () => this.#looked(),
    });
  }

  /** Whether all that is read by itself of a run that is followed has been read: its list, its files and what was measured of it. */
  get isAllRead(): boolean {
    return this.#following?.isAllRead === true && this.#measuring?.isDone === true;
  }

  #looked(): void {
    this.#sharing?.cover();
    this.#sharedTouched();
  }

  /** Where what all models share is another by now, what was told of it is no more, and each is asked anew. */
  #sharedTouched(): void {
    if (this.noteShared()) {
      this.#tell(this.index.ids(), []);
      this.#following?.askAgain();
    }
    this.#listeners.tell({ type: 'looked' });
  }

  /** The folders that were looked into for logs of what was measured, relative to the run. */
  get logFolders(): readonly string[] {
    return this.measured.folders;
  }

  /** How many logs of what was measured were left unread, because no more was to be read. */
  get unreadLogs(): number {
    return this.measured.unread;
  }

  /** Takes in what was put on record, chosen and verified since; its files are not looked at. */
  readRecords(): void {
    this.#takeVerifications();
    this.#readRecords();
  }

  /** Takes in what was put on record since, here or by another process. */
  #readRecords(): void {
    const ids = this.annotations.refresh();
    if (this.#readChoices() || ids.length > 0) this.#tell(ids, []);
    this.#measuring?.hint();
  }

  /**
   * Reads what was measured of the versions, where it is otherwise by now, and where there is one that no sidecar describes.
   * @returns those that look different
   */
  async #measure(logBytes?: number): Promise<string[]> {
    if (!this.index.isMeasurable) return [];
    const isOther = await this.measured.refresh(logBytes);
    return isOther ? this.index.measuredBy(this.measured.measurements) : [];
  }

  async #followMeasurements(): Promise<void> {
    const before = this.measured.problems;
    this.#tellAny(await this.#measure());
    if (this.measured.problems !== before) this.#listeners.tell({ type: 'looked' });
  }

  /** What a listener throws becomes a warning of the process. */
  subscribe(listener: (event: RunEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Looks at the whole run again, soon. */
  reconcile(): void {
    this.#following?.reconcile();
  }

  close(): void {
    this.#following?.close();
    this.#measuring?.close();
    this.#sharing?.close();
    this.#listeners.clear();
  }

  /** The best intact version by a metric, or by that of the run, files verified as far as needed to be sure. */
  async best(asked?: SelectionMetric): Promise<Intact> {
    await this.readOwnRecords();
    const metric = asked ?? this.metric;
    const isOwn = metric.name === this.metric.name;
    const ranked = [...this.index.all()].map((each) => (isOwn ? each : withMetric(each, metric.name)));
    return this.#firstIntact(rankBest(ranked, metric.mode));
  }

  /** The newest intact version, or the newest of a kind, files verified as far as needed to be sure. */
  async latest(kind: VersionKind | 'all' = 'all'): Promise<Intact> {
    await this.readOwnRecords();
    const asked = [...this.index.all()].filter((each) => kind === 'all' || each.kind === kind);
    return this.#firstIntact(rankLatest(asked));
  }

  /**
   * Re-reads every byte of these versions, and shared files that are named, or of all, in worker threads; results are remembered, and told as they come.
   * @throws the signal's reason
   */
  async verify(
    ids: readonly string[] | null,
    onResult: (verification: Verification) => void,
    options: PoolOptions = {},
  ): Promise<void> {
    this.#takeVerifications();
    // They wait for others: what was put there meanwhile is not forgotten for them.
    const remember = (results: Verification[]) => {
      this.#takeVerifications();
      this.remember(results.map((result) => this.asKnown(result)));
    };
    await inBatches(remember, (add) => {
      const claims = this.claims(ids);
      const shared = new Map(this.claimsOfShared(claims, ids ?? []).map((claim) => [claim.id, claim]));
      const take = (found: Verification) => {
        if (shared.has(found.id)) return this.#takeShared(found);
        // Others may have put it there since this began.
        if (found.sidecar?.changed) this.#takeVerifications();
        const result = this.asKnown(found);
        add(result);
        onResult(result);
      };
      return verifyFiles([...claims, ...shared.values()], take, options);
    });
  }

  /** What is wrong with what all models share is a problem of the run. */
  #takeShared(found: Verification): void {
    this.verifications.remember([found]);
    this.unreadShared.take(found);
    this.#listeners.tell({ type: 'looked' });
  }

  #firstIntact(ranked: readonly ListedVersion[]): Promise<Intact> {
    const sound = new Set(withoutOdd(ranked, ({ id }) => this.isRecognised(id)));
    const candidates = ranked.map((version) => {
      const { id } = version;
      return { id, integrity: () => this.index.integrity(id), fault: sound.has(version) ? null : odd };
    });
    return findIntact(candidates, async (id) => {
      const [claim] = this.claims([id]);
      if (!claim)
        throw new ModelNotFoundError(`${escapeName(id)} is gone — it was removed just now — try again`);
      // What knows every format is loaded where it is wanted: most commands start without it.
      const { verifyFile } = await import('./integrity/verify-file.ts');
      const verification = await verifyFile(claim);
      this.#tell(this.index.found(id, verification), []);
      return verification.integrity;
    });
  }

  /** Takes in what was just put on record of these versions. */
  protected annotated(ids: string[]): void {
    this.annotations.read();
    this.#readChoices();
    this.#tell(ids, []);
  }

  #readChoices(): boolean {
    if (!this.readChosen()) return false;
    this.index.rankBy(this.metric);
    this.#listeners.tell({ type: 'chosen' });
    return true;
  }

  /** Takes in what is known of files without reading them again: that they were just written, and hashed on the way. */
  remember(results: readonly Verification[]): void {
    this.verifications.remember(results);
    const changed = results.flatMap((result) => this.index.found(result.id, result));
    this.#tell(changed, []);
  }

  /** Takes in what other processes verified since, and tells it. */
  #takeVerifications(): void {
    this.#tellAny(this.readVerifications());
  }

  /** Finds best and latest anew, by what the framework goes by where files have told that since. */
  #rank(): string[] {
    if (this.takeRanking(this.index.toldRanking)) {
      this.index.rankBy(this.metric);
      this.#listeners.tell({ type: 'chosen' });
    }
    return this.index.rank(this.#following?.told);
  }

  #tellAny(changed: string[]): void {
    if (changed.length > 0) this.#tell(changed, []);
  }

  #tell(changed: string[], removed: string[], how: { isRead?: true } = {}): void {
    // While more versions are about to come, best and latest are not found anew for each.
    const ranked = this.#following?.isRankingDue === false ? [] : this.#rank();
    const different = [...new Set([...changed, ...ranked])];
    if (different.length + removed.length > 0)
      this.#listeners.tell({ type: 'versions', changed: different, removed, ...how });
  }
}
