import { dirname } from 'node:path/posix';
import type { Disk } from './disk.ts';
import { type FileStatus, isFile, sameIdentity, tryLookAt } from './file-identity.ts';

/** A file that got another name, and nothing else; paths are absolute. `from` and `to` are one where it was taken back. */
export interface WitnessedMove<Known> {
  from: string;
  to: string;
  /** What it was before the first of these calls, and is after the last: its ctime alone is another. */
  before: FileStatus;
  after: FileStatus;
  /** What was known of it by its first name then. */
  known: Known;
}

interface Trail<Known> {
  from: string;
  names: Set<string>;
  before: FileStatus;
  now: FileStatus;
  known: Known;
}

/**
 * Follows files from name to name. A call that gives or takes a name changes the ctime, by which else every write is told: so a file is looked at
 * right before each such call, and right after it. What was written to in between any two, whatever was done to its times, is followed
 * no further.
 */
export class MoveWitness<Known> {
  /** The disk whose calls are witnessed. */
  readonly disk: Disk;
  readonly #know: (path: string) => Known;
  readonly #trails = new Map<string, Trail<Known>>();
  readonly #folders = new Map<string, FileStatus>();

  constructor(disk: Disk, know: (path: string) => Known) {
    this.#know = know;
    this.disk = {
      create: (path) => disk.create(path),
      open: (path) => disk.open(path),
      reopen: (path) => disk.reopen(path),
      append: (path) => disk.append(path),
      link: (from, to) => this.#link(from, to, () => disk.link(from, to)),
      rename: (from, to) => this.#rename(from, to, () => disk.rename(from, to)),
      unlink: (path) => this.#unlink(path, () => disk.unlink(path)),
      mkdir: (path, mode) => disk.mkdir(path, mode),
      chmodFolder: (path, mode) => disk.chmodFolder(path, mode),
      rmdir: (path) => disk.rmdir(path),
      readdir: (path) => disk.readdir(path),
      lookAt: (path) => disk.lookAt(path),
      clone: (from, to) => disk.clone(from, to),
      syncFolder: (path) => disk.syncFolder(path),
      freeSpace: (path) => disk.freeSpace(path),
      mayShare: (file, folder) => disk.mayShare(file, folder),
    };
  }

  /** What moved since this was last asked, and nobody touched; to be asked while nothing else moves files. */
  take(): { moves: WitnessedMove<Known>[]; folders: ReadonlyMap<string, FileStatus> } {
    const trails = [...new Set(this.#trails.values())];
    const folders = new Map(this.#folders);
    this.#trails.clear();
    this.#folders.clear();
    const moves = trails.flatMap(({ names, now: after, ...trail }) => {
      const [to, ...others] = names;
      return to === undefined || others.length > 0 ? [] : [{ ...trail, to, after }];
    });
    return { moves, folders };
  }

  async #link(from: string, to: string, act: () => Promise<void>): Promise<void> {
    const trail = this.#begin(from);
    await act();
    if (trail) this.#go(trail, (names) => names.add(to));
  }

  async #rename(from: string, to: string, act: () => Promise<void>): Promise<void> {
    const replaced = this.#find(to);
    const trail = this.#begin(from);
    await act();
    if (replaced && replaced !== trail) this.#go(replaced, (names) => names.delete(to));
    if (trail) this.#go(trail, (names) => names.add(to).delete(from));
  }

  async #unlink(path: string, act: () => Promise<void>): Promise<void> {
    const trail = this.#find(path);
    await act();
    if (trail) this.#go(trail, (names) => names.delete(path));
  }

  /** The trail of what has a name now, begun here where it is not followed yet. */
  #begin(path: string): Trail<Known> | null {
    const found = this.#find(path);
    if (found) return found;
    const look = tryLookAt(path);
    if (!isFile(look)) return null;
    this.#lookAbove(path);
    const trail = { from: path, names: new Set([path]), before: look, now: look, known: this.#know(path) };
    this.#trails.set(path, trail);
    return trail;
  }

  /** The trail that a name is of, as long as its file is as it was when it was last looked at. */
  #find(path: string): Trail<Known> | null {
    const trail = this.#trails.get(path);
    if (!trail) return null;
    const look = tryLookAt(path);
    if (isFile(look) && sameIdentity(look, trail.now)) return trail;
    this.#lose(trail);
    return null;
  }

  /** Its names are others now, and so is its ctime; where anything else is, it is lost. */
  #go(trail: Trail<Known>, change: (names: Set<string>) => void): void {
    for (const name of trail.names) this.#trails.delete(name);
    change(trail.names);
    const [name] = trail.names;
    const look = name === undefined ? null : tryLookAt(name);
    if (!isFile(look) || !sameIdentity({ ...look, ctimeMs: trail.now.ctimeMs }, trail.now)) return;
    trail.now = look;
    for (const each of trail.names) this.#trails.set(each, trail);
  }

  /** One that begins again at such a name would begin with what it has become: nothing is known of that. */
  #lose(trail: Trail<Known>): void {
    for (const name of trail.names) this.#trails.delete(name);
  }

  /** The folders that a file was in, before it left them. */
  #lookAbove(path: string): void {
    const folder = dirname(path);
    if (this.#folders.has(folder) || folder === path) return;
    const look = tryLookAt(folder);
    if (look !== null && 'type' in look) this.#folders.set(folder, look);
    this.#lookAbove(folder);
  }
}
