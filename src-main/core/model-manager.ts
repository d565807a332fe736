import { join } from 'node:path';
import { toNumber } from '../../shared/model/json.ts';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { VersionKind } from '../../shared/model/version.ts';
import {
  planRetention,
  type RetentionCandidate,
  type RetentionPlan,
  type RetentionRules,
} from '../../shared/query/plan-retention.ts';
import { filesOfVersions } from './catalog/files-of-versions.ts';
import { findLinked } from './catalog/find-linked.ts';
import type { ListedVersion } from './catalog/listed-version.ts';
import { type Disk, realDisk } from './files/disk.ts';
import { verifiedOnWriting } from './integrity/verified-on-writing.ts';
import { emptyMark, type Mark } from './marks/marks.ts';
import { writeMarks } from './marks/write-marks.ts';
import { type LogEntry, readLog } from './operations/operation-log.ts';
import { type Outcome, type Writing, writeRun } from './operations/write-run.ts';
import { diskGain } from './retention/disk-gain.ts';
import { type Pruned, pruneRun, removedBy } from './retention/prune-run.ts';
import { type ReaderOptions, RunReader } from './run-reader.ts';
import type { Saved, SaveRequest } from './save/save-request.ts';
import { saveVersion } from './save/save-version.ts';
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
export class ModelManager extends RunReader {
  readonly #disk: Disk;
  readonly #wait: number;

  /** @throws UsageError when the folder cannot be opened */
  constructor(folder: string, { wait = 10_000, disk = realDisk, ...options }: ManagerOptions = {}) {
    super(folder, options);
    this.#disk = disk;
    this.#wait = wait;
  }

  /** Stores bytes as the next best model; retention follows, unless told not to. */
  saveBestModel(request: SaveRequest): Promise<Saved> {
    return this.#save('best', request);
  }

  /** Stores bytes as the run's checkpoint, or under a name; what has the name is backed up first. */
  saveCheckpoint(request: SaveRequest): Promise<Saved> {
    return this.#save('checkpoint', request);
  }

  /** What pruning by these rules would do now; changes nothing. */
  async planPrune(rules: RetentionRules, metric: SelectionMetric = this.metric): Promise<PrunePlan> {
    const plan = planRetention(await this.#candidates(rules), rules, metric);
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
      this.remark(await writeMarks(this.#disk, this.bookkeeping, mark), [id]);
      return { ids: [id], value: mark };
    });
  }

  /** Everything that was done to the run, oldest first. */
  log(): LogEntry[] {
    return readLog(this.bookkeeping);
  }

  async #save(kind: VersionKind, request: SaveRequest): Promise<Saved> {
    return this.#write('save', async (writing) => {
      await this.look();
      let highestVersion = 0;
      for (const { number } of this.list()) highestVersion = Math.max(highestVersion, number ?? 0);
      const checksumOf = (id: string) => this.version(id)?.checksum ?? null;
      const saved = await saveVersion(writing, request, { kind, highestVersion, checksumOf });
      this.remember(verifiedOnWriting(this.root, saved));
      const pruned = await this.#retain(writing, request, saved);
      return { ids: [saved.id, ...pruned], value: { ...saved, pruned } };
    });
  }

  /** What follows a save: the run's own retention, and the limits of what that may hold in the trash. */
  async #retain(writing: Writing, { prune = true }: SaveRequest, { kind, size }: Saved): Promise<string[]> {
    const keepBest = this.config.max_best_models;
    let removed: string[] = [];
    if (prune && kind === 'best' && keepBest > 0) {
      const rules: RetentionRules = { keepBest, keepLatest: null, keepEvery: null, kinds: 'best' };
      removed = [...removedBy((await this.#pruneNow(writing, rules, this.metric, true)).plan)];
    } else await this.look();
    const limits = { ...automaticLimits, room: 2 * size };
    await emptyTrash(this.#disk, this.root, await overLimits(this.#disk, this.root, limits, Date.now()));
    return removed;
  }

  #pruneNow(
    writing: Writing,
    rules: RetentionRules,
    metric: SelectionMetric,
    automatic: boolean,
  ): Promise<Pruned> {
    const subject = {
      candidates: () => this.#candidates(rules),
      verify: async (ids: readonly string[]) => {
        const unread = ids.filter((id) => !this.version(id)?.integrity.checked_at);
        if (unread.length > 0) await this.verify(unread, () => undefined);
      },
    };
    return pruneRun(writing, subject, rules, metric, automatic);
  }

  async #candidates({ keepEvery }: RetentionRules): Promise<RetentionCandidate[]> {
    await this.look();
    const linked = findLinked(this.root, this.config);
    const stepOf = ({ id }: ListedVersion) => (keepEvery === null ? null : toNumber(this.version(id)?.step));
    return [...this.list()].map((version) => ({
      ...version,
      pinned: this.marks.get(version.id)?.pinned ?? false,
      step: stepOf(version),
      linked: linked.has(version.id),
    }));
  }

  #gain(ids: ReadonlySet<string>): number {
    if (ids.size === 0) return 0;
    const files = filesOfVersions(this.root, this.config, ids).flatMap((version) => version.files);
    return diskGain(files.map((file) => join(this.root, file)));
  }

  async #write<T>(command: string, work: (writing: Writing) => Promise<Outcome<T>>): Promise<T> {
    const run = { root: this.root, config: this.config, disk: this.#disk, wait: this.#wait };
    const value = await writeRun(run, command, work);
    this.reconcile();
    return value;
  }
}
