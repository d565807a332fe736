import { join } from 'node:path';
import type { LoggedCommand } from '../../shared/model/logged-command.ts';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { Problem } from '../../shared/model/run.ts';
import type { RunChoices } from '../../shared/model/run-choices.ts';
import type { Version, VersionKind } from '../../shared/model/version.ts';
import type { RetentionRules } from '../../shared/query/plan-retention.ts';
import { assertSound, assertThere, type Exported, exportVersions } from './backup/export-versions.ts';
import { makeOutsideFolder } from './backup/make-outside-folder.ts';
import { RunBackups } from './backup/run-backups.ts';
import { ownStoreFolders } from './backup/stores-of-run.ts';
import type { Evaluation } from './benchmark/evaluation.ts';
import { type RecordedEvaluations, recordEvaluations } from './benchmark/record-evaluations.ts';
import { filesAsRecovered, filesToCopy } from './catalog/files-of-versions.ts';
import { withLent } from './catalog/lent-files.ts';
import { runFolders } from './catalog/list-names.ts';
import { changeChoices, choicesFile } from './choices/run-choices.ts';
import { toFailure } from './errors.ts';
import { type Disk, realDisk } from './files/disk.ts';
import { diskInside } from './files/disk-inside.ts';
import { folderOfRecord } from './files/run-bookkeeping.ts';
import type { Reading } from './files/stage-file.ts';
import { faultIn } from './integrity/fault-in.ts';
import type { Seal } from './integrity/listed-lines.ts';
import { findSeals, recordSeals, type SealOptions } from './integrity/seal-run.ts';
import { VerifiedOnMoving } from './integrity/verified-on-moving.ts';
import { changeMarks } from './marks/change-marks.ts';
import type { Remarked } from './marks/mark-change.ts';
import { bytesNow, withBytes } from './marks/marked-bytes.ts';
import { type Mark, marksFile } from './marks/marks.ts';
import { ModelLoader } from './model-loader.ts';
import type { ReaderOptions } from './open-run.ts';
import { findUnsettled, foreseeRecovery } from './operations/foresee-recovery.ts';
import { ownFolder } from './operations/operation.ts';
import { type LogEntry, readLog } from './operations/operation-log.ts';
import type { ClonedFile } from './retention/disk-gain.ts';
import { removedBy } from './retention/plan-with-survivors.ts';
import {
  type Pruned,
  type PruneOptions,
  type PrunePlan,
  RunRetention,
  type SimulatedPlan,
  type SurvivorReading,
} from './retention/run-retention.ts';
import { RunWriter, type Work } from './run-writer.ts';
import { AdoptedChecksums } from './save/adopted-checksums.ts';
import { type Retained, retainAfterSave, saveWithinLimits } from './save/save-and-retain.ts';
import type { Saved, SaveRequest } from './save/save-request.ts';
import type { Doomed, TrashChoice } from './trash/choose-doomed.ts';
import type { TrashListing } from './trash/list-trash.ts';
import { RunTrash } from './trash/run-trash.ts';
import type { Undone } from './trash/undo.ts';
import { InterruptedWatch } from './watch/interrupted-watch.ts';

export interface ManagerOptions extends Omit<ReaderOptions, 'only'> {
  /** How long an operation waits for another writer, in milliseconds. */
  wait?: number;
  /** Is given, in one line, what a person must know of what an earlier process left half done. */
  onNotice?: (notice: string) => void;
  /** For tests, which make it fail. */
  disk?: Disk;
}

/**
 * One run: the one door to its versions. The window and the command line own one each, and nothing else touches the folder.
 * Everything that writes is done wholly or not at all, one writer at a time, and is in the log.
 */
export class ModelManager extends ModelLoader {
  readonly backups: RunBackups;
  /** What the run adopted from folders that are watched for it. */
  readonly adopted = new AdoptedChecksums(this.bookkeeping);
  readonly #disk: Disk;
  /** For what is written outside the run: nobody follows files there. */
  readonly #outside: Disk;
  readonly #writer: RunWriter;
  readonly #onNotice: ManagerOptions['onNotice'];
  readonly #trash: RunTrash;
  readonly #retention: RunRetention;
  #interrupted: InterruptedWatch | null = null;
  #unsettled: readonly Problem[] = [];

  /** @throws UsageError when the folder cannot be opened */
  constructor(folder: string, { wait = 10_000, onNotice, disk: own, ...options }: ManagerOptions = {}) {
    super(folder, options);
    const { root, config, bookkeeping } = this;
    const moving = new VerifiedOnMoving(own ?? diskInside(realDisk, root), root, config, this.verifications);
    const { disk } = moving;
    const stagingFolders = [...runFolders(config).map(({ path }) => path), ...ownStoreFolders];
    const run = { root, config, disk, stagingFolders, wait, onNotice };
    const writer = new RunWriter(run, bookkeeping, moving, (touched, moved) => {
      this.remember(moved);
      this.annotated(touched);
      this.reconcile();
    });
    this.#disk = disk;
    this.#outside = own ?? realDisk;
    this.#onNotice = onNotice;
    this.#writer = writer;
    const checksumOf = (id: string) => this.version(id)?.checksum ?? null;
    this.#trash = new RunTrash({ root, config, disk, writer, bookkeeping, checksumOf });
    this.#retention = new RunRetention(this);
    this.backups = new RunBackups({
      ...run,
      bookkeeping,
      limits: this.settings.backups,
      write: (command, work) => writer.write(command, work),
      note: (command, work) => writer.note(command, work),
      recover: () => writer.recover(),
      filesOf: (ids) => filesToCopy(root, config, ids),
      withLent: (versions) => withLent(versions, this),
      checksumOf,
      faultOf: (id) => faultIn(this.version(id)?.integrity ?? null),
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

  /** What pruning by these rules would do now; changes nothing, but reads the bytes of those that stay and decide what goes. @throws ModelManagerError where nothing tells the best */
  planPrune(rules: RetentionRules, metric?: SelectionMetric, reading?: SurvivorReading): Promise<PrunePlan> {
    return this.#retention.plan(rules, metric, reading);
  }

  /** The same by what is known now, at once: nothing is read. */
  simulatePrune(rules: RetentionRules, metric?: SelectionMetric): SimulatedPlan {
    return this.#retention.simulate(rules, metric);
  }

  /** Prunes by these rules, to the trash; survivors that decide what goes are verified first. @throws ModelManagerError for another plan than the one seen */
  async prune(rules: RetentionRules, options: Omit<PruneOptions, 'automatic'> = {}): Promise<Pruned> {
    // Reading what is to stay takes its time: what was read counts while it is not touched, and then others need not wait.
    await this.#retention.plan(rules, options.metric, options.reading);
    return this.#writer.write('prune', async (writing) => {
      const value = await this.#retention.prune(writing, rules, options);
      return {
        ids: [...removedBy(value.plan)],
        value,
        operation: value.operation ?? undefined,
        bytes: value.moved,
      };
    });
  }

  /** Moves these versions to the trash, whatever the rules say: a person chose them. @returns the operation to undo */
  moveToTrash(ids: readonly string[]): Promise<string> {
    return this.#trash.move(ids);
  }

  /** What can be brought back, newest first. */
  listTrash(): Promise<TrashListing> {
    return this.#trash.list();
  }

  /** Brings back what an operation moved or replaced; by default the newest. @throws ModelNotFoundError */
  undo(operation: string | null = null): Promise<Undone> {
    return this.#trash.undo(operation);
  }

  /** What emptying the trash would delete; by default all that is whole. @throws ModelNotFoundError */
  planEmptying(choice: TrashChoice = { olderThan: 0 }): Promise<Doomed> {
    return this.#trash.planEmptying(choice);
  }

  /** Deletes that for good. @returns what went */
  emptyTrash(choice: TrashChoice = { olderThan: 0 }): Promise<Doomed> {
    return this.#trash.empty(choice);
  }

  /** Changes what is noted of versions, of all of them or of none. @returns each as it was and is @throws ModelNotFoundError */
  mark(
    ids: readonly string[],
    command: LoggedCommand,
    change: (mark: Mark, version: Version) => Mark,
  ): Promise<Remarked[]> {
    return this.#writer.note(command, async () => {
      const versions = new Map(ids.map((id) => [id, this.known(id)]));
      const value = await changeMarks(
        this.#disk,
        this.bookkeeping,
        [...versions.keys()],
        (mark) => {
          const version = versions.get(mark.id) as Version;
          return withBytes(mark, change(mark, version), bytesNow(version, this.seenIdentity(mark.id)));
        },
        this.#folderOf(marksFile),
      );
      return { ids: [...versions.keys()], value };
    });
  }

  #folderOf(file: string): string {
    return folderOfRecord(this.root, this.bookkeeping, file);
  }

  /** Puts what a benchmark found into the sidecars of its versions, in one operation; which have none of their own is told. */
  recordEvaluations(evaluations: readonly Evaluation[]): Promise<RecordedEvaluations> {
    return this.#writer.write('benchmark', (writing) => recordEvaluations(this, writing, evaluations));
  }

  /** Changes what a person decided of the run: by which metric it is ranked, what they know of its returns. */
  choose(change: (choices: RunChoices) => RunChoices): Promise<void> {
    return this.#writer.note('choose', async () => {
      await changeChoices(this.#disk, this.bookkeeping, change, this.#folderOf(choicesFile));
      return { ids: [], value: undefined };
    });
  }

  /**
   * Verified copies of versions, their sidecars with them, in a folder outside the run: all of them, or none; with an operation
   * that was interrupted, as recovering it will leave them.
   */
  async exportVersions(ids: readonly string[], folder: string, reading?: Reading): Promise<Exported> {
    return this.#writer.record('export', async () => {
      const foreseen = await foreseeRecovery(this.root, this.#disk);
      const versions = await withLent(filesAsRecovered(this.root, this.config, new Set(ids), foreseen), this);
      assertThere(ids, versions);
      await assertSound(ids, this, reading);
      const placeOf = (path: string) => join(this.root, foreseen.get(path) ?? path);
      const checksumOf = (id: string) => this.version(id)?.checksum ?? null;
      const { backup_suffix: backupSuffix } = this.config;
      const to = makeOutsideFolder(folder, this.root, 'export');
      const source = { placeOf, backupSuffix, checksumOf, reading, onNotice: this.#onNotice };
      const disk = diskInside(this.#outside, to.path);
      const { bytes, ...value } = await exportVersions(disk, source, versions, to);
      return { ids: [...ids], value, bytes };
    });
  }

  /** Puts the checksum of every whole file on record that has none. @returns what was added @throws the signal's reason */
  async seal(options: SealOptions = {}): Promise<Seal[]> {
    // A file that recovering moves is another one by its times; who writes now recovers it himself.
    await this.recover().catch(() => undefined);
    const found = await findSeals(this, options);
    options.signal?.throwIfAborted();
    return this.#writer.write('seal', (writing) => recordSeals(this, writing, found));
  }

  /** Finishes or undoes what was interrupted, where there is anything to do. @throws ModelManagerError when somebody else writes */
  recover(): Promise<void> {
    return this.#writer.recover();
  }

  /** {@link RunReader.follow}; what other processes are cut off in is settled meanwhile, or told where the run must not be written to. */
  override follow(): void {
    super.follow();
    const interrupted = this.settleInterrupted();
    this.subscribe(({ type }) => type === 'looked' && interrupted.cover());
    this.#interrupted = interrupted;
  }

  override close(): void {
    this.#interrupted?.close();
    super.close();
  }

  /** Until it is closed, settles what other processes are cut off in. */
  settleInterrupted(): InterruptedWatch {
    return new InterruptedWatch(this.root, async () => {
      if (this.bookkeeping === join(this.root, ownFolder)) return this.recover();
      this.#unsettled = await findUnsettled(this.root, this.#disk);
      this.reconcile();
    });
  }

  protected override get found(): readonly Problem[] {
    return [...this.#unsettled, ...super.found];
  }

  /**
   * Moves the damaged record of an interrupted operation to the trash, with the files that wait there: only then is anything
   * written to the run again. @throws ModelNotFoundError; ModelManagerError where it is not damaged
   */
  setAside(operation: string): Promise<void> {
    return this.#writer.setAside(operation);
  }

  /** Finishes or undoes what was interrupted, and applies the run’s own retention. @returns ids that went to the trash */
  async cleanup(): Promise<string[]> {
    const { plan } = await this.prune(this.#retention.ownRules());
    return [...removedBy(plan)];
  }

  /** Files of the run with which its own backups share their bytes on the disk. */
  clonedFiles(): Promise<ClonedFile[]> {
    return this.backups.clonedFiles();
  }

  /** Everything that was done to the run, oldest first. */
  log(): LogEntry[] {
    return readLog(this.bookkeeping, this.#onNotice);
  }

  async #save(kind: VersionKind, request: SaveRequest): Promise<Saved> {
    const saved = await this.#writer.write('save', (writing) =>
      saveWithinLimits(this, writing, kind, request),
    );
    const write = (work: Work<Retained>) => this.#writer.write('prune (retention)', work);
    const retained = await retainAfterSave(this, this.#retention, write, this.config, request, saved);
    const done = { ...saved, ...retained, emptied: [...saved.emptied, ...retained.emptied] };
    // The version is stored, whatever comes of its backup.
    if (request.backUpBest)
      await this.#backUpIfBest(saved).catch((error: unknown) => {
        saved.warnings.push(`it is saved, but not backed up: ${toFailure(error).message}`);
      });
    return done;
  }

  async #backUpIfBest({ id }: Saved): Promise<void> {
    await this.readOwnRecords();
    if (this.getBestModelInfo()?.id === id)
      await this.backups.create(new Set([id]), { reason: 'a new best model' });
  }
}
