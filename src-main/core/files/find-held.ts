import { basename } from 'node:path';
import type { FileIdentity } from './file-identity.ts';
import { OpenFiles } from './open-files.ts';

/** A process that writes nothing for longer than this, in milliseconds, is not asked for. */
const writesWithin = 10 * 60_000;

/** A file as it was looked at; `id` is what it is called in the answer. */
interface LookedAt {
  id: string;
  identity: FileIdentity | null;
}

/**
 * Those of the files that a live process holds open to write, by id, as far as the system tells: Linux does, of the processes
 * of this user. Files that nobody touched of late are not asked for, so that most lists cost nothing.
 * @param listOpen by default they are listed anew
 */
export function findHeld(
  files: readonly LookedAt[],
  pathOf: (id: string) => string,
  listOpen: () => OpenFiles = () => new OpenFiles(),
): Set<string> {
  const recent = files.filter(({ identity }) => identity && Date.now() - identity.mtimeMs < writesWithin);
  if (recent.length === 0) return new Set();
  const open = listOpen();
  const held = recent.filter(({ id, identity }) => identity && open.isHeld(basename(pathOf(id)), identity));
  return new Set(held.map(({ id }) => id));
}
