import { ModelManagerError } from '../core/errors.ts';

/** Hands out a number for each version of a run, and takes numbers back; nothing else of a version comes from a window. */
export class VersionHandles {
  readonly #ids: string[] = [];
  readonly #handles = new Map<string, number>();

  get size(): number {
    return this.#ids.length;
  }

  handleOf(id: string): number {
    const known = this.#handles.get(id);
    if (known !== undefined) return known;
    const handle = this.#ids.push(id) - 1;
    this.#handles.set(id, handle);
    return handle;
  }

  /** @throws NoSuchHandleError for a number that was never handed out */
  idOf(handle: number): string {
    const id = this.#ids[handle];
    if (id === undefined) throw new NoSuchHandleError('There is no such version in this window.');
    return id;
  }
}

/** A handle that this window was never given, or that is no longer good. */
export class NoSuchHandleError extends ModelManagerError {
  override readonly code = 'NoSuchHandle';
}
