import { stringifyJson } from '../../../shared/model/json.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { readAsOf } from '../config/read-as.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { addName, type Group, type Groups, idOf, placeOf } from './group-names.ts';
import { companionsOf } from './layouts/known-layouts.ts';
import { type RunFolder, runFolders } from './list-names.ts';
import { groupsIn } from './list-run.ts';
import { type ListedVersion, recordText } from './listed-version.ts';
import { readGroup } from './read-group.ts';
import { isOneFile, SetsInFolders } from './sets-in-folders.ts';
import { innerFolderOf, versionFolderAt } from './version-folders.ts';

/** The text of a version that was listed without one, from its files as they stand; where those are gone, from the list. */
export function rereadRecord(root: string, config: StorageConfig, listed: ListedVersion): string {
  const group = groupOf(root, config, listed.id);
  // The run's list of checksums need not be read again: what it said of this version is known.
  const isFile = isOneFile(listed.id, config);
  const checksums = new Map(isFile && listed.checksum !== null ? [[listed.id, listed.checksum]] : []);
  const context = {
    root,
    checksums,
    backupSuffix: config.backup_suffix,
    readAs: readAsOf(config),
    lookAt: (name: string) => (group ? tryLookAt(`${root}/${idOf(group.folder, name)}`) : null),
  };
  const entries = group ? readGroup(group, context).entries : [];
  const entry = entries.find(({ record }) => record.id === listed.id);
  if (!entry) return textFromList(listed);
  return recordText({ ...entry.record, checksum: entry.record.checksum ?? listed.checksum });
}

function groupOf(root: string, config: StorageConfig, id: string): Group | null {
  const inner = innerFolderOf(id, config);
  if (inner !== null) return groupOfFolder(root, config, inner);
  const slash = id.lastIndexOf('/');
  const folder = runFolders(config).find(({ path }) => path === id.slice(0, Math.max(slash, 0)));
  if (!folder) return null;
  const name = id.slice(slash + 1);
  const { stem } = placeOf(folder, name, config);
  const set = new SetsInFolders(root, config).at(id);
  const parts = set ? [set.main, ...set.others] : [];
  const own = [
    name,
    ...parts.filter((part) => part !== name),
    `${stem}.json`,
    `${stem}_meta.json`,
    name + config.backup_suffix,
  ];
  const names = [...own, ...companionsOf(name, readAsOf(config))];
  return gather(
    folder,
    names.filter((each) => tryLookAt(`${root}/${idOf(folder, each)}`) !== null),
    stem,
    config,
  );
}

function groupOfFolder(root: string, config: StorageConfig, path: string): Group | null {
  const found = versionFolderAt(root, config, path);
  const [group = null] = found ? groupsIn(found, config) : [];
  return group;
}

function gather(
  folder: RunFolder,
  names: readonly string[],
  stem: string,
  config: StorageConfig,
): Group | null {
  const groups: Groups = new Map();
  for (const name of names) addName(groups, stem, folder, name, placeOf(folder, name, config));
  return groups.get(stem) ?? null;
}

function textFromList(listed: ListedVersion): string {
  const { id, kind, number, timestamp, step, episode, reward, metrics, symbol, tags, notes, problems } =
    listed;
  const { names, values, at } = metrics;
  const record = {
    ...{ id, kind, version: number, timestamp, step, episode, training_state: null, reward },
    metrics: Object.fromEntries(names.map((name, index) => [name, values[at + index]])),
    ...{ symbol, tags, notes, pinned: false, file_size_bytes: listed.size },
    ...{ checksum: listed.checksum, metadata_source: listed.source, backups: listed.backups, problems },
  };
  return stringifyJson(record).slice(1, -1);
}
