import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { checksumListName, readChecksumList } from '../integrity/checksum-list.ts';
import { addName, type Group, type Groups, keyOf, placeOf } from './group-names.ts';
import { listNames, runFolders } from './list-names.ts';

/** One of several parts that a run is divided into, by the stems of its files. */
export interface Part {
  index: number;
  of: number;
}

/** What a run holds, by name. */
export interface RunListing {
  /** The checksums that the run lists. */
  checksums: ReadonlyMap<string, string>;
  /** What is wrong with its folders; complete once the groups have been walked. */
  problems: Problem[];
  /** The groups with their keys, one folder after another: a large folder need not wait for the next. */
  groups: Generator<[string, Group]>;
}

const whole: Part = { index: 0, of: 1 };

/** @throws system errors when the run folder is gone, from the groups too */
export function listRun(root: string, config: StorageConfig, part: Part = whole): RunListing {
  const { checksums, problems } = readChecksumList(`${root}/${checksumListName}`);
  return { checksums, problems, groups: walk(root, config, part, problems) };
}

function* walk(
  root: string,
  config: StorageConfig,
  { index, of }: Part,
  problems: Problem[],
): RunListing['groups'] {
  for (const folder of runFolders(config)) {
    const groups: Groups = new Map();
    const list = listNames(root, folder);
    problems.push(...list.problems);
    for (const name of list.names) {
      const place = placeOf(folder, name, config);
      if (partOf(place.stem, of) === index) addName(groups, place.stem, folder, name, place);
    }
    for (const group of groups.values()) yield [keyOf(group), group];
  }
}

/** Which part a stem belongs to; any even spread would do. */
function partOf(stem: string, parts: number): number {
  if (parts === 1) return 0;
  let sum = 0;
  for (let index = 0; index < stem.length; index += 1) sum += stem.charCodeAt(index);
  return sum % parts;
}
