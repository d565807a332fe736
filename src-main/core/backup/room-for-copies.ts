import { join } from 'node:path';
import type { VersionFiles } from '../catalog/files-of-versions.ts';
import type { Disk } from '../files/disk.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { assertRoom, hasRoom, type Room, warnOfRoom } from '../files/room.ts';
import type { BackupRequest } from './back-up-versions.ts';
import { filesOf } from './backup-manifest.ts';
import type { BackupStore } from './backup-store.ts';

/** A file that is to be copied; its path is absolute. */
export interface CopiedFile {
  path: string;
  size: number;
}

/** A file that is to come into a store. `name` is its path in the run, `checksum` what is on record of its bytes. */
interface FileToKeep extends CopiedFile {
  name: string;
  checksum: string | null;
}

type Told = Pick<BackupRequest, 'checksumOf' | 'faultOf'>;

/**
 * Copies that can share their bytes with the originals need no room. Which those are, and what is there already, is asked only where
 * room is short.
 * @param isThere whether the bytes are there already: a copy of them goes as soon as that is found
 * @throws ModelManagerError where there is no room for the copies
 */
export async function assertRoomForCopies<Copied extends CopiedFile>(
  room: Room,
  files: readonly Copied[],
  isThere: (file: Copied) => Promise<boolean> = async () => false,
): Promise<void> {
  if (await hasRoom(room, sizeOf(files))) return;
  let [kept, needed] = [0, 0];
  for (const file of await filesOfTheirOwn(room, files)) {
    needed = Math.max(needed, kept + file.size);
    if (!(await isThere(file))) kept += file.size;
  }
  if (needed > 0) await assertRoom(room, needed);
}

/** Tells, once these files were copied, where the disk runs low. */
export async function tellOfRoom(
  room: Room,
  files: readonly CopiedFile[],
  tell?: (notice: string) => void,
): Promise<void> {
  if (files.length === 0 || (await warnOfRoom(room, sizeOf(files))).length === 0) return;
  const size = sizeOf(await filesOfTheirOwn(room, files));
  for (const warning of await warnOfRoom(room, size)) tell?.(warning);
}

/** Those of which a copy there takes bytes. */
async function filesOfTheirOwn<Copied extends CopiedFile>(
  { disk, folder }: Room,
  files: readonly Copied[],
): Promise<Copied[]> {
  const shared = await fewAtATime(files, ({ path }) => disk.mayShare(path, folder).catch(() => true));
  return files.filter((_file, index) => !shared[index]);
}

/**
 * {@link assertRoomForCopies} of versions in a store of backups. What it holds is told by the checksum on record, else by the name and size:
 * where that takes a file for another, too little is asked for, never too much.
 */
export async function assertRoomForBackup(
  room: Room,
  store: BackupStore,
  root: string,
  versions: readonly VersionFiles[],
  told: Told,
): Promise<void> {
  const files = await filesAt(store.disk, filesToKeep(root, versions, told), 'each file once');
  if (await hasRoom(room, sizeOf(files))) return;
  const held = await filesHeld(store);
  await assertRoomForCopies(room, files, async ({ name, size, checksum }) =>
    checksum === null ? held.has(nameAndSize(name, size)) : store.holds({ path: name, size, checksum }),
  );
}

/** The regular files among these. @param names whether one with several names is copied for each, or comes into a store once */
export async function filesAt<Named extends { path: string }>(
  disk: Disk,
  named: readonly Named[],
  names: 'each name' | 'each file once' = 'each name',
): Promise<(Named & CopiedFile)[]> {
  const looks = await fewAtATime(named, ({ path }) => disk.lookAt(path));
  const found = new Map<string, Named & CopiedFile>();
  for (const [index, each] of named.entries()) {
    const look = looks[index];
    if (look?.type !== 'file') continue;
    const key = names === 'each name' ? `${index}` : `${look.dev}:${look.ino}`;
    found.set(key, { ...each, size: look.size });
  }
  return [...found.values()];
}

/** What of sound versions is to come into a store. */
function filesToKeep(
  root: string,
  versions: readonly VersionFiles[],
  { checksumOf, faultOf }: Told,
): Omit<FileToKeep, 'size'>[] {
  const sound = versions.filter(({ id }) => !faultOf?.(id));
  return sound.flatMap(({ id, files, parts }) =>
    files.map((name) => {
      const checksum = name === id && parts === undefined ? checksumOf(id) : null;
      return { path: join(root, name), name, checksum };
    }),
  );
}

/** What backups of a store hold, by {@link nameAndSize}; one that cannot be read holds nothing that is known. */
async function filesHeld(store: BackupStore): Promise<ReadonlySet<string>> {
  const { backups } = await store.list().catch(() => ({ backups: [] }));
  return new Set(backups.flatMap(filesOf).map(({ path, size }) => nameAndSize(path, size)));
}

function nameAndSize(name: string, size: number): string {
  return `${size} ${name}`;
}

function sizeOf(files: readonly CopiedFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
