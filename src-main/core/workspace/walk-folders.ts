import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import { ModelManagerError } from '../errors.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { type HeldFolder, holdFolder } from '../files/held-folder.ts';
import { formatCount } from '../formats/plain-text.ts';
import { WorkClock } from './work-clock.ts';

/** A folder that the walk came to. `path` is relative to where it began, with `/`, and '' for that itself. */
export interface WalkedFolder {
  path: string;
  entries: readonly Dirent[];
  /** Whether it still stands where it did: what was found under its name since is of another one otherwise. */
  isInPlace: () => boolean;
  /** The walk goes on; the folder is held until this is over, which never fails. */
  goOn: (rest: Promise<void>) => void;
}

/** Looks at a folder. @returns the paths of folders below it that are not to be entered */
export type Visit = (folder: WalkedFolder) => Promise<readonly string[]>;

export interface WalkOptions {
  signal?: AbortSignal;
  limits?: WalkLimits;
  /** Counts how long the walk is at work. */
  clock?: WorkClock;
}

/** How many folders within each other, and how many in all. */
interface WalkLimits {
  depth: number;
  folders: number;
}

const usualLimits: WalkLimits = { depth: 16, folders: 200_000 };
/** What is left to do of so many folders at most: each is held open. */
const mostRests = 128;
const skipped = new Set(['node_modules']);

/**
 * Goes through the folders below one, a few at a time, those nearer to it first. No link is followed, though one came in the place of a
 * folder meanwhile; hidden folders are not entered.
 * @param root absolute, and no link
 * @returns what was not looked into, and why
 * @throws the signal's reason; system errors where the root itself cannot be read; what `visit` throws
 */
export async function walkFolders(root: string, visit: Visit, options: WalkOptions = {}): Promise<Problem[]> {
  const walk = new FolderWalk(root, visit, options);
  await walk.run().finally(() => walk.end());
  return walk.problems;
}

class FolderWalk {
  readonly problems: Problem[] = [];
  readonly #root: string;
  readonly #visit: Visit;
  readonly #limits: WalkLimits;
  readonly #signal: AbortSignal | undefined;
  readonly #clock: WorkClock;
  /** Paths that are not to be entered. */
  readonly #closed = new Set<string>();
  /** What goes on of folders that the walk has left. */
  readonly #rests = new Set<Promise<void>>();

  constructor(
    root: string,
    visit: Visit,
    { signal, limits = usualLimits, clock = new WorkClock() }: WalkOptions,
  ) {
    this.#root = root;
    this.#visit = visit;
    this.#limits = limits;
    this.#signal = signal;
    this.#clock = clock;
  }

  async run(): Promise<void> {
    let room = this.#limits.folders;
    let level = [''];
    for (let depth = 0; level.length > 0; depth += 1) {
      if (depth > this.#limits.depth) return this.#leaveDeep(level);
      const found = await fewAtATime(level.slice(0, room), (path) => this.#enter(path));
      if (level.length > room) return this.#leaveMany(level[room] ?? '');
      room -= level.length;
      level = found.flat();
    }
  }

  /** Once nothing goes on of any folder. @throws the signal's reason */
  async end(): Promise<void> {
    while (this.#rests.size > 0) await Promise.all(this.#rests);
    this.#signal?.throwIfAborted();
  }

  /** @returns the folders in it to enter next */
  async #enter(path: string): Promise<string[]> {
    while (this.#rests.size >= mostRests) await Promise.race(this.#rests);
    this.#signal?.throwIfAborted();
    return this.#clock.work(() => this.#enterNow(path));
  }

  async #enterNow(path: string): Promise<string[]> {
    const held = this.#hold(path);
    if (!held) return [];
    let rest: Promise<void> | null = null;
    const goOn = (more: Promise<void>) => {
      rest = more;
    };
    try {
      const entries = await this.#list(path, held);
      return entries ? await this.#look({ path, entries, isInPlace: () => isInPlace(held), goOn }) : [];
    } finally {
      if (rest) this.#leaveLater(path, held, rest);
      else held.release();
    }
  }

  #leaveLater(path: string, held: HeldFolder, rest: Promise<void>): void {
    const wasInPlace = isInPlace(held);
    const over = rest.then(() => {
      if (wasInPlace && !isInPlace(held)) this.#say(path, replaced);
      held.release();
      this.#rests.delete(over);
    });
    this.#rests.add(over);
  }

  #hold(path: string): HeldFolder | null {
    try {
      return holdFolder(join(this.#root, path), this.#root);
    } catch (error) {
      if (path === '') throw error;
      if (error instanceof ModelManagerError) this.#say(path, replaced);
      else this.#sayUnlisted(path, error);
      return null;
    }
  }

  async #list(path: string, held: HeldFolder): Promise<Dirent[] | null> {
    try {
      return await readdir(held.path, { withFileTypes: true });
    } catch (error) {
      if (path === '') throw error;
      this.#sayUnlisted(path, error);
      return null;
    }
  }

  async #look(folder: WalkedFolder): Promise<string[]> {
    this.#signal?.throwIfAborted();
    for (const closed of await this.#visit(folder)) this.#closed.add(closed);
    if (!folder.isInPlace()) {
      this.#say(folder.path, replaced);
      return [];
    }
    const names = folder.entries.filter(isEntered).map(({ name }) => name);
    return names
      .sort()
      .map((name) => pathBelow(folder.path, name))
      .filter((path) => !this.#closed.has(path));
  }

  #say(path: string, problem: string): void {
    this.problems.push({ path: path === '' ? '.' : path, problem });
  }

  /** What is gone by now needs no words. */
  #sayUnlisted(path: string, error: unknown): void {
    if (errorCode(error) !== 'ENOENT')
      this.#say(path, `this folder cannot be listed: ${explainError(error)}`);
    else if (path.includes('\ufffd'))
      this.#say(path, 'its name is not valid UTF-8: rename it to look into it');
  }

  #leaveDeep([first = '', ...others]: readonly string[]): void {
    const more = others.length === 0 ? 'is' : `and ${formatCount(others.length)} more as deep are`;
    const problem = `this folder ${more} not looked into: no more than ${this.#limits.depth} within each other are; name one that is further down`;
    this.#say(first, problem);
  }

  #leaveMany(first: string): void {
    const problem = `this folder and those after it are not looked into: no more than ${formatCount(this.#limits.folders)} in all are; name one that is further down`;
    this.#say(first, problem);
  }
}

const replaced =
  'something else came in the place of this folder while it was looked at: it is not followed; look again';

/** The path of what has this name in a folder. */
export function pathBelow(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Whether a walk goes into it. */
export function isEntered(entry: Dirent): boolean {
  return entry.isDirectory() && mayBeEntered(entry.name);
}

/** Whether a walk goes into a folder of this name. */
export function mayBeEntered(name: string): boolean {
  return !name.startsWith('.') && !skipped.has(name);
}

function isInPlace(held: HeldFolder): boolean {
  try {
    return held.isInPlace();
  } catch {
    return false;
  }
}
