import { versionHandlesPerRun } from '../../shared/ipc/handles.ts';
import { ModelManagerError } from '../core/errors.ts';

/**
 * Hands out a number for each version of a run, and takes numbers back; nothing else of a version comes from a window. No two runs of
 * a window hand out the same.
 */
export class VersionHandles {
  readonly #first: number;
  readonly #ids: string[] = [];
  readonly #handles = new Map<string, number>();

  /** @param place of the run among all that its window has opened, from 0 */
  constructor(place: number) {
    this.#first = place * versionHandlesPerRun;
  }

  get size(): number {
    return this.#ids.length;
  }

  handleOf(id: string): number {
    const known = this.#handles.get(id);
    if (known !== undefined) return known;
    const handle = this.#first + this.#ids.push(id) - 1;
    this.#handles.set(id, handle);
    return handle;
  }

  /** @throws NoSuchHandleError for a number that was never handed out */
  idOf(handle: number): string {
    return this.idAt(handle - this.#first);
  }

  /** The version that was the n-th to get a handle. @throws NoSuchHandleError where there are not so many */
  idAt(index: number): string {
    const id = this.#ids[index];
    if (id === undefined) throw new NoSuchHandleError('There is no such version in this window.');
    return id;
  }

  /** Whether it was handed out here. */
  has(handle: number): boolean {
    return this.#ids[handle - this.#first] !== undefined;
  }
}

/** A handle that this window was never given, or that is no longer good. */
export class NoSuchHandleError extends ModelManagerError {
  override readonly code = 'NoSuchHandle';
}
