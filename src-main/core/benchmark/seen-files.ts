import { tryLookAt } from '../files/file-identity.ts';
import { type Claim, filesBeside } from '../integrity/verification.ts';
import { isUntouched, type Seen } from '../operations/untouched.ts';
import { measuredFiles } from './folder-record.ts';

/** What tells the state of each file that a version is, and of what goes with it, by its name there; null for one that cannot be looked at. */
export type SeenFiles = ReadonlyMap<string, Seen | null>;

/** The files of a version as they are now, without the record that Cairn put into a folder: what was measured does not depend on it. */
export function seeFiles(claim: Claim): SeenFiles {
  const { id, path, folder } = claim;
  const files = folder ? measuredFiles(folder.files) : [{ name: id, path }, ...filesBeside(claim)];
  return new Map(files.map((file) => [file.name, seeFile(file.path)]));
}

/** Whether they are the same files, none more and none fewer, and nobody wrote to any of them. */
export function areUntouched(before: SeenFiles, now: SeenFiles): boolean {
  const isSame = ([name, seen]: [string, Seen | null]) => isUntouched(seen, now.get(name) ?? null);
  return before.size === now.size && [...before].every(isSame);
}

function seeFile(path: string): Seen | null {
  const look = tryLookAt(path);
  return look instanceof Error ? null : look;
}
