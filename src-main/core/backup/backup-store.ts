import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { hashOf } from '../files/hash-of.ts';
import { namesIn } from '../files/names-in.ts';
import { mostBytes, readRecord } from '../files/read-record.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import { type Reading, type StagedFile, stageCopy } from '../files/stage-file.ts';
import { confirmDone } from '../operations/confirm-done.ts';
import { makeFolder, syncFolder } from '../operations/run-folders.ts';
import { sweepStages } from '../operations/sweep-stages.ts';
import {
  type BackupFile,
  type BackupManifest,
  compareAge,
  filesOf,
  manifestText,
  parseManifest,
} from './backup-manifest.ts';
import type { BackedUpVersion, BackupSource } from './backup-source.ts';

/** What a store holds, newest first, and what of it is damaged, by absolute paths. */
export interface StoreListing {
  backups: BackupManifest[];
  problems: Problem[];
}

/** The folders in a store; files are staged in both. */
export const storeFolders = ['objects', 'manifests'] as const;

/** Where there are no kernel locks there is no such file. */
const lockName = 'lock';
const storeParts: readonly string[] = [...storeFolders, lockName];

/** Bytes that no backup has may be those of one that is being made or is still arriving; untouched for so long, in milliseconds, they are not. */
const arrivingFor = 24 * 3600 * 1000;

const damage =
  'this record of a backup is damaged, or another version of Cairn wrote it: the backup cannot be used, and until the record is fixed or moved away no bytes of its store are deleted';

/** Whether bytes that no backup has may be removed. */
type MayGo = (checksum: string, look: FileStatus) => boolean;

const isLeft: MayGo = (_checksum, { ctimeMs }) => Date.now() - ctimeMs > arrivingFor;

function isOneOf(checksums: Iterable<string>): MayGo {
  const known = new Set(checksums);
  return (checksum) => known.has(checksum);
}

function checksumsOf(backup: BackupManifest): string[] {
  return filesOf(backup).map(({ checksum }) => checksum);
}

/**
 * A folder of backups: `objects/SHA256` holds bytes, each once however many backups share them; `manifests/ID.json` the rest.
 * Who changes it holds its lock (`lock`): shared to add to it, alone to delete.
 */
export class BackupStore implements BackupSource {
  readonly folder: string;
  readonly disk: Disk;

  constructor(disk: Disk, folder: string) {
    this.folder = folder;
    this.disk = disk;
  }

  /**
   * Copies a file in, unless its bytes are there and whole already. The store was prepared; the name is not durable until a manifest is written.
   * @param added gets the checksum of bytes under whose name nothing was there
   * @returns what there is to record of it
   * @throws the signal's reason
   */
  async put(
    path: string,
    reading: Reading = {},
    added: Set<string> = new Set(),
  ): Promise<Omit<BackupFile, 'path'>> {
    const look = await this.disk.lookAt(path);
    const staged = await stageCopy(this.disk, path, join(this.folder, 'objects'), 'object', reading);
    const { checksum, size } = staged;
    const told = { checksum, size, ...(look ? { mtime_ms: look.mtimeMs } : {}) };
    const shares = staged.cloned && look ? { clone_of: { ino: look.ino, mtime_ms: look.mtimeMs } } : {};
    try {
      return (await this.#place(staged, added)) ? { ...told, ...shares } : told;
    } catch (error) {
      await this.disk.unlink(staged.path).catch(() => undefined);
      throw error;
    }
  }

  /** Gives a copy the name of its bytes. @returns false where they are there already, and the copy is gone */
  async #place({ checksum, path }: StagedFile, added: Set<string>): Promise<boolean> {
    // What cannot be read is put there again.
    if (await this.#isKept(checksum, path).catch(() => false)) {
      await this.disk.unlink(path);
      return false;
    }
    const isNew = (await this.disk.lookAt(this.objectPath(checksum))) === null;
    await this.disk.rename(path, this.objectPath(checksum));
    if (isNew) added.add(checksum);
    return true;
  }

  /** Removes what backups that were cut short left half written; a recovery of the run does not come to a store elsewhere. */
  async sweep(): Promise<void> {
    for (const folder of storeFolders) await sweepStages(this.disk, join(this.folder, folder));
  }

  /** Whether the store has these bytes whole, and open to nobody else than this copy of them. */
  async #isKept(checksum: string, copy: string): Promise<boolean> {
    const [old, own] = [await this.disk.lookAt(this.objectPath(checksum)), await this.disk.lookAt(copy)];
    return old !== null && own !== null && (old.mode & ~own.mode) === 0 && (await this.isWhole(checksum));
  }

  /** Whether the bytes of that checksum are in the store and are what they were. */
  async isWhole(checksum: string, reading: Reading = {}): Promise<boolean> {
    const path = this.objectPath(checksum);
    const look = await this.disk.lookAt(path);
    return look?.type === 'file' && (await hashOf(this.disk, path, reading)) === checksum;
  }

  async holds({ checksum, size }: BackupFile): Promise<boolean> {
    const look = await this.disk.lookAt(this.objectPath(checksum));
    return look?.type === 'file' && look.size === size;
  }

  pathOf({ checksum }: BackupFile): string {
    return this.objectPath(checksum);
  }

  async withChecksums(versions: readonly BackedUpVersion[]): Promise<BackedUpVersion[]> {
    return [...versions];
  }

  objectPath(checksum: string): string {
    return join(this.folder, 'objects', checksum);
  }

  /**
   * Puts a manifest on record: from then on the backup exists.
   * @returns false where the file system does not confirm that its names outlive a power cut
   * @throws ModelManagerError when bytes of it are not in the store
   */
  async write(manifest: BackupManifest): Promise<boolean> {
    await this.prepare();
    const durable = await syncFolder(this.disk, join(this.folder, 'objects'));
    for (const file of filesOf(manifest)) if (!(await this.holds(file))) throw this.#lost(file);
    await this.#writeManifest(manifest);
    return durable;
  }

  /** Puts on record what became of a backup. @returns false for one that was deleted meanwhile, and stays deleted */
  async rewrite(manifest: BackupManifest): Promise<boolean> {
    if (!(await this.disk.lookAt(this.#manifestPath(manifest.id)))) return false;
    await this.#writeManifest(manifest);
    return true;
  }

  /** A number above that of every backup in it, as far as their records can be read. */
  async nextNumber(): Promise<number> {
    const { backups } = await this.list();
    return backups.reduce((highest, { number = 0 }) => Math.max(highest, number), 0) + 1;
  }

  /** All backups; a damaged manifest stands in the way of no other. @throws system errors as they are */
  async list(): Promise<StoreListing> {
    const names = await namesIn(this.disk, join(this.folder, 'manifests'));
    const ids = names.flatMap((name) => /^([^.].*)\.json$/s.exec(name)?.[1] ?? []);
    const records = await fewAtATime(ids, async (id) => {
      const path = this.#manifestPath(id);
      return {
        path,
        read: await readRecord(this.disk, path, (text) => parseManifest(text, id), mostBytes.files),
      };
    });
    const backups = records.flatMap(({ read }) => (read && 'value' in read ? [read.value] : []));
    const problems = records.flatMap(({ path, read }) =>
      read && 'damage' in read ? [{ path, problem: damage }] : [],
    );
    return { backups: backups.sort((a, b) => compareAge(b, a)), problems };
  }

  /**
   * Deletes a backup, and the bytes that no other one shares; those stay while a manifest is damaged: what it refers to cannot
   * be told.
   * @returns how many bytes no backup has that stay for now
   */
  async delete(id: string): Promise<number> {
    const { backups, problems } = await this.list();
    await this.disk.unlink(this.#manifestPath(id));
    await confirmDone(this.disk, [join(this.folder, 'manifests')], `backup ${id} is deleted`);
    const isOwn = isOneOf(backups.filter((backup) => backup.id === id).flatMap(checksumsOf));
    const mayGo: MayGo = (checksum, look) => isOwn(checksum, look) || isLeft(checksum, look);
    const listing = { backups: backups.filter((backup) => backup.id !== id), problems };
    // It is gone; bytes that cannot be removed take room, and no more.
    return this.#remove(listing, mayGo).catch(() => 0);
  }

  /** Removes these bytes as far as no backup has them; none while a manifest is damaged. */
  async drop(checksums: Iterable<string>): Promise<void> {
    await this.#remove(await this.list(), isOneOf(checksums));
  }

  /**
   * Removes the bytes that no backup has, and that were not touched for a day: of those that came to nothing. None while a manifest is damaged,
   * or where there is none: whose bytes these are is not known, or not yet.
   */
  async collect(): Promise<void> {
    const listing = await this.list();
    if (listing.backups.length > 0) await this.#remove(listing, isLeft);
  }

  /** How many bytes no backup has, those of copies that are half written included; 0 where a damaged manifest may have them. */
  async unclaimed(): Promise<number> {
    const folder = join(this.folder, 'objects');
    const names = await namesIn(this.disk, folder);
    if (names.length === 0) return 0;
    const { backups, problems } = await this.list();
    if (problems.length > 0) return 0;
    const claimed = new Set(backups.flatMap(checksumsOf));
    const paths = names.filter((name) => !claimed.has(name)).map((name) => join(folder, name));
    const looks = await fewAtATime(paths, (path) => this.disk.lookAt(path));
    return looks.reduce((sum, look) => sum + (look?.type === 'file' ? look.size : 0), 0);
  }

  /** Of the bytes that no backup has, removes those that may go. @returns how many of them stay */
  async #remove({ backups, problems }: StoreListing, mayGo: MayGo): Promise<number> {
    if (problems.length > 0) return 0;
    const shared = new Set(backups.flatMap(checksumsOf));
    const names = await namesIn(this.disk, join(this.folder, 'objects'));
    let staying = 0;
    for (const name of names.filter((each) => /^[0-9a-f]{64}$/.test(each) && !shared.has(each)))
      staying += await this.#removeOne(name, mayGo);
    return staying;
  }

  async #removeOne(checksum: string, mayGo: MayGo): Promise<number> {
    const path = this.objectPath(checksum);
    const look = await this.disk.lookAt(path);
    if (look === null || look.type === 'folder') return 0;
    if (!mayGo(checksum, look)) return look.size;
    await this.disk.unlink(path);
    return 0;
  }

  /** The number of the disk that it is on; null where it is not there. */
  async device(): Promise<number | null> {
    return (await this.disk.lookAt(this.folder))?.dev ?? null;
  }

  /** Whether anything was ever put into it. */
  async isMade(): Promise<boolean> {
    return (await this.disk.lookAt(join(this.folder, 'objects'))) !== null;
  }

  /** Makes the folder and those in it, each durable. */
  async prepare(): Promise<void> {
    await makeFolder(this.disk, dirname(this.folder), basename(this.folder));
    for (const folder of storeFolders) await makeFolder(this.disk, this.folder, folder);
  }

  /** What of a store is in its folder; all of it where that cannot be told. */
  async parts(): Promise<ReadonlySet<string>> {
    const names = await namesIn(this.disk, this.folder).catch(() => storeParts);
    return new Set(names.filter((name) => storeParts.includes(name)));
  }

  /** Removes what came to be of it, as far as nothing is in that. Who does it holds the lock alone. @param found what was there before */
  async unmake(found: ReadonlySet<string>): Promise<void> {
    for (const name of storeFolders) if (!found.has(name)) await this.disk.rmdir(join(this.folder, name));
    if (!found.has(lockName)) await this.disk.unlink(join(this.folder, lockName));
  }

  #manifestPath(id: string): string {
    return join(this.folder, 'manifests', `${id}.json`);
  }

  #lost({ path, checksum }: BackupFile): ModelManagerError {
    return new ModelManagerError(
      `nothing was backed up — the bytes of ${escapeName(path)} are no longer in ${escapeName(this.folder)}: something else removed them — back up again`,
      { path: this.objectPath(checksum) },
    );
  }

  async #writeManifest(manifest: BackupManifest): Promise<void> {
    const folder = join(this.folder, 'manifests');
    await replaceDurably(this.disk, folder, `${manifest.id}.json`, Buffer.from(manifestText(manifest)));
  }
}
