import { join, posix } from 'node:path';
import type { Version } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import {
  companionKinds,
  companionsOf,
  familyOf,
  kindOfCompanion,
  tellMissing,
} from '../catalog/layouts/known-layouts.ts';
import { sharedFilesIn } from '../catalog/layouts/shared-files.ts';
import { foldersHolding } from '../catalog/version-folders.ts';
import { isFile, tryLookAt } from '../files/file-identity.ts';
import { openFileSource } from '../formats/source.ts';
import { checkStructure } from '../formats/structure.ts';
import { hashFile } from '../integrity/hash-file.ts';
import type { ClaimedFolder } from '../integrity/verification.ts';
import type { Wait } from './adoption-waits.ts';
import { areStill, type Looks, lookAtAll, type QuietFiles } from './quiet-files.ts';
import type { CompanionSource } from './save-request.ts';

/** What others of its training have is waited for so long after the model was written, in milliseconds. */
const patience = 30_000;

const touched: Wait = {
  waitsFor: 'it, or what goes with it, was written to a moment ago, or is held open to write',
  isBrief: true,
};

/** What goes with a model that another program wrote, once that is whole; what is worth saying of it; and all of it as it was then. */
export interface Companions {
  sources: CompanionSource[];
  warnings: string[];
  looks: Looks;
}

/**
 * The files that go with a version of another folder. Frameworks write them after the model, in place: they are there once nothing of them, nor
 * of the model, is touched any more, nor held open, and none is missing that others of its training have.
 * @returns what is waited for while that is not so yet
 */
export async function companionsToAdopt(
  root: string,
  { id, problems }: Pick<Version, 'id' | 'problems'>,
  quietFiles: QuietFiles,
): Promise<Companions | Wait> {
  const sources = sourcesOf(root, id);
  const path = join(root, id);
  if (sources.length === 0 && familyOf(id) === null)
    return { sources, warnings: [], looks: lookAtAll([path]) };
  const looks = quietFiles.quiet([path, ...sources.map((source) => source.path)]);
  const model = looks?.get(path);
  if (!looks || !model) return touched;
  const missing = companionKinds.map(tellMissing).filter((each) => problems.includes(each));
  if (missing.length > 0 && quietFiles.age(path, model, model.mtimeMs) < patience)
    return {
      waitsFor: `${missing.join('; ')}: that may come, for ${patience / 1000} s after the model`,
      isBrief: false,
    };
  return { sources, warnings: [...missing, ...(await tellTorn(sources))], looks };
}

/**
 * The same of a version that is a folder, or several files: all that goes with it is among them, and is there once nothing of it is touched any more, nor held open.
 * Of several files the one that says where everything is, is written last: older than another it may be of the save before, and is waited for.
 */
export function folderToAdopt(
  { path, main, files }: ClaimedFolder,
  quietFiles: QuietFiles,
): Companions | Wait {
  const names = files.map(({ name }) => name);
  const folders = path === null ? [] : [...foldersHolding(names)].map((name) => join(path, name));
  const own = path === null ? [] : [path];
  const looks = quietFiles.quiet([...new Set([...own, ...folders]), ...files.map((file) => file.path)]);
  if (!looks) return touched;
  if (path === null && mayBeRewritten(main, files, looks, quietFiles))
    return {
      waitsFor: `${escapeName(main)} is older than others of its files: a new one may come`,
      isBrief: false,
    };
  return { sources: [], warnings: [], looks };
}

function mayBeRewritten(
  main: string,
  files: ClaimedFolder['files'],
  looks: Looks,
  quietFiles: QuietFiles,
): boolean {
  const index = looks.get(files.find(({ name }) => name === main)?.path ?? '');
  const newer = [...looks].filter(([, look]) => index && look.mtimeMs > index.mtimeMs);
  return newer.some(([path, look]) => quietFiles.age(path, look, look.mtimeMs) < patience);
}

/** The same companions, each with its SHA-256; null where they, or the model, are not as they were any more. */
export async function sealCompanions(
  { sources, looks, ...rest }: Companions,
  signal: AbortSignal,
): Promise<Companions | null> {
  const sealed: CompanionSource[] = [];
  for (const source of sources)
    sealed.push({ ...source, checksum: await hashFile(source.path, () => undefined, signal) });
  return areStill(looks) ? { ...rest, sources: sealed, looks } : null;
}

/** Where a framework names a file of a kind in two ways, the first is the one that it has. */
function sourcesOf(root: string, id: string): CompanionSource[] {
  const found = new Map<string, string>();
  for (const each of [...companionsOf(id), ...sharedFilesIn({ root })(id)]) {
    const kind = kindOfCompanion(each);
    if (kind !== null && !found.has(kind) && isFile(tryLookAt(join(root, each))))
      found.set(kind, join(root, each));
  }
  return [...found].map(([kind, path]) => ({ kind, path }));
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
