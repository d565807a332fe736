import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Written } from '../../shared/ipc/handles.ts';
import { NoSuchHandleError } from './version-handles.ts';

/** So many are remembered: what was written before is not on the screen any more. */
const most = 100;

/** Files and folders that a person had written somewhere, by the handles that the page has of them. */
export class WrittenFiles {
  readonly #paths = new Map<string, string>();

  /** @returns a handle for a file or folder */
  hand(path: string): string {
    const id = randomBytes(16).toString('hex');
    this.#paths.set(id, path);
    const [oldest] = this.#paths.keys();
    if (this.#paths.size > most && oldest !== undefined) this.#paths.delete(oldest);
    return id;
  }

  /** What the page is told of a file. */
  tell(path: string, bytes: number): Written {
    return { writtenId: this.hand(path), label: basename(path), bytes };
  }

  /** @throws NoSuchHandleError */
  pathOf(id: string): string {
    const path = this.#paths.get(id);
    if (path === undefined) throw new NoSuchHandleError('No such file was written from this window.');
    return path;
  }
}
