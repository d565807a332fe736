import { posix } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import { type FileIdentity, sameIdentity, tryLookAt } from '../files/file-identity.ts';
import { whyUnreadable } from '../files/why-unreadable.ts';
import type { Verification } from './verification.ts';

/** A file that could not be read, in words, and what it was then; null where not even that could be told. */
interface Unread {
  why: string;
  identity: FileIdentity | null;
}

/** Which of the files that all models of a run share cannot be read, as a look at each and reading it told. It is not remembered. */
export class UnreadShared {
  readonly #unread = new Map<string, Unread>();

  /** Looks at these again. @param files by their paths in the run, where they are, absolute */
  look(files: ReadonlyMap<string, string>): void {
    for (const id of this.#unread.keys()) if (!files.has(id)) this.#unread.delete(id);
    for (const [id, path] of files) this.#lookAt(id, path);
  }

  #lookAt(id: string, path: string): void {
    const look = tryLookAt(path);
    const why = whyUnreadable(path, look);
    const identity = look instanceof Error ? null : look;
    if (why !== null) this.#unread.set(id, { why: `it cannot be read: ${why}`, identity });
    else if (!isSame(this.#unread.get(id)?.identity, identity)) this.#unread.delete(id);
  }

  /** Takes in what reading the whole of one came to. */
  take({ id, identity, integrity: { state, detail } }: Verification): void {
    if (state === 'unreadable' && detail !== null) this.#unread.set(id, { why: detail, identity });
    else this.#unread.delete(id);
  }

  has(id: string): boolean {
    return this.#unread.has(id);
  }

  /** One line for each, or for the folder in which nothing can be looked at: problems of the run, which condemn no model. */
  get problems(): Problem[] {
    const told = new Map<string, string>();
    for (const [path, { why, identity }] of this.#unread) {
      if (identity) told.set(path, `models here go with it, and ${why}`);
      else told.set(posix.dirname(path), `models here go with what is in it, and ${why}`);
    }
    return [...told].map(([path, problem]) => ({ path, problem }));
  }
}

function isSame(before: FileIdentity | null | undefined, now: FileIdentity | null): boolean {
  return Boolean(before && now && sameIdentity(before, now));
}
