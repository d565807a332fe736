import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { type ClassifiedName, classifyName } from './classify-name.ts';
import { type FileSet, fileSetOf } from './layouts/file-sets.ts';
import type { RunFolder } from './list-names.ts';

export type Role = 'model' | 'part' | 'sidecar' | 'companion' | 'backup' | 'leftover';

/** The files of one folder that share a stem, by what they are. */
export interface Group {
  folder: RunFolder;
  stem: string;
  files: Record<Role, readonly string[]>;
}

/** Most groups have files of one or two kinds: the other lists are all this one. */
const none: readonly string[] = [];

/** Groups by a key: the stem, within one folder; its {@link keyOf}, where there are several. */
export type Groups = Map<string, Group>;

/** Adds a name to the group with that key; names that are nothing to a run are left out. */
export function addName(
  groups: Groups,
  key: string,
  folder: RunFolder,
  name: string,
  { role, stem }: ClassifiedName,
): void {
  if (role === 'other') return;
  let group = groups.get(key);
  if (!group) {
    group = {
      folder,
      stem,
      files: { model: none, part: none, sidecar: none, companion: none, backup: none, leftover: none },
    };
    groups.set(key, group);
  }
  const names = group.files[role];
  group.files[role] = names === none ? [name] : [...names, name];
}

/** What tells a group from those of other folders; of a folder that is a version all files are one group, whatever stands for them. */
export function keyOf({ folder, stem }: Pick<Group, 'folder' | 'stem'>): string {
  return folder.version ? keyOfFolder(folder.path) : idOf(folder, stem);
}

/** {@link keyOf} the group of a folder that is a version. */
export function keyOfFolder(path: string): string {
  return `${path}/`;
}

/**
 * What a name is in this folder, and the stem of its group; in a folder for saves in progress everything is left over, in one that is a version
 * everything goes with the file that stands for it.
 */
export function placeOf(folder: RunFolder, name: string, config: StorageConfig): ClassifiedName {
  if (folder.version) return { role: name === folder.version.main ? 'model' : 'companion', stem: '' };
  return folder.purpose === 'temp' ? { role: 'leftover', stem: name } : classifyName(name, config);
}

/** Every name of a group. */
export function namesOf({ files }: Group): string[] {
  return [
    ...files.model,
    ...files.part,
    ...files.sidecar,
    ...files.companion,
    ...files.backup,
    ...files.leftover,
  ];
}

/** The version that is several files of the group; null where there is none. */
export function setOf({ stem, files }: Pick<Group, 'stem' | 'files'>): FileSet | null {
  return files.part.length === 0 ? null : fileSetOf(stem, files.part);
}

/** The names that stand for a version each. */
export function modelsOf(group: Pick<Group, 'stem' | 'files'>): readonly string[] {
  const set = setOf(group);
  return set ? [...group.files.model, set.main] : group.files.model;
}

/** The backups of one model of a group. */
export function backupsOf(model: string, { files }: Group, suffix: string): string[] {
  return files.backup.filter((name) => name === model + suffix);
}

/** The group without any of its names. */
export function emptied(group: Group): Group {
  return {
    ...group,
    files: { model: none, part: none, sidecar: none, companion: none, backup: none, leftover: none },
  };
}

/** The group without one of its names. */
export function withoutName(group: Group, name: string): Group {
  const without = (names: readonly string[]) => names.filter((other) => other !== name);
  const { model, part, sidecar, companion, backup, leftover } = group.files;
  return {
    ...group,
    files: {
      model: without(model),
      part: without(part),
      sidecar: without(sidecar),
      companion: without(companion),
      backup: without(backup),
      leftover: without(leftover),
    },
  };
}

/** A file's id: its path relative to the run, with `/`. */
export function idOf(folder: RunFolder, name: string): string {
  return folder.path === '' ? name : `${folder.path}/${name}`;
}

/** The id of a file that is in the same folder as another, by its name. */
export function beside(id: string, name: string): string {
  return id.slice(0, id.lastIndexOf('/') + 1) + name;
}
