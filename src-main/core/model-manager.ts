import { join } from 'node:path';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { Problem, WatchState } from '../../shared/model/run.ts';
import type { StorageConfig } from '../../shared/model/storage-config.ts';
import type { Version } from '../../shared/model/version.ts';
import { type Dated, rankBest, rankLatest } from '../../shared/query/rank-versions.ts';
import { Catalog } from './catalog/catalog.ts';
import { describeVersion, type VersionDescription } from './catalog/describe-version.ts';
import { escapeName } from './catalog/escape-name.ts';
import { runFolders } from './catalog/list-names.ts';
import type { CatalogEntry } from './catalog/read-group.ts';
import { VersionIndex } from './catalog/version-index.ts';
import { readConfig } from './config/read-config.ts';
import { ModelNotFoundError } from './errors.ts';
import { lookAt } from './files/file-identity.ts';
import { bookkeepingFolder } from './files/run-bookkeeping.ts';
import { BackgroundCheck, type StructureCandidate } from './integrity/background-check.ts';
import { Batch } from './integrity/batch.ts';
import { findIntact, type Intact } from './integrity/find-intact.ts';
import { findWriting } from './integrity/find-writing.ts';
import { checkStructures, type PoolOptions, verifyFiles } from './integrity/integrity-pool.ts';
import type { Claim, Verification } from './integrity/verification.ts';
import { VerificationLog } from './integrity/verification-log.ts';
import { verifyFile } from './integrity/verify-file.ts';
import { openRunFolder } from './open-run-folder.ts';
import { type Follower, followInWorker } from './watch/follow-in-worker.ts';
import type { FollowEvent } from './watch/follow-run.ts';

export interface ManagerOptions {
  /** Where notes on runs go that must not be written to. */
  appData?: string;
}

/** `versions`: these look different now, or are gone (ids). `looked`: the view equals the disk, problems and watching included. */
export type RunEvent = { type: 'versions'; changed: string[]; removed: string[] } | { type: 'looked' };

/** One run: the one door to its versions. The window and the command line own one each, and nothing else touches the folder. */
export class ModelManager {
  readonly root: string;
  readonly config: StorageConfig;
  readonly configSource: string | null;
  readonly metric: SelectionMetric;
  readonly #configProblems: Problem[];
  readonly #log: VerificationLog;
  readonly #index: VersionIndex;
  readonly #listeners = new Set<(event: RunEvent) => void>();
  #foundProblems: Problem[] = [];
  #watch: WatchState = { state: 'off', detail: null };
  #follower: Follower | null = null;
  #background: BackgroundCheck | null = null;

  /** @throws UsageError when the folder cannot be opened */
  constructor(folder: string, { appData }: ManagerOptions = {}) {
    this.root = openRunFolder(folder);
    const { config, source, problems } = readConfig(this.root);
    this.config = config;
    this.configSource = source;
    this.#configProblems = problems;
    this.metric = {
      name: config.best_model_selection_metric,
      mode: config.best_model_selection_mode,
      source: source === null ? 'default' : 'config',
    };
    this.#log = new VerificationLog(bookkeepingFolder(this.root, appData));
    this.#index = new VersionIndex(this.#log, this.metric);
  }

  get problems(): Problem[] {
    return [...this.#configProblems, ...this.#foundProblems];
  }

  get watch(): WatchState {
    return this.#watch;
  }

  /** All versions, in no particular order. */
  versions(): Version[] {
    return this.#index.versions();
  }

  /** How many versions there are, and their bytes. */
  totals(): { count: number; bytes: number } {
    let bytes = 0;
    for (const { version } of this.#index.entries()) bytes += version.file_size_bytes;
    return { count: this.#index.size, bytes };
  }

  version(id: string): Version | undefined {
    return this.#index.version(id);
  }

  /** Everything known of one version. @throws ModelNotFoundError */
  describe(id: string): VersionDescription {
    const version = this.#index.version(id);
    if (!version)
      throw new ModelNotFoundError(
        `no version ${escapeName(id)} — it is not in this run — list the versions again`,
      );
    return describeVersion(this.root, version);
  }

  /** Looks at the whole run once, here and now. */
  look(): void {
    const catalog = new Catalog(this.root, this.config);
    for (const change of catalog.reconcile()) this.#index.apply(change);
    this.#foundProblems = catalog.problems;
    this.#index.rank();
  }

  /** Whether anything says that a training wrote here: a version, a folder for them, or a config. */
  isRun(): boolean {
    if (this.#index.size > 0 || this.configSource !== null) return true;
    return runFolders(this.config).some(
      ({ path }) => path !== '' && lookAt(join(this.root, path))?.type === 'folder',
    );
  }

  /** Waits for the second look that tells files being written from those that merely are new. */
  async lookAgain(): Promise<void> {
    for (const result of await findWriting(this.claims(null), this.#index)) this.#index.show(result);
    this.#index.rank();
  }

  /** Looks at the structure of every file that nobody has verified. */
  async checkStructures(): Promise<void> {
    const unread = [...this.#index.entries()].flatMap(({ version }) => this.#candidate(version.id));
    const identities = new Map(unread.map(({ claim, identity }) => [claim.id, identity]));
    await checkStructures(
      unread.map(({ claim }) => claim),
      ({ id }, integrity) => {
        const identity = identities.get(id);
        if (identity) this.#index.found(id, identity, integrity);
      },
    );
    this.#index.rank();
  }

  /** Follows the run until {@link close}: differences reach the listeners as they happen. */
  follow(): void {
    this.#background = new BackgroundCheck((id, identity, integrity) =>
      this.#tell(this.#index.found(id, identity, integrity), []),
    );
    this.#follower = followInWorker(this.root, this.config, (event) => this.#onFollow(event));
  }

  subscribe(listener: (event: RunEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Looks at the whole run again, soon. */
  reconcile(): void {
    this.#follower?.reconcile();
  }

  close(): void {
    this.#follower?.close();
    this.#background?.close();
    this.#listeners.clear();
  }

  /** The best intact version by a metric, files verified as far as needed to be sure. */
  best(metric: SelectionMetric = this.metric): Promise<Intact> {
    return this.#firstIntact(rankBest(this.#index.entries(), metric));
  }

  /** The newest intact version, files verified as far as needed to be sure. */
  latest(): Promise<Intact> {
    return this.#firstIntact(rankLatest(this.#index.entries()));
  }

  /**
   * Re-reads every byte of these versions, or of all, in worker threads; results are remembered, and told as they come.
   * @throws the signal's reason
   */
  async verify(
    ids: readonly string[] | null,
    onResult: (verification: Verification) => void,
    options: PoolOptions = {},
  ): Promise<void> {
    const batch = new Batch<Verification>((results) => this.#take(results));
    const keep = (verification: Verification) => {
      batch.add(verification);
      onResult(verification);
    };
    try {
      await verifyFiles(this.claims(ids), keep, options);
    } finally {
      batch.flush();
    }
  }

  /** What is on record of these versions, or of all, for verifying them. */
  claims(ids: readonly string[] | null): Claim[] {
    const entries =
      ids === null ? [...this.#index.entries()] : ids.flatMap((id) => this.#index.entry(id) ?? []);
    return entries.map((entry) => this.#claimOf(entry));
  }

  #claimOf({ version, recordedSize }: CatalogEntry): Claim {
    return {
      id: version.id,
      path: join(this.root, version.id),
      expected: version.checksum,
      recordedSize,
      previous: this.#log.get(version.id),
    };
  }

  async #firstIntact(ranked: readonly Dated[]): Promise<Intact> {
    const versions = ranked.flatMap(({ version }) => this.#index.version(version.id) ?? []);
    return findIntact(versions, async ({ id }) => {
      const [claim] = this.claims([id]);
      if (!claim)
        throw new ModelNotFoundError(`${escapeName(id)} is gone — it was removed just now — try again`);
      const verification = await verifyFile(claim);
      this.#take([verification]);
      return verification;
    });
  }

  #take(results: readonly Verification[]): void {
    this.#log.remember(results);
    this.#tell(
      results.flatMap((result) => this.#index.show(result)),
      [],
    );
  }

  #onFollow(event: FollowEvent): void {
    if (event.type === 'changed') {
      const changed = this.#index.apply(event.change);
      this.#background?.add(changed.flatMap((id) => this.#candidate(id)));
      return this.#tell(changed, event.change.removed);
    }
    this.#foundProblems = event.problems;
    this.#watch = event.watch;
    this.#tell([], []);
    this.#emit({ type: 'looked' });
  }

  /** A version whose bytes nobody has read yet, for the background look at its structure. */
  #candidate(id: string): StructureCandidate[] {
    const entry = this.#index.entry(id);
    if (
      !entry?.identity ||
      entry.version.integrity.checked_at !== null ||
      entry.version.integrity.state === 'writing'
    )
      return [];
    return [{ claim: this.#claimOf(entry), identity: entry.identity }];
  }

  #tell(changed: string[], removed: string[]): void {
    const different = [...new Set([...changed, ...this.#index.rank()])];
    if (different.length + removed.length > 0) this.#emit({ type: 'versions', changed: different, removed });
  }

  #emit(event: RunEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
