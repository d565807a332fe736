import { basename, dirname, sep } from 'node:path';
import { ModelManagerError } from '../errors.ts';
import type { Disk, DiskFile } from './disk.ts';
import { inHeldFolder } from './held-folder.ts';

/** What a call did in a folder that was moved away meanwhile is taken back. */
type TakeBack<T> = (path: string, value: T) => Promise<unknown>;

/**
 * A disk that changes nothing behind a link, whenever that came there: below the root every change is made in a folder that is held
 * meanwhile. Somebody may put a link in its place between any look and the call that relies on it; that call fails then, or does what it was to do in the folder that was looked at. What is elsewhere passes as it is, and so does what only reads: folders of
 * a run may be links.
 * @param root absolute, and no link
 */
export function diskInside(disk: Disk, root: string): Disk {
  const at = async <T>(
    path: string,
    act: (path: string) => Promise<T>,
    takeBack: TakeBack<T> = nothing,
  ): Promise<T> => {
    if (!isBelow(path, root)) return act(path);
    return inHeldFolder(dirname(path), root, async (folder, isInPlace) => {
      const held = `${folder}/${basename(path)}`;
      const value = await act(held).catch((error: unknown) => {
        throw asNamed(error, held, path);
      });
      if (isInPlace()) return value;
      await takeBack(held, value).catch(() => undefined);
      throw movedAway(dirname(path));
    });
  };
  const unlink = (path: string) => disk.unlink(path);
  return {
    create: (path) => at(path, (held) => disk.create(held), withdraw(disk)),
    open: (path) => disk.open(path),
    reopen: (path) => at(path, (held) => disk.reopen(held), close),
    append: (path) => at(path, (held) => disk.append(held), withdrawEmpty(disk)),
    link: (from, to) => at(from, (old) => at(to, (fresh) => disk.link(old, fresh), unlink)),
    rename: (from, to) =>
      at(from, (old) => at(to, (fresh) => disk.rename(old, fresh), renameBack(disk, old))),
    unlink: (path) => at(path, unlink),
    mkdir: (path, mode) =>
      at(
        path,
        (held) => disk.mkdir(held, mode),
        (held) => disk.rmdir(held),
      ),
    chmodFolder: (path, mode) => at(path, (held) => disk.chmodFolder(held, mode)),
    rmdir: (path) => at(path, (held) => disk.rmdir(held)),
    clone: (from, to) => at(to, (fresh) => disk.clone(from, fresh), unlink),
    readdir: (path) => disk.readdir(path),
    lookAt: (path) => disk.lookAt(path),
    syncFolder: (path) => disk.syncFolder(path),
    freeSpace: (path) => disk.freeSpace(path),
    mayShare: (file, folder) => disk.mayShare(file, folder),
  };
}

const nothing = async () => undefined;
const close = (_: string, file: DiskFile) => file.close();

function withdraw(disk: Disk): TakeBack<DiskFile> {
  return async (path, file) => {
    await file.close();
    await disk.unlink(path);
  };
}

/** One that was there before is not its own. */
function withdrawEmpty(disk: Disk): TakeBack<DiskFile> {
  return async (path, file) => {
    const isNew = (await file.size()) === 0;
    await file.close();
    if (isNew) await disk.unlink(path);
  };
}

function renameBack(disk: Disk, from: string): TakeBack<void> {
  return async (to) => {
    if ((await disk.lookAt(from)) === null) await disk.rename(to, from);
  };
}

function isBelow(path: string, root: string): boolean {
  const next = path[root.length];
  return path.startsWith(root) && (next === '/' || next === sep);
}

/** Names the file as it was asked for, not as it is held. */
function asNamed(error: unknown, held: string, path: string): unknown {
  if (!(error instanceof Error)) return error;
  error.message = error.message.replaceAll(held, path);
  for (const key of ['path', 'dest'] as const)
    if (key in error && Reflect.get(error, key) === held) Reflect.set(error, key, path);
  return error;
}

function movedAway(folder: string): ModelManagerError {
  return new ModelManagerError(
    `${folder} was moved away while it was written to — nothing is written anywhere else — put it back, then try again`,
    { path: folder },
  );
}
