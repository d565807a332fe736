import { join } from 'node:path';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { VersionKind } from '../../shared/model/version.ts';
import type { RetentionRules } from '../../shared/query/plan-retention.ts';
import { filesOf } from './backup/backup-manifest.ts';
import { type Exported, exportVersions } from './backup/export-versions.ts';
import { RunBackups } from './backup/run-backups.ts';
import { filesOfVersions } from './catalog/files-of-versions.ts';
import { type Disk, realDisk } from './files/disk.ts';
import { explainError } from './files/error-code.ts';
import { addSeals, type Seal, sealReturned } from './integrity/seal-run.ts';
import { verifiedOnWriting } from './integrity/verified-on-writing.ts';
import { emptyMark, type Mark, readMarks } from './marks/marks.ts';
import { writeMarks } from './marks/write-marks.ts';
import { ModelLoader } from './model-loader.ts';
import type { ReaderOptions } from './open-run.ts';
import { namesIn } from './operations/discard-kept.ts';
import { foreseeTrash } from './operations/foresee-recovery.ts';
import { intentFolder, ownFolder } from './operations/operation.ts';
import { type LogEntry, readLog } from './operations/operation-log.ts';
import {
  type Outcome,
  type WritableRun,
  type Writing,
  writeNotes,
  writeRun,
} from './operations/write-run.ts';
import type { ClonedFile } from './retention/disk-gain.ts';
import { removedBy } from './retention/plan-with-survivors.ts';
import { type Pruned, type PruneOptions, type PrunePlan, RunRetention } from './retention/run-retention.ts';
import { assertConfigured } from './save/check-save.ts';
import type { Saved, SaveRequest } from './save/save-request.ts';
import { saveVersion } from './save/save-version.ts';
import { clearTemp } from './trash/clear-temp.ts';
import { emptyTrash, keepWithinLimits } from './trash/empty-trash.ts';
import { listTrash, type TrashedOperation } from './trash/list-trash.ts';
import { moveToTrash } from './trash/move-to-trash.ts';
import { findUndoable, type Undone, undo } from './trash/undo.ts';

/** Faults of a config that leave it open which versions are to stay. */
const decidesRetention = /^(?:max_best|best_model_selection|cannot be read)/;

export interface ManagerOptions extends ReaderOptions {
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
  readonly #disk: Disk;
  readonly #writable: WritableRun;
  readonly #retention: RunRetention;

  /** @throws UsageError when the folder cannot be opened */
  constructor(folder: string, { wait = 10_000, onNotice, disk = realDisk, ...options }: ManagerOptions = {}) {
    super(folder, options);
    this.#disk = disk;
    this.#writable = { root: this.root, config: this.config, disk, wait, onNotice };
    this.#retention = new RunRetention(this);
    this.backups = new RunBackups({
      root: this.root,
      bookkeeping: this.bookkeeping,
      disk,
      limits: this.settings.backups,
      write: (command, work) => this.#write(command, work),
      note: (command, work) => this.#note(command, work),
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
  planPrune(rules: RetentionRules, metric?: SelectionMetric): Promise<PrunePlan> {
    return this.#retention.plan(rules, metric);
  }

  /** Prunes by these rules, to the trash; survivors are verified first. @throws ModelManagerError for another plan than the one seen */
  prune(rules: RetentionRules, options: Omit<PruneOptions, 'automatic'> = {}): Promise<Pruned> {
    return this.#write('prune', async (writing) => {
      const value = await this.#retention.prune(writing, rules, options);
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
  async listTrash(): Promise<TrashedOperation[]> {
    const interrupted = await foreseeTrash(this.root, this.#disk);
    const kept = await listTrash(this.#disk, this.root);
    return [...interrupted.map((operation) => ({ ...operation, files: [] })), ...kept];
  }

  /** Brings back what an operation moved or replaced; by default the newest. @throws ModelNotFoundError */
  undo(operation: string | null = null): Promise<Undone> {
    return this.#write('undo', async (writing) => {
      const target = await findUndoable(this.#disk, this.root, operation);
      const draft = writing.newOperation('undo', `undo of ${target.id}`);
      const value = await undo(this.#disk, this.root, target, draft);
      // It is done, whatever comes of its record.
      await sealReturned(this.#disk, this.root, value.restored).catch(() => undefined);
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
    return this.#note(command, async () => {
      this.describe(id);
      // As it stands now that the run is locked: others may have noted something since it was looked at.
      const mark = change(readMarks(this.bookkeeping).get(id) ?? emptyMark(id));
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

  /** Finishes or undoes what was interrupted, where there is anything to do. @throws ModelManagerError when somebody else writes */
  async recover(): Promise<void> {
    if ((await namesIn(this.#disk, join(this.root, intentFolder))).length === 0) return;
    await writeRun({ ...this.#writable, wait: 0 }, 'recover', async () => ({ ids: [], value: undefined }));
    this.reconcile();
  }

  /** Finishes or undoes what was interrupted, and applies the run’s own retention. @returns ids that went to the trash */
  async cleanup(): Promise<string[]> {
    const { plan } = await this.prune(this.#retention.ownRules());
    return [...removedBy(plan)];
  }

  /** Files of the run with which its own backups share their bytes on the disk. */
  async clonedFiles(): Promise<ClonedFile[]> {
    const { backups } = await this.backups.list().catch(() => ({ backups: [] }));
    return backups.flatMap(({ manifest }) => filesOf(manifest).flatMap(({ clone_of }) => clone_of ?? []));
  }

  /** Everything that was done to the run, oldest first. */
  log(): LogEntry[] {
    return readLog(this.bookkeeping);
  }

  async #save(kind: VersionKind, request: SaveRequest): Promise<Saved> {
    const saved = await this.#saveAndRetain(kind, request);
    if (!request.backUpBest) return saved;
    await this.readOwnRecords();
    if (this.getBestModelInfo()?.id === saved.id)
      await this.backups.create(new Set([saved.id]), { reason: 'a new best model' });
    return saved;
  }

  #saveAndRetain(kind: VersionKind, request: SaveRequest): Promise<Saved> {
    return this.#write('save', async (writing) => {
      assertConfigured(this.config, this.configProblems);
      await this.look();
      let highestVersion = 0;
      for (const { number } of this.list()) highestVersion = Math.max(highestVersion, number ?? 0);
      const checksumOf = (id: string) => this.version(id)?.checksum ?? null;
      const emptied: string[] = [];
      const makeRoom = async (room: number) => {
        const limits = { ...this.settings.trash, room };
        emptied.push(...(await keepWithinLimits(this.#disk, this.root, limits)));
      };
      const saved = await saveVersion(writing, request, { kind, highestVersion, checksumOf, makeRoom });
      this.remember(verifiedOnWriting(this.root, saved));
      if (!this.config.save_metadata) await addSeals(this.#disk, this.root, [saved]);
      // The version is stored, whatever comes of the tidying after it.
      const pruned = await this.#retain(writing, request, saved).catch((error: unknown) => {
        saved.warnings.push(`it is saved, but retention did not run: ${explainError(error)}`);
        return [];
      });
      await makeRoom(2 * saved.size).catch(() => undefined);
      const also = emptied.length > 0 ? [{ command: 'empty trash (its limits)', ids: emptied }] : [];
      return { ids: [saved.id, ...pruned], value: { ...saved, pruned }, also };
    });
  }

  /** What follows a save: the run's own rules, unless it is unsure what they are. @returns ids that went to the trash */
  async #retain(
    writing: Writing,
    { prune = true }: SaveRequest,
    { kind, warnings }: Saved,
  ): Promise<string[]> {
    await this.look();
    if (!prune || kind !== 'best' || this.config.max_best_models === 0) return [];
    const unsure = this.configProblems.find(({ problem }) => decidesRetention.test(problem));
    if (unsure) {
      warnings.push(`nothing was pruned, until this is corrected: ${unsure.path}: ${unsure.problem}`);
      return [];
    }
    const { plan } = await this.#retention.prune(writing, this.#retention.ownRules(), { automatic: true });
    return [...removedBy(plan)];
  }

  #write<T>(command: string, work: (writing: Writing) => Promise<Outcome<T>>): Promise<T> {
    return this.#andTell(work, (told) =>
      writeRun(this.#writable, command, async (writing) => {
        if (this.config.cleanup_on_start) await clearTemp(writing);
        return told(writing);
      }),
    );
  }

  /** For what changes only what Cairn itself knows of the run: that can be done to a run that must not be written to. */
  #note<T>(command: string, work: (writing: Writing) => Promise<Outcome<T>>): Promise<T> {
    if (this.bookkeeping === join(this.root, ownFolder)) return this.#write(command, work);
    return this.#andTell(work, (told) => writeNotes(this.#writable, this.bookkeeping, command, told));
  }

  async #andTell<T>(
    work: (writing: Writing) => Promise<Outcome<T>>,
    write: (told: typeof work) => Promise<T>,
  ): Promise<T> {
    const touched: string[] = [];
    const value = await write(async (writing) => {
      const outcome = await work(writing);
      touched.push(...outcome.ids);
      return outcome;
    });
    this.annotated(touched);
    this.reconcile();
    return value;
  }
}
