import { join } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { readAsOf } from '../config/read-as.ts';
import { ModelManagerError } from '../errors.ts';
import { tryLookAt } from '../files/file-identity.ts';
import type { OpenFiles } from '../files/open-files.ts';
import {
  type Foreseen,
  findUnsettled,
  foreseeRecovery,
  unforeseeable,
} from '../operations/foresee-recovery.ts';
import { type ForeseenList, foreseeLists } from '../operations/foreseen-lists.ts';
import { type Groups, idOf, keyOf, keyOfFolder, namesOf, placeOf } from './group-names.ts';
import { groupsAsRecovered } from './groups-as-recovered.ts';
import { inPlace, type Places } from './identity-of-folder.ts';
import { type RunFolder, runFolders } from './list-names.ts';
import { type ListedVersion, listVersion } from './listed-version.ts';
import { readGroup } from './read-group.ts';
import type { Reading } from './read-names.ts';
import { readRun } from './read-run.ts';
import { innerFolderOf } from './version-folders.ts';

/**
 * `withTexts`: whether the whole record of each version is wanted; without it, it is read again when somebody asks. `logBytes`: how much is
 * read of logs at most that say what was measured, where that is less than usual. `listOpen`: what processes have open, where they need not be
 * asked for this run alone. `wait`: is given what is waited for, where files were touched a moment ago.
 */
export interface LookOptions {
  withTexts?: boolean;
  logBytes?: number;
  listOpen?: () => OpenFiles;
  wait?: (waiting: Promise<void>) => Promise<void>;
  signal?: AbortSignal;
}

/** What is wrong with a run, where the files of its versions are until it is recovered, and what that will change in its list of checksums. */
export interface RecoveredReading {
  problems: Problem[];
  places: Places;
  lists: readonly ForeseenList[];
}

/**
 * Reads every version of a run once; an operation that was interrupted is shown as recovering it will leave the run.
 * @param take is given the versions as they come
 * @throws system errors when the run folder is gone; the signal's reason
 */
export async function readAsRecovered(
  root: string,
  config: StorageConfig,
  take: (versions: ListedVersion[]) => void,
  options: LookOptions = {},
): Promise<RecoveredReading> {
  const { foreseen, lists, unforeseen } = await tryForesee(root);
  const pathOf = (id: string) => placeNow(root, foreseen.get(id) ?? id, id);
  const touched = new Set([...foreseen.keys()].flatMap((path) => keysOf(path, config)));
  const isTouched = (path: string) =>
    touched.size > 0 && keysOf(path, config).some((key) => touched.has(key));
  const takeUntouched = ({ versions }: Reading) =>
    take(touched.size === 0 ? versions : versions.filter(({ id }) => !isTouched(id)));
  const { problems, checksums } = await readRun(root, config, takeUntouched, { ...options, lists });
  const places = { ...inPlace(root, config), pathOf };
  if (touched.size === 0) return { problems: [...unforeseen, ...problems], places, lists };
  const groups = groupsAsRecovered(root, config, foreseen, (key) => touched.has(key));
  const again = readGroups(root, config, checksums, groups, pathOf);
  take(again.versions);
  const folderAt = (path: string) => {
    const group = touched.has(keyOfFolder(path)) ? groups.get(keyOfFolder(path)) : undefined;
    if (group) return { folder: group.folder, names: namesOf(group) };
    return touched.has(keyOfFolder(path)) ? null : places.folderAt(path);
  };
  return {
    problems: [...unforeseen, ...problems.filter(({ path }) => !isTouched(path)), ...again.problems],
    places: { ...places, folderAt },
    lists,
  };
}

/** A record that is damaged is told; notes that may not be read, in a run of somebody else, are none of ours. */
async function tryForesee(
  root: string,
): Promise<{ foreseen: Foreseen; lists: ForeseenList[]; unforeseen: Problem[] }> {
  try {
    const foreseen = await foreseeRecovery(root);
    return { foreseen, lists: await foreseeLists(root), unforeseen: await findUnsettled(root) };
  } catch (error) {
    const isTold = error instanceof ModelManagerError;
    return { foreseen: new Map(), lists: [], unforeseen: isTold ? [unforeseeable(root, error)] : [] };
  }
}

/** Once the run is recovered, every file is in its place. */
function placeNow(root: string, now: string, id: string): string {
  const path = join(root, now);
  return now === id || tryLookAt(path) !== null ? path : join(root, id);
}

/** The groups that a path of the run belongs to: the folders of a run may be one. */
function keysOf(path: string, config: StorageConfig): string[] {
  const inner = innerFolderOf(path, config);
  if (inner !== null) return [keyOfFolder(inner)];
  return placesIn(path, config).map(({ folder, name }) =>
    keyOf({ folder, stem: placeOf(folder, name, config).stem }),
  );
}

function placesIn(path: string, config: StorageConfig): { folder: RunFolder; name: string }[] {
  const end = path.lastIndexOf('/');
  return runFolders(config).flatMap((folder) =>
    folder.path === path.slice(0, Math.max(0, end)) ? [{ folder, name: path.slice(end + 1) }] : [],
  );
}

function readGroups(
  root: string,
  config: StorageConfig,
  checksums: ReadonlyMap<string, string>,
  groups: Groups,
  pathOf: (id: string) => string,
): Reading {
  const problems: Problem[] = [];
  const versions = [...groups.values()].flatMap((group) => {
    const lookAt = (name: string) => tryLookAt(pathOf(idOf(group.folder, name)));
    const reading = readGroup(group, {
      ...{ root, checksums, backupSuffix: config.backup_suffix, readAs: readAsOf(config) },
      ...{ lookAt, pathOf },
    });
    problems.push(...reading.problems);
    for (const { record } of reading.entries)
      problems.push(...record.problems.map((problem) => ({ path: record.id, problem })));
    return reading.entries.map((entry) => listVersion(entry, config.best_model_selection_metric));
  });
  return { versions, problems };
}
