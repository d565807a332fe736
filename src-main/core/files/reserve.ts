import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  statfsSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { bytesFree } from './bytes-free.ts';
import { isFull } from './error-code.ts';
import { lookAt } from './file-identity.ts';
import { inHeldFolder } from './held-folder.ts';

const folderName = 'reserve';
/**
 * So many files of so many bytes, for a disk can be out of either. An operation on a hundred files needs no more: its record, its
 * folders in the trash, the blocks that those grow by.
 */
const names = Array.from({ length: 16 }, (_, index) => String(index));
const size = 4096;
/** Where no more is free, a disk counts as full: what is left of it is left to others. */
const least = { bytes: 1 << 20, files: 64 };
const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);

/**
 * Room that Cairn keeps on the disk of a run for making room there: a prune and an undo write before they move anything. Its files
 * hold nothing; where a crash leaves fewer of them, or shorter ones, the next operation makes them again.
 */
export class Reserve {
  readonly #own: string;
  readonly #mayGiveUp: boolean;
  #isGivenUp = false;

  /**
   * @param own where Cairn keeps its notes of the run
   * @param mayGiveUp not for what fills the disk: that would take it from what empties it
   */
  constructor(own: string, mayGiveUp: boolean) {
    this.#own = own;
    this.#mayGiveUp = mayGiveUp;
  }

  /** Whether nothing of it is left to give up, though it may be. */
  get isSpent(): boolean {
    return this.#mayGiveUp && names.every((name) => lookAt(join(this.#own, folderName, name)) === null);
  }

  /** Whether it was given up, and that was not enough where what it was given up for failed all the same. */
  get wasGivenUp(): boolean {
    return this.#isGivenUp;
  }

  /** Does something that leaves all as it was where it fails; where the disk is full, once more without the reserve. */
  async spend<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!isFull(error) || !this.#mayGiveUp || !giveUp(this.#own)) throw error;
      this.#isGivenUp = true;
      return act();
    }
  }

  /** Makes what is missing of it: where there is room, or as far as what was given up just now is still free. */
  keep(): void {
    try {
      if (this.#isGivenUp || !isNearlyFull(this.#own)) fill(this.#own);
    } catch {
      // What needs it on a disk without room for it will say so.
    }
  }
}

/** Whether the disk of a folder is known to be all but full, of bytes or of files. A file system without a number of files says 0. */
export function isNearlyFull(folder: string): boolean {
  try {
    const status = statfsSync(folder);
    return bytesFree(status) < least.bytes || (status.files > 0 && status.ffree < least.files);
  } catch {
    return false;
  }
}

function fill(own: string): void {
  if (lookAt(join(own, folderName)) === null)
    inHeldFolder(own, own, (held) => mkdirSync(join(held, folderName), { mode: 0o700 }));
  inHeldFolder(join(own, folderName), own, (held) => {
    for (const name of names) fillOne(join(held, name));
  });
}

/** Random bytes take their room on disks that pack, too. */
function fillOne(path: string): void {
  const look = lookAt(path);
  if (look?.size === size) return;
  if (look) unlinkSync(path);
  const file = openSync(path, flags, 0o600);
  try {
    writeFileSync(file, randomBytes(size));
  } catch (error) {
    unlinkSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** @returns whether there was anything to give up */
function giveUp(own: string): boolean {
  try {
    return inHeldFolder(join(own, folderName), own, (held) => {
      const there = readdirSync(held).filter((name) => names.includes(name));
      for (const name of there) unlinkSync(join(held, name));
      trySync(held);
      return there.length > 0;
    });
  } catch {
    return false;
  }
}

/** Some file systems free what was removed only once that is on the medium; one that cannot sync a folder does without. */
function trySync(path: string): void {
  try {
    const folder = openSync(path, constants.O_RDONLY);
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // What was removed is removed.
  }
}
