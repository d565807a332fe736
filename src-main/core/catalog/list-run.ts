import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { checksumListName, readChecksumList } from '../integrity/checksum-list.ts';
import { addName, type Group, type Groups, placeOf } from './group-names.ts';
import { listNames, type RunFolder, runFolders } from './list-names.ts';

/** The names in one folder of a run. */
export interface FolderNames {
  folder: RunFolder;
  names: readonly string[];
}

/** What a run holds, by name. */
export interface RunListing {
  /** The checksums that the run lists. */
  checksums: ReadonlyMap<string, string>;
  /** What is wrong with its folders; complete once the folders have been walked. */
  problems: Problem[];
  /** One folder after another: a large one need not wait for the next. */
  folders: Generator<FolderNames>;
}

/** @throws system errors when the run folder is gone, from the folders too */
export function listRun(root: string, config: StorageConfig): RunListing {
  const { checksums, problems } = readChecksumList(`${root}/${checksumListName}`);
  return { checksums, problems, folders: walk(root, config, problems) };
}

function* walk(root: string, config: StorageConfig, problems: Problem[]): RunListing['folders'] {
  for (const folder of runFolders(config)) {
    const list = listNames(root, folder);
    problems.push(...list.problems);
    yield { folder, names: list.names };
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

/** One of several parts, counted from 0. */
export interface PartNumber {
  index: number;
  count: number;
}

/** The names of a folder that belong to a part of about the size of each other; names of one stem stay together, what is no file of a run is left out. */
export function namesOfPart(
  { folder, names }: FolderNames,
  config: StorageConfig,
  part: PartNumber,
): FolderNames {
  const own = names.filter((name) => {
    const { role, stem } = placeOf(folder, name, config);
    return role !== 'other' && partOf(stem, part.count) === part.index;
  });
  return { folder, names: own };
}

/** Any even spread would do. */
function partOf(stem: string, parts: number): number {
  let sum = 0;
  for (let index = 0; index < stem.length; index += 1) sum += stem.charCodeAt(index);
  return sum % parts;
}
