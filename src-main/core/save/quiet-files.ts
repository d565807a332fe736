import {
  type FileIdentity,
  type FileStatus,
  freshFor,
  isFile,
  type Look,
  sameIdentity,
  tryLookAt,
} from '../files/file-identity.ts';
import { findHeld } from '../files/find-held.ts';

/** Files and folders as they were while nobody was at them, by their paths. */
export type Looks = ReadonlyMap<string, FileStatus>;

/**
 * Tells when files of another program are not touched any more. A time in the future says nothing, as where a machine whose clock is ahead
 * wrote to a shared disk: since when such a file is as it is, counts from when it was first seen so.
 */
export class QuietFiles {
  readonly #ahead = new Map<string, { identity: FileIdentity; since: number }>();

  /** What is at these paths; null while something is not there, is touched, or is held open to write. */
  quiet(paths: readonly string[]): Looks | null {
    const looks = lookAtAll(paths);
    // All are asked, so that those with a time in the future are waited for together.
    const ages = [...looks].map(([path, look]) => this.age(path, look, Math.max(look.mtimeMs, look.ctimeMs)));
    if (looks.size < paths.length || ages.some((age) => age <= freshFor)) return null;
    const files = [...looks].flatMap(([id, look]) => (isFile(look) ? [{ id, identity: look }] : []));
    return findHeld(files, (id) => id).size === 0 ? looks : null;
  }

  /** How long ago one of its times is, in milliseconds. */
  age(path: string, look: FileIdentity, time: number): number {
    const now = Date.now();
    if (time <= now) return now - time;
    const before = this.#ahead.get(path);
    const since = before && sameIdentity(before.identity, look) ? before.since : now;
    this.#ahead.set(path, { identity: look, since });
    return now - since;
  }
}

/** What is at those of the paths at which something is. */
export function lookAtAll(paths: readonly string[]): Looks {
  return new Map(
    paths.flatMap((path): [string, FileStatus][] => {
      const look = tryLookAt(path);
      return isThere(look) ? [[path, look]] : [];
    }),
  );
}

/** Whether all of it is as it was. */
export function areStill(looks: Looks): boolean {
  return [...looks].every(([path, before]) => {
    const now = tryLookAt(path);
    return isThere(now) && sameIdentity(now, before);
  });
}

function isThere(look: Look): look is FileStatus {
  return look !== null && 'ino' in look;
}
