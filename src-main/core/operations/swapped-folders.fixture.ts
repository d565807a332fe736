import {
  cpSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sha256 } from '../catalog/run.fixture.ts';
import type { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';

const changing = /^(?:create|reopen|append|link|rename|unlink|mkdir|rmdir|clone) (.*)$/s;

/**
 * Somebody who moves a folder away and puts a link in its place, which leads to a copy: whatever was to be done in the folder would
 * work in the copy as well.
 */
export class Swapper {
  readonly #outside = temporaryFolder();
  #folder: string | null = null;
  #before: { copy: string[]; moved: string[] } | null = null;

  /** Swaps the folder of one of the paths that the n-th changing call names, if it is in that folder. */
  strikeAt(disk: FaultDisk, { call, path }: ChangingCall, within: string): void {
    let left = call;
    disk.before = (made) => {
      const paths = pathsOf(made);
      if (paths.length === 0) return;
      left -= 1;
      const folder = placeOf(dirname(paths[path] ?? ''));
      if (left === 0 && folder.startsWith(`${within}/`)) this.swap(folder);
    };
  }

  /** Null where it never struck. */
  get folder(): string | null {
    return this.#folder;
  }

  /** What was done to the copy that the link leads to, and what came to the folder that was moved away. */
  harm(): string[] {
    if (!this.#before) return [];
    const { copy, moved } = this.#before;
    const inCopy = isDeepStrictEqual(viewOf(this.#copy), copy)
      ? []
      : ['the folder behind the link was changed'];
    const added = viewOf(this.#moved).filter((line) => !moved.includes(line));
    return [...inCopy, ...added.map((line) => `${line} is in the folder that was moved away`)];
  }

  putBack(): void {
    if (this.#folder === null) return;
    rmSync(this.#folder);
    renameSync(this.#moved, this.#folder);
  }

  /** Now. */
  swap(folder: string): void {
    this.#folder = folder;
    cpSync(folder, this.#copy, { recursive: true });
    renameSync(folder, this.#moved);
    symlinkSync(this.#copy, folder);
    this.#before = { copy: viewOf(this.#copy), moved: viewOf(this.#moved) };
  }

  get #copy(): string {
    return join(this.#outside, 'copy');
  }

  get #moved(): string {
    return join(this.#outside, 'moved');
  }
}

/** One that changes something, by its number from 1, and one of the paths that it names, by its index. */
export interface ChangingCall {
  call: number;
  path: number;
}

/** Those that were made. */
export function changingCalls(disk: FaultDisk): ChangingCall[] {
  const made = disk.calls.map(pathsOf).filter((paths) => paths.length > 0);
  return made.flatMap((paths, index) => paths.map((_, path) => ({ call: index + 1, path })));
}

function pathsOf(call: string): string[] {
  return changing.exec(call)?.[1]?.split(' ') ?? [];
}

/** Where a folder is that may be held open. */
function placeOf(folder: string): string {
  return folder.startsWith('/proc/') ? readlinkSync(folder) : folder;
}

/** Every file below a folder with its bytes; not the lock, which was open before the folder was swapped. */
function viewOf(folder: string): string[] {
  const paths = filesIn(folder).filter((path) => relative(folder, path) !== 'lock');
  return paths.map((path) => `${relative(folder, path)} ${sha256(readFileSync(path))}`).sort();
}

/** The checksums of all models of a run, in their places and in Cairn's own folder. */
export function modelsOf(run: string): Set<string> {
  return new Set(
    filesIn(run)
      .filter(isModel)
      .map((path) => sha256(readFileSync(path))),
  );
}

/** The models that are in their places, by paths of the run. */
export function idsIn(run: string): string[] {
  const paths = filesIn(run).filter((path) => isModel(path) && !path.includes('/.cairn/'));
  return paths.map((path) => relative(run, path));
}

function isModel(path: string): boolean {
  return /\.(?:pt|safetensors)$/.test(path) || path.includes('/objects/');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return lstatSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
