import { bareIntegrity } from '../../../shared/model/integrity.ts';
import type { Problem } from '../../../shared/model/run.ts';
import type { VersionKind } from '../../../shared/model/version.ts';
import { explainError } from '../files/error-code.ts';
import {
  type FileIdentity,
  type FileStatus,
  identityOf,
  isFile,
  isLink,
  type Look,
} from '../files/file-identity.ts';
import { isUnreadableName, unreadableName } from '../files/tell-no-file.ts';
import { describeLink, isAnotherName } from './describe-link.ts';
import { escapeName } from './escape-name.ts';
import { backupsOf, type Group, idOf, namesOf, setOf } from './group-names.ts';
import { identityOfSet } from './identity-of-folder.ts';
import type { FileSet } from './layouts/file-sets.ts';
import { companionOf } from './layouts/known-layouts.ts';
import type { FolderVersion } from './layouts/layout.ts';
import { readCompanions } from './layouts/read-companions.ts';
import { type CatalogEntry, makeEntry } from './make-entry.ts';
import { type NamedFacts, parseFileName } from './parse-file-name.ts';
import { listedFor, withMissing } from './read-set.ts';
import { chooseSidecar, readSidecar, type Sidecar } from './read-sidecar.ts';
import { numbersIn, readState } from './read-state.ts';
import { readVersionFolder } from './read-version-folder.ts';
import { lookIntoFolder } from './version-folders.ts';

export interface GroupReading {
  entries: CatalogEntry[];
  problems: Problem[];
  /** The sidecar that counts, as it was when it was read; null where there is none or it could not be read. */
  sidecar: FileIdentity | null;
}

export interface GroupContext {
  root: string;
  checksums: ReadonlyMap<string, string>;
  /** What is added to a model's name to name its backup. */
  backupSuffix: string;
  /** The framework in whose way alone names are read; by default those of all. */
  readAs?: string | undefined;
  /** What is at a name of the group. */
  lookAt: (name: string) => Look;
  /** Where the file of an id is, absolute; by default in its place. */
  pathOf?: (id: string) => string;
}

const noProblems: string[] = [];

/** A file that stands for a version; of one that is several files, those, what tells their state, and what is missing of them. */
interface Model {
  name: string;
  status: FileStatus;
  set?: FileSet;
}

/** Looks at the files of a group and makes its versions: one for each model file, or one `missing` for a lone sidecar. */
export function readGroup(group: Group, context: GroupContext): GroupReading {
  const { files } = group;
  if (group.folder.version) return readFolder(group, group.folder.version, context);
  const reading: GroupReading = { entries: [], problems: [], sidecar: null };
  for (const name of files.leftover) reading.problems.push(leftover(group, name));
  const models = [
    ...files.model.flatMap((name) => readModel(group, name, context, reading)),
    ...readSet(group, context, reading),
  ];
  if (models.length === 0) {
    readLoneRecords(group, context, reading);
    return reading;
  }
  const sidecar = readFirstSidecar(group, context);
  reading.sidecar = sidecar?.identity ?? null;
  for (const model of models) reading.entries.push(entryOf(group, model, sidecar, context));
  return reading;
}

/** All of a folder that is a version is one; what is no file in it is told. */
function readFolder(group: Group, version: FolderVersion, context: GroupContext): GroupReading {
  const reading: GroupReading = { entries: [], problems: [], sidecar: null };
  const lookAt = eachOnce(context.lookAt);
  const read = readVersionFolder(group, version, { ...context, lookAt });
  for (const name of namesOf(group)) {
    const look = lookAt(name);
    const id = idOf(group.folder, name);
    const problem =
      look && isFile(look) ? null : describeNonFile(look, name, `${context.root}/${id}`, context.root);
    if (problem) reading.problems.push({ path: id, problem });
  }
  if (!read) return reading;
  const { facts, identity, incomplete, isBest } = read;
  const entry = makeEntry({ ...facts, kind: kindOf(group, facts.named, isBest) }, identity);
  const integrity =
    incomplete === null ? entry.integrity : bareIntegrity('torn', incomplete, facts.listedChecksum);
  reading.entries.push({ ...entry, integrity });
  return reading;
}

/** Looks at each name once, however often it is asked. */
function eachOnce(lookAt: GroupContext['lookAt']): GroupContext['lookAt'] {
  const looks = new Map<string, Look>();
  return (name) => {
    const known = looks.get(name);
    if (known !== undefined) return known;
    const look = lookAt(name);
    looks.set(name, look);
    return look;
  };
}

function readModel(group: Group, name: string, context: GroupContext, reading: GroupReading): Model[] {
  const look = context.lookAt(name);
  if (look && isFile(look)) return [{ name, status: look }];
  const id = idOf(group.folder, name);
  const path = `${context.root}/${id}`;
  if (isLink(look) && isAnotherName(path, context.root)) return [];
  const problem = describeNonFile(look, name, path, context.root);
  if (problem && !isVersion(look, group, id, context)) reading.problems.push({ path: id, problem });
  return [];
}

/** Whether what is no file is a version all the same, as a folder of Lightning's is. */
function isVersion(look: Look, { folder }: Group, id: string, { root }: GroupContext): boolean {
  const isFolder = look !== null && 'type' in look && look.type === 'folder';
  return isFolder && lookIntoFolder(root, folder, id).version !== null;
}

/** The version that is several files of the group; none where there is none. */
function readSet(group: Group, context: GroupContext, reading: GroupReading): Model[] {
  const set = setOf(group);
  if (!set) return [];
  const [model] = readModel(group, set.main, context, reading);
  const others = set.others.flatMap((name) => readModel(group, name, context, reading));
  const statuses = new Map(others.map(({ name, status }) => [name, status]));
  if (!model) return [];
  const identity = identityOfSet(set, (name) =>
    name === set.main ? model.status : (statuses.get(name) ?? null),
  );
  return [{ ...model, status: { ...model.status, ...identity }, set }];
}

/** Why a name that looks like a model is none; null when there is nothing to say: it is gone. */
function describeNonFile(look: Look, name: string, path: string, root: string): string | null {
  if (look instanceof Error) return `this file cannot be looked at: ${explainError(look)}`;
  if (look === null) return isUnreadableName(name) ? unreadableName : null;
  if (look.type !== 'folder') return describeOther(look, path, root);
  // Without an ending it may well be what other frameworks keep in folders.
  return name.includes('.') ? 'a folder named like a model: not a version' : null;
}

function describeOther(status: FileStatus, path: string, root: string): string {
  if (status.type !== 'link') return 'not a regular file (a pipe, socket or device): it is never opened';
  return describeLink(path, root);
}

function readFirstSidecar({ folder, files }: Group, { root, pathOf }: GroupContext): Sidecar | null {
  const name = chooseSidecar(files.sidecar);
  if (name === undefined) return null;
  const id = idOf(folder, name);
  return readSidecar(pathOf ? pathOf(id) : `${root}/${id}`);
}

function entryOf(
  group: Group,
  { name, status, set }: Model,
  sidecar: Sidecar | null,
  { checksums, backupSuffix, readAs, lookAt }: GroupContext,
): CatalogEntry {
  const id = idOf(group.folder, name);
  const companions = readCompanions(group.files.companion, status, lookAt);
  const own = sidecar?.problems ?? noProblems;
  const named = parseFileName(group.stem);
  const state = sidecar?.metadata ? null : readState(name, group.stem, named, lookAt, readAs);
  const entry = makeEntry(
    {
      id,
      kind: kindOf(group, named, state?.isBest),
      state: numbersIn(state),
      named,
      size: status.size,
      metadata: sidecar?.metadata ?? null,
      metadataFrom: 'sidecar',
      listedChecksum: listedFor(id, set, checksums),
      backups: backupsOf(name, group, backupSuffix).length,
      problems: companions ? [...own, ...companions.problems] : own,
      fault: sidecar?.fault ?? null,
    },
    identityOf(status),
  );
  const told = withMissing(entry, set);
  return companions ? { ...told, companions: companions.kinds, companionState: companions.state } : told;
}

/** A sidecar, a companion or a backup whose model is gone. Only a sidecar that describes a model makes a version. */
function readLoneRecords(group: Group, context: GroupContext, reading: GroupReading): void {
  for (const name of group.files.backup) {
    reading.problems.push({ path: idOf(group.folder, name), problem: 'a backup whose model is gone' });
  }
  for (const name of group.files.companion) {
    if (companionOf(name)?.isCalledSo) continue;
    const problem = `it goes with the model ${escapeName(group.stem)}, which is not here`;
    reading.problems.push({ path: idOf(group.folder, name), problem });
  }
  const sidecar = readFirstSidecar(group, context);
  if (!sidecar || !describesModel(group, sidecar)) return;
  for (const name of group.files.sidecar) {
    reading.problems.push({ path: idOf(group.folder, name), problem: 'a sidecar without its model file' });
  }
  const id = `${idOf(group.folder, group.stem)}.pt`;
  const { metadata, problems, fault = null } = sidecar;
  const listedChecksum = context.checksums.get(id) ?? null;
  const named = parseFileName(group.stem);
  reading.entries.push(
    makeEntry(
      {
        ...{
          id,
          kind: kindOf(group, named),
          named,
          size: null,
          metadata,
          listedChecksum,
          backups: 0,
          problems,
          fault,
        },
        metadataFrom: 'sidecar',
        state: null,
      },
      null,
    ),
  );
}

function describesModel(group: Group, { metadata }: Sidecar): boolean {
  if (parseFileName(group.stem).reward !== null) return true;
  return (
    metadata?.reward !== undefined && (metadata.version !== undefined || metadata.checksum !== undefined)
  );
}

function leftover({ folder }: Group, name: string): Problem {
  return {
    path: idOf(folder, name),
    problem: 'left over from an interrupted save, or one in progress: not a version',
  };
}

/** @param isBest whether a framework names it as the best */
function kindOf({ folder }: Group, named: NamedFacts, isBest = false): VersionKind {
  if (folder.purpose === 'best') return 'best';
  if (folder.purpose !== 'mixed') return 'checkpoint';
  return isBest || (named.version !== null && named.reward !== null) ? 'best' : 'checkpoint';
}
