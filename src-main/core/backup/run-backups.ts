import type { Problem } from '../../../shared/model/run.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { roomOutside } from '../files/room.ts';
import type { Reading } from '../files/stage-file.ts';
import { notDurable } from '../operations/commit-and-tell.ts';
import { ensureBookkeeping, secondsSince } from '../operations/write-run.ts';
import type { ClonedFile } from '../retention/disk-gain.ts';
import { type BackedUp, copyVersions, putOnRecord, withLost } from './back-up-versions.ts';
import { bytesOf, filesOf } from './backup-manifest.ts';
import type { ListedBackup } from './backup-source.ts';
import { BackupStore } from './backup-store.ts';
import type { BackupSubject } from './backup-subject.ts';
import { assertDeletable, deleteBeyondLimits, deleteSpare } from './delete-backups.ts';
import { dropUnused, leaveAsFound } from './leave-as-found.ts';
import { makeOutsideFolder, removeMade } from './make-outside-folder.ts';
import { outcomeOf } from './outcome-of.ts';
import { findOverwritten, overwrittenId } from './overwritten-files.ts';
import { readBackup } from './read-backup.ts';
import { recordReading } from './record-reading.ts';
import type { RestoreChange } from './restore-changes.ts';
import { planRestoring, type Restored, restoreInto } from './restoring.ts';
import { assertRoomForBackup, tellOfRoom } from './room-for-copies.ts';
import { ensureRunId } from './run-identity.ts';
import {
  type BackupListing,
  findBackup,
  listBackups,
  localStore,
  otherRunOf,
  rememberedStores,
  rememberStore,
} from './stores-of-run.ts';
import { whileAdding, whileMaking } from './while-locked.ts';

export interface BackupOptions {
  label?: string | null;
  reason?: string;
  /** A folder for the copies; by default the run’s own. */
  to?: string;
  reading?: Reading;
}

/** The backups of one run: verified copies that can be brought back. */
export class RunBackups {
  readonly #run: BackupSubject;

  constructor(run: BackupSubject) {
    this.#run = run;
  }

  /**
   * Backups, newest first, at their end what was kept before overwriting, and what of their records is damaged: by paths of the run, absolute ones
   * elsewhere.
   * @param from a folder of backups: all that are in it, of whatever run; by default those of this run
   * @throws UsageError
   */
  async list(from: string | null = null): Promise<{ backups: ListedBackup[]; problems: Problem[] }> {
    const { backups, problems } = await listBackups(this.#run, from);
    const overwritten = from === null ? await this.#findOverwritten() : null;
    return { backups: overwritten ? [...backups, overwritten] : backups, problems };
  }

  /**
   * The backup that a version is best restored from: the newest that was whole when it was last read, else what was kept before it was overwritten; and
   * how many others of it were not whole.
   */
  async of(id: string): Promise<{ backup: ListedBackup | null; damaged: number }> {
    const { backups } = await this.list();
    const holding = backups.filter(({ manifest }) => manifest.versions.some((version) => version.id === id));
    const those = (state: ListedBackup['manifest']['state']) =>
      holding.filter(({ manifest }) => manifest.state === state);
    return {
      backup: those('verified')[0] ?? those('unrecorded')[0] ?? null,
      damaged: those('damaged').length,
    };
  }

  /** How many bytes that no backup has are in the run’s own store: one is being made, or was cut short. */
  unclaimed(): Promise<number> {
    const { disk, bookkeeping } = this.#run;
    // That a store cannot be read is told by the list of it.
    return localStore(disk, bookkeeping)
      .unclaimed()
      .catch(() => 0);
  }

  /** Files of the run with which its own backups share their bytes on the disk. */
  async clonedFiles(): Promise<ClonedFile[]> {
    const { backups } = await listBackups(this.#run).catch(() => ({ backups: [] }));
    return backups.flatMap(({ manifest }) => filesOf(manifest).flatMap(({ clone_of }) => clone_of ?? []));
  }

  /**
   * Copies these versions into a store; those that something speaks against are left out. Others may write to the run while it is
   * copied: each version is backed up as it was when its turn came.
   * @throws ModelValidationError when none is worth keeping
   */
  async create(
    ids: ReadonlySet<string>,
    { label = null, reason = 'by hand', to, reading = {} }: BackupOptions = {},
  ): Promise<BackedUp> {
    const started = performance.now();
    const { disk, root, bookkeeping, checksumOf, faultOf } = this.#run;
    // What was interrupted may have files elsewhere; who writes now recovers it himself.
    await this.#run.recover().catch(() => undefined);
    const versions = withLost(await this.#run.withLent(this.#run.filesOf(ids)), ids);
    const outside = to === undefined ? null : makeOutsideFolder(to, root, 'back up');
    const folder = outside?.path ?? null;
    const store = folder === null ? localStore(disk, bookkeeping) : new BackupStore(disk, folder);
    const found = await store.parts();
    const added = new Set<string>();
    const request = { label, reason, checksumOf, faultOf, reading, added };
    const room = outside
      ? roomOutside(disk, outside.path, 'backup')
      : ({ disk, folder: bookkeeping, use: 'backup' } as const);
    const copied = await outcomeOf(async () => {
      await ensureBookkeeping(disk, root, bookkeeping);
      if (folder !== null) await rememberedStores(disk, bookkeeping);
      // Before the store is made and locked, so that a refusal leaves nothing; who sweeps takes what ended processes left, and nobody else's.
      await store.sweep().catch(() => undefined);
      await assertRoomForBackup(room, store, root, versions, request);
      return whileMaking(store, this.#run.wait, () => copyVersions(store, root, versions, request));
    });
    const recorded = this.#run.note('backup', async ({ onNotice }) => {
      const all = copied();
      // First: a backup that nobody remembers is not found again.
      if (folder !== null) await rememberStore(disk, bookkeeping, folder);
      const runId = await ensureRunId(this.#run);
      const value = await whileAdding(store, this.#run.wait, () =>
        putOnRecord(store, root, all, { ...request, runId }),
      );
      if (!value.durable) onNotice?.(notDurable);
      if (value.skipped.length > 0) await dropUnused(store, added);
      const made = value.manifest.id;
      const also = folder === null ? await deleteBeyondLimits(this.#run, store, made, onNotice) : [];
      const copies = filesOf(value.manifest).map(({ path, size }) => ({ path: `${root}/${path}`, size }));
      await tellOfRoom(room, copies, onNotice);
      return {
        ids: value.manifest.versions.map(({ id }) => id),
        value,
        also,
        bytes: bytesOf(value.manifest),
        seconds: secondsSince(started),
      };
    });
    return recorded.catch(async (error: unknown) => {
      await leaveAsFound(store, found, added);
      if (outside) await removeMade(disk, outside).catch(() => undefined);
      throw error;
    });
  }

  /** Reads the bytes of a backup, or of all, again, and puts on record what came of it. @throws ModelNotFoundError */
  async verify(id: string | null, from: string | null = null, follow: Reading = {}): Promise<BackupListing> {
    const { backups, problems } =
      id === null
        ? await listBackups(this.#run, from)
        : { backups: [await findBackup(this.#run, id, from)], problems: [] };
    const readings = await fewAtATime(backups, async (stored) => ({
      stored,
      reading: await readBackup(stored, follow),
    }));
    return this.#run.note('verify backups', async () => {
      const verified = await fewAtATime(readings, (each) => recordReading(each, this.#run.wait));
      const value = { backups: verified.flatMap((each) => each ?? []), problems };
      return {
        ids: value.backups.map(({ manifest }) => manifest.id),
        value,
        bytes: value.backups.reduce((sum, { manifest }) => sum + bytesOf(manifest), 0),
      };
    });
  }

  /**
   * @param mayBeOther whether it was said that it may be of another run
   * @returns the files of it that are nowhere else, which it could not restore any more
   * @throws UsageError for one of another run; ModelManagerError when it holds the last copy of something that it could restore
   */
  async delete(id: string, from: string | null = null, mayBeOther = false): Promise<string[]> {
    await assertDeletable(this.#run, id, from, mayBeOther);
    return this.#run.note('delete backup', async ({ onNotice }) => {
      const { lost, notices } = await deleteSpare(this.#run, id, from);
      for (const each of notices) onNotice?.(each);
      return { ids: [id], value: lost };
    });
  }

  /** One of those that are listed. @throws ModelNotFoundError; ModelManagerError for one whose record is damaged */
  async get(id: string, from: string | null = null): Promise<ListedBackup> {
    const overwritten = id === overwrittenId && from === null ? await this.#findOverwritten() : null;
    return overwritten ?? findBackup(this.#run, id, from);
  }

  /** The folder of the run that a backup is of, where that is another; null for this one. */
  async otherRun(id: string, from: string | null = null): Promise<string | null> {
    return otherRunOf(this.#run, await this.get(id, from));
  }

  /** What restoring would change. @param ids of versions; null for all that the backup holds */
  async plan(
    id: string,
    ids: readonly string[] | null,
    from: string | null = null,
  ): Promise<RestoreChange[]> {
    return planRestoring(this.#run, await this.get(id, from), ids);
  }

  /**
   * Restores versions of a backup; what they replace goes to the trash. Others may write to the run while the bytes are copied: what they
   * saved in the place of one is not replaced.
   */
  async restore(
    id: string,
    ids: readonly string[] | null,
    from: string | null = null,
    reading: Reading = {},
  ): Promise<Restored> {
    const started = performance.now();
    const other = await this.otherRun(id, from);
    return restoreInto(this.#run, { get: () => this.get(id, from), id, other, ids, reading, started });
  }

  /** Of a run that cannot be read there is none: what is elsewhere is listed all the same. */
  #findOverwritten(): Promise<ListedBackup | null> {
    const { disk, root, config } = this.#run;
    return findOverwritten(disk, root, config).catch(() => null);
  }
}
