import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { checksumListName, readChecksumList } from '../integrity/checksum-list.ts';
import { addName, type Groups, placeOf } from './group-names.ts';
import { listNames, runFolders } from './list-names.ts';

/** One of several parts that a run is divided into, by the stems of its files. */
export interface Part {
  index: number;
  of: number;
}

/** The names of a run by group, the checksums that it lists, and what is wrong with its folders. */
export interface RunListing {
  groups: Groups;
  checksums: ReadonlyMap<string, string>;
  problems: Problem[];
}

const whole: Part = { index: 0, of: 1 };

/** @throws system errors when the run folder is gone */
export function listRun(root: string, config: StorageConfig, { index, of }: Part = whole): RunListing {
  const groups: Groups = new Map();
  const { checksums, problems } = readChecksumList(`${root}/${checksumListName}`);
  for (const folder of runFolders(config)) {
    const list = listNames(root, folder);
    problems.push(...list.problems);
    for (const name of list.names) {
      const place = placeOf(folder, name, config);
      if (partOf(place.stem, of) === index) addName(groups, folder, name, place);
    }
  }
  return { groups, checksums, problems };
}

/** Which part a stem belongs to; any even spread would do. */
function partOf(stem: string, parts: number): number {
  if (parts === 1) return 0;
  let sum = 0;
  for (let index = 0; index < stem.length; index += 1) sum += stem.charCodeAt(index);
  return sum % parts;
}
