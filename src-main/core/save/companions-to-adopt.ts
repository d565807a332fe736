import { join, posix } from 'node:path';
import type { Version } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import {
  companionKinds,
  companionOf,
  companionsOf,
  familyOf,
  tellMissing,
} from '../catalog/layouts/known-layouts.ts';
import { foldersHolding } from '../catalog/version-folders.ts';
import { type FileStatus, tryLookAt, untouchedSince } from '../files/file-identity.ts';
import { findHeld } from '../files/find-held.ts';
import { openFileSource } from '../formats/source.ts';
import { checkStructure } from '../formats/structure.ts';
import type { ClaimedFolder } from '../integrity/verification.ts';
import type { CompanionSource } from './save-request.ts';

/** What others of its training have is waited for so long after the model was written, in milliseconds. */
const patience = 30_000;

/** What goes with a model that another program wrote, once that is whole; what is worth saying of it. */
export interface Companions {
  sources: CompanionSource[];
  warnings: string[];
}

/**
 * The files that go with a version of another folder. Frameworks write them after the model, in place: they are there once nothing of them, nor
 * of the model, is touched any more, nor held open, and none is missing that others of its training have.
 * @returns null while that is not so yet
 */
export async function companionsToAdopt(
  root: string,
  { id, problems }: Pick<Version, 'id' | 'problems'>,
): Promise<Companions | null> {
  const sources = sourcesOf(root, id);
  if (sources.length === 0 && familyOf(id) === null) return { sources, warnings: [] };
  const now = Date.now();
  const model = lookAtFile(join(root, id));
  if (!model || ![join(root, id), ...sources.map(({ path }) => path)].every((path) => isQuiet(path, now)))
    return null;
  const missing = companionKinds.map(tellMissing).filter((each) => problems.includes(each));
  if (missing.length > 0 && model.mtimeMs > now - patience) return null;
  return { sources, warnings: [...missing, ...(await tellTorn(sources))] };
}

/** The same of a version that is a folder: all that goes with it is in it, and is there once nothing of it is touched any more, nor held open. */
export function folderToAdopt(path: string, files: ClaimedFolder['files']): Companions | null {
  const now = Date.now();
  const folders = [...foldersHolding(files.map(({ name }) => name))].map((name) => join(path, name));
  const isQuietNow = [path, ...folders, ...files.map((file) => file.path)].every((each) => {
    const look = tryLookAt(each);
    return look !== null && 'ino' in look && untouchedSince(look, now);
  });
  const looks = files.map((file) => ({ id: file.path, identity: lookAtFile(file.path) }));
  const isWhole = isQuietNow && findHeld(looks, (id) => id).size === 0;
  return isWhole ? { sources: [], warnings: [] } : null;
}

/** Where a framework names a file of a kind in two ways, the first is the one that it has. */
function sourcesOf(root: string, id: string): CompanionSource[] {
  const found = new Map<string, string>();
  for (const each of companionsOf(id)) {
    const kind = companionOf(posix.basename(each))?.kind;
    if (kind !== undefined && !found.has(kind) && lookAtFile(join(root, each)))
      found.set(kind, join(root, each));
  }
  return [...found].map(([kind, path]) => ({ kind, path }));
}

function lookAtFile(path: string): FileStatus | null {
  const look = tryLookAt(path);
  return look !== null && 'ino' in look && look.type === 'file' ? look : null;
}

function isQuiet(path: string, now: number): boolean {
  const look = lookAtFile(path);
  if (!look || !untouchedSince(look, now)) return false;
  return findHeld([{ id: path, identity: look }], () => path).size === 0;
}

/** It is adopted as it is: its model is whole. */
async function tellTorn(sources: readonly CompanionSource[]): Promise<string[]> {
  const told: string[] = [];
  for (const { path } of sources) {
    const source = await openFileSource(path);
    try {
      const { state, detail } = await checkStructure(source);
      if (state === 'torn')
        told.push(`${escapeName(posix.basename(path))} is saved as it is, though it is torn: ${detail}`);
    } finally {
      await source.close();
    }
  }
  return told;
}
