import { join, posix } from 'node:path';
import { toNumber } from '../../shared/model/json.ts';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { VersionKind } from '../../shared/model/version.ts';
import type { RetentionCandidate, RetentionPlan, RetentionRules } from '../../shared/query/plan-retention.ts';
import { type Exported, exportVersions } from './backup/export-versions.ts';
import { RunBackups } from './backup/run-backups.ts';
import { filesOfVersions } from './catalog/files-of-versions.ts';
import { findLinked } from './catalog/find-linked.ts';
import type { ListedVersion } from './catalog/listed-version.ts';
import { type Disk, realDisk } from './files/disk.ts';
import { explainError } from './files/error-code.ts';
import { addSeals, type Seal } from './integrity/seal-run.ts';
import { verifiedOnWriting } from './integrity/verified-on-writing.ts';
import { emptyMark, type Mark } from './marks/marks.ts';
import { writeMarks } from './marks/write-marks.ts';
import { ModelLoader } from './model-loader.ts';
import { type LogEntry, readLog } from './operations/operation-log.ts';
import { type Outcome, type Writing, writeRun } from './operations/write-run.ts';
import { diskGain } from './retention/disk-gain.ts';
import {
  type Pruned,
  type PruneSubject,
  planWithIntactSurvivors,
  pruneRun,
  removedBy,
} from './retention/prune-run.ts';
import type { ReaderOptions } from './run-reader.ts';
import type { Saved, SaveRequest } from './save/save-request.ts';
import { saveVersion } from './save/save-version.ts';
import { clearTemp } from './trash/clear-temp.ts';
import { automaticLimits, emptyTrash, overLimits } from './trash/empty-trash.ts';
import { listTrash, type TrashedOperation } from './trash/list-trash.ts';
import { moveToTrash } from './trash/move-to-trash.ts';
import { findUndoable, type Undone, undo } from './trash/undo.ts';

export interface ManagerOptions extends ReaderOptions {
  /** How long an operation waits for another writer, in milliseconds. */
  wait?: number;
  /** For tests, which make it fail. */
  disk?: Disk;
}

/** What a prune would do, and what the disk would gain once the trash is emptied, in bytes. */
export interface PrunePlan extends RetentionPlan {
  bytes: number;
}

/**
 * One run: the one door to its versions. The window and the command line own one each, and nothing else touches the folder.
 * Everything that writes is done wholly or not at all, one writer at a time, and is in the log.
 */
export class ModelManager extends ModelLoader {
  readonly backups: RunBackups;
  readonly #disk: Disk;
  readonly #wait: number;

  /** @throws UsageError when the folder cannot be opened */
  constructor(folder: string, { wait = 10_000, disk = realDisk, ...options }: ManagerOptions = {}) {
    super(folder, options);
    this.#disk = disk;
    this.#wait = wait;
    this.backups = new RunBackups({
      root: this.root,
      bookkeeping: this.bookkeeping,
      disk,
      write: (command, work) => this.#write(command, work),
      filesOf: (ids) => filesOfVersions(this.root, this.config, ids),
      checksumOf: (id) => this.version(id)?.checksum ?? null,
    });
  }

  /** Stores bytes as the next best model; retention follows, unless told not to. */
  saveBestModel(request: SaveRequest): Promise<Saved> {
    return this.#save('best', request);
  }

  /** Stores bytes as the run's checkpoint, or under a name; what has the name is backed up first. */
  saveCheckpoint(request: SaveRequest): Promise<Saved> {
    return this.#save('checkpoint', request);
  }

  /** What pruning by these rules would do now; changes nothing, but reads the bytes of those that would stay. */
  async planPrune(rules: RetentionRules, metric: SelectionMetric = this.metric): Promise<PrunePlan> {
    const plan = await planWithIntactSurvivors(this.#subject(rules), rules, metric);
    return { ...plan, bytes: this.#gain(removedBy(plan)) };
  }

  /** Prunes by these rules, to the trash; survivors are verified first. */
  prune(rules: RetentionRules, metric: SelectionMetric = this.metric): Promise<Pruned> {
    return this.#write('prune', async (writing) => {
      const value = await this.#pruneNow(writing, rules, metric, false);
      return { ids: [...removedBy(value.plan)], value };
    });
  }

  /** Moves these versions to the trash, whatever the rules say: a person chose them. */
  moveToTrash(ids: readonly string[]): Promise<string> {
    return this.#write('trash', async (writing) => {
      const doomed = filesOfVersions(this.root, this.config, new Set(ids));
      const { id } = await moveToTrash(
        this.#disk,
        this.root,
        writing.newOperation('trash', 'by hand'),
        doomed,
      );
      return { ids: [...ids], value: id };
    });
  }

  /** What can be brought back, newest first. */
  listTrash(): Promise<TrashedOperation[]> {
    return listTrash(this.#disk, this.root);
  }

  /** Brings back what an operation moved or replaced; by default the newest. @throws ModelNotFoundError */
  undo(operation: string | null = null): Promise<Undone> {
    return this.#write('undo', async (writing) => {
      const target = await findUndoable(this.#disk, this.root, operation);
      const draft = writing.newOperation('undo', `undo of ${target.id}`);
      const value = await undo(this.#disk, this.root, target, draft);
      return { ids: value.restored, value };
    });
  }

  /** Deletes for good what is in the trash, or what is older than so many milliseconds. @returns what went */
  emptyTrash(olderThan = 0): Promise<TrashedOperation[]> {
    return this.#write('empty trash', async () => {
      const before = Date.now() - olderThan;
      const value = (await this.listTrash()).filter(({ at }) => olderThan === 0 || Date.parse(at) < before);
      await emptyTrash(this.#disk, this.root, value);
      return { ids: value.flatMap(({ versions }) => versions), value };
    });
  }

  /** Changes what is noted of a version. @throws ModelNotFoundError */
  mark(id: string, command: string, change: (mark: Mark) => Mark): Promise<Mark> {
    return this.#write(command, async () => {
      this.describe(id);
      const mark = change(this.marks.get(id) ?? emptyMark(id));
      await writeMarks(this.#disk, this.bookkeeping, mark);
      return { ids: [id], value: mark };
    });
  }

  /** Verified copies of versions, their sidecars with them, in a folder outside the run. */
  exportVersions(ids: readonly string[], folder: string): Promise<Exported> {
    const versions = filesOfVersions(this.root, this.config, new Set(ids));
    return exportVersions(
      this.#disk,
      this.root,
      versions,
      folder,
      (id) => this.version(id)?.checksum ?? null,
    );
  }

  /** Puts the checksum of every whole file on record that has none. @returns what was added */
  seal(): Promise<Seal[]> {
    return this.#write('seal', async () => {
      await this.look();
      const seals: Seal[] = [];
      const unsealed = this.versions().filter(
        ({ checksum, integrity }) => checksum === null && integrity.state !== 'writing',
      );
      await this.verify(
        unsealed.map(({ id }) => id),
        ({ id, integrity: { state, actual } }) => {
          if (state === 'unsealed' && actual !== null) seals.push({ id, checksum: actual });
        },
      );
      seals.sort((a, b) => (a.id < b.id ? -1 : 1));
      await addSeals(this.#disk, this.root, seals);
      await this.look();
      return { ids: seals.map(({ id }) => id), value: seals };
    });
  }

  /** Finishes or undoes what was interrupted, and applies the run’s own retention. @returns ids that went to the trash */
  async cleanup(): Promise<string[]> {
    const { plan } = await this.prune(this.#ownRules());
    return [...removedBy(plan)];
  }

  /** Everything that was done to the run, oldest first. */
  log(): LogEntry[] {
    return readLog(this.bookkeeping);
  }

  async #save(kind: VersionKind, request: SaveRequest): Promise<Saved> {
    const saved = await this.#saveAndRetain(kind, request);
    if (request.backUpBest && this.getBestModelInfo()?.id === saved.id)
      await this.backups.create(new Set([saved.id]), { reason: 'a new best model' });
    return saved;
  }

  #saveAndRetain(kind: VersionKind, request: SaveRequest): Promise<Saved> {
    return this.#write('save', async (writing) => {
      await this.look();
      let highestVersion = 0;
      for (const { number } of this.list()) highestVersion = Math.max(highestVersion, number ?? 0);
      const checksumOf = (id: string) => this.version(id)?.checksum ?? null;
      const saved = await saveVersion(writing, request, { kind, highestVersion, checksumOf });
      this.remember(verifiedOnWriting(this.root, saved));
      if (!this.config.save_metadata) await addSeals(this.#disk, this.root, [saved]);
      // The version is stored, whatever comes of the tidying after it.
      const pruned = await this.#retain(writing, request, saved).catch((error: unknown) => {
        saved.warnings.push(`it is saved, but retention did not run: ${explainError(error)}`);
        return [];
      });
      return { ids: [saved.id, ...pruned], value: { ...saved, pruned } };
    });
  }

  /** What follows a save: the run's own retention, and the limits of what that may hold in the trash. */
  async #retain(writing: Writing, { prune = true }: SaveRequest, { kind, size }: Saved): Promise<string[]> {
    let removed: string[] = [];
    if (prune && kind === 'best' && this.config.max_best_models > 0) {
      const rules = this.#ownRules();
      removed = [...removedBy((await this.#pruneNow(writing, rules, this.metric, true)).plan)];
    } else await this.look();
    const limits = { ...automaticLimits, room: 2 * size };
    await emptyTrash(this.#disk, this.root, await overLimits(this.#disk, this.root, limits, Date.now()));
    return removed;
  }

  #ownRules(): RetentionRules {
    return { keepBest: this.config.max_best_models, keepLatest: null, keepEvery: null, kinds: 'best' };
  }

  #pruneNow(
    writing: Writing,
    rules: RetentionRules,
    metric: SelectionMetric,
    automatic: boolean,
  ): Promise<Pruned> {
    return pruneRun(writing, this.#subject(rules), rules, metric, automatic);
  }

  #subject(rules: RetentionRules): PruneSubject {
    return {
      candidates: () => this.#candidates(rules),
      verify: async (ids) => {
        const unread = ids.filter((id) => !this.version(id)?.integrity.checked_at);
        if (unread.length > 0) await this.verify(unread, () => undefined);
      },
    };
  }

  async #candidates({ keepEvery }: RetentionRules): Promise<RetentionCandidate[]> {
    await this.look();
    const resumed = posix.join(this.config.checkpoint_dir, this.config.checkpoint_name);
    const linked = findLinked(this.root, this.config);
    const stepOf = ({ id }: ListedVersion) => (keepEvery === null ? null : toNumber(this.version(id)?.step));
    return [...this.list()].map((version) => ({
      ...version,
      pinned: this.marks.get(version.id)?.pinned ?? false,
      step: stepOf(version),
      linked: linked.has(version.id),
      resumed: version.id === resumed,
    }));
  }

  #gain(ids: ReadonlySet<string>): number {
    if (ids.size === 0) return 0;
    const files = filesOfVersions(this.root, this.config, ids).flatMap((version) => version.files);
    return diskGain(files.map((file) => join(this.root, file)));
  }

  async #write<T>(command: string, work: (writing: Writing) => Promise<Outcome<T>>): Promise<T> {
    const run = { root: this.root, config: this.config, disk: this.#disk, wait: this.#wait };
    const touched: string[] = [];
    const value = await writeRun(run, command, async (writing) => {
      if (this.config.cleanup_on_start) await clearTemp(writing);
      const outcome = await work(writing);
      touched.push(...outcome.ids);
      return outcome;
    });
    this.annotated(touched);
    this.reconcile();
    return value;
  }
}
