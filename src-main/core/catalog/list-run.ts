import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { type ForeseenList, readListAsRecovered } from '../operations/foreseen-lists.ts';
import { withoutTails } from './classify-name.ts';
import { addName, type Group, type Groups, placeOf } from './group-names.ts';
import { stemOfSet } from './layouts/file-sets.ts';
import { companionOf } from './layouts/known-layouts.ts';
import { listNames, listNamesAside, type NameList, type RunFolder, runFolders } from './list-names.ts';
import { lookIntoFolder, mayBeVersions } from './version-folders.ts';

/** The names in one folder of a run; of one that is a version those of the files in folders below it too, relative to it. */
export interface FolderNames {
  folder: RunFolder;
  names: readonly string[];
  /** The folders below one that is a version, relative to it, those too that hold nothing yet. */
  folders?: readonly string[];
}

/** What a run holds, by name. */
export interface RunListing {
  /** The checksums that the run lists. */
  checksums: ReadonlyMap<string, string>;
  /** What is wrong with its folders; complete once the folders have been walked. */
  problems: Problem[];
  /** Folders of which it cannot be told yet whether they are versions, by path; complete once the folders have been walked. */
  young: string[];
  /** One folder after another: a large one need not wait for the next. */
  folders: Generator<FolderNames>;
  /** The same, each listed while the caller does something else. */
  foldersAside: AsyncGenerator<FolderNames>;
}

/**
 * @param foreseen what recovering the run will change in its list of checksums
 * @throws system errors when the run folder is gone, from the folders too
 */
export function listRun(
  root: string,
  config: StorageConfig,
  foreseen: readonly ForeseenList[] = [],
): RunListing {
  const { checksums, problems } = readListAsRecovered(root, foreseen);
  const young: string[] = [];
  const walked = { root, config, problems, young };
  return { checksums, problems, young, folders: walk(walked), foldersAside: walkAside(walked) };
}

/** A run that is walked through, and what comes to light on the way. */
type Walked = Pick<RunListing, 'problems' | 'young'> & { root: string; config: StorageConfig };

function* walk(walked: Walked): RunListing['folders'] {
  for (const folder of runFolders(walked.config))
    yield* foldersIn(folder, listNames(walked.root, folder), walked);
}

async function* walkAside(walked: Walked): RunListing['foldersAside'] {
  for (const folder of runFolders(walked.config))
    yield* foldersIn(folder, await listNamesAside(walked.root, folder), walked);
}

/** A folder of the run, and those in it that are versions. */
function* foldersIn(folder: RunFolder, list: NameList, walked: Walked): RunListing['folders'] {
  walked.problems.push(...list.problems);
  // Most of the folders that may be there are not: whoever reads need not look for each what it kept of it.
  if (list.names.length > 0) yield { folder, names: list.names };
  yield* versionsAmong(folder, mayBeVersions(folder, list.names, walked.config), walked);
}

/** A training makes one after another: of more it is not waited what becomes of them. */
const mostYoung = 500;

/** Those of these folders that are versions. */
function* versionsAmong(
  parent: RunFolder,
  paths: readonly string[],
  { root, problems, young }: Walked,
): RunListing['folders'] {
  for (const path of paths) {
    const { version, problem, isYoung } = lookIntoFolder(root, parent, path);
    if (problem !== null) problems.push({ path, problem });
    if (version) yield version;
    else if (isYoung && young.length < mostYoung) young.push(path);
  }
}

/** The names of a folder as groups of one stem each. */
export function groupsIn({ folder, names }: FolderNames, config: StorageConfig): Iterable<Group> {
  const groups: Groups = new Map();
  for (const name of names) {
    const place = placeOf(folder, name, config);
    addName(groups, place.stem, folder, name, place);
  }
  return groups.values();
}

/** The names of a folder in `count` parts of about the size of each other; names of one stem stay together. */
export function partsOf({ folder, names }: FolderNames, count: number, readAs?: string): FolderNames[] {
  const parts = Array.from({ length: count }, (): string[] => []);
  if (folder.version) {
    parts[partOf(folder.path, count, readAs)]?.push(...names);
    return parts.map((own) => ({ folder, names: own }));
  }
  for (const name of names) parts[partOf(name, count, readAs)]?.push(name);
  return parts.map((own) => ({ folder, names: own }));
}

/** By the start of a name that its stem shares with its endings; among equal starts any even spread would do. */
function partOf(name: string, count: number, readAs: string | undefined): number {
  const own = stemOfSet(name) ?? companionOf(name, readAs)?.stem ?? name;
  const dot = own.indexOf('.');
  const start = withoutTails(dot === -1 ? own : own.slice(0, dot));
  let sum = 0;
  for (let index = 0; index < start.length; index += 1) sum += start.charCodeAt(index);
  return sum % count;
}
