import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { VersionKind } from '../../../shared/model/version.ts';
import { parseTimestamp } from '../../../shared/query/parse-timestamp.ts';
import type { Dated } from '../../../shared/query/rank-versions.ts';
import { explainError } from '../files/error-code.ts';
import { type FileIdentity, type FileStatus, identityOf, type Look } from '../files/file-identity.ts';
import { buildVersion, recordedSize } from './build-version.ts';
import { classifyName } from './classify-name.ts';
import { escapeName } from './escape-name.ts';
import type { RunFolder } from './list-names.ts';
import { parseFileName } from './parse-file-name.ts';
import { readSidecar, type Sidecar } from './read-sidecar.ts';

/** The files of one folder that share a stem. */
export interface Group {
  folder: RunFolder;
  stem: string;
  names: string[];
}

/** A version with how new it is, and what tells whether its file was touched since; `identity` is null where there is no file. */
export interface CatalogEntry extends Dated {
  identity: FileIdentity | null;
  /** The size its record gives, in bytes. */
  recordedSize: number | null;
}

export interface GroupReading {
  entries: CatalogEntry[];
  problems: Problem[];
}

export interface GroupContext {
  root: string;
  config: StorageConfig;
  checksums: ReadonlyMap<string, string>;
}

/** What was found at each name of a group. */
export type Looks = ReadonlyMap<string, Look>;
type Model = { name: string; status: FileStatus };

/** Looks at every file of a group and makes its versions: one for each model file, or one `missing` for a lone sidecar. */
export function readGroup(group: Group, looks: Looks, context: GroupContext): GroupReading {
  const reading: GroupReading = { entries: [], problems: [] };
  const byRole = sortByRole(group, context.config);
  if (group.folder.purpose === 'temp') {
    reading.problems.push(...group.names.map((name) => leftover(group, name)));
    return reading;
  }
  reading.problems.push(...byRole.leftover.map((name) => leftover(group, name)));
  const models = byRole.model.flatMap((name) => readModel(group, name, looks, context, reading));
  if (models.length === 0) readLoneRecords(group, byRole, context, reading);
  const sidecar = models.length > 0 ? readFirstSidecar(group, byRole.sidecar, context) : null;
  for (const model of models) reading.entries.push(entryOf(group, model, sidecar, byRole.backup, context));
  return reading;
}

function sortByRole(
  group: Group,
  config: StorageConfig,
): Record<'model' | 'sidecar' | 'backup' | 'leftover' | 'other', string[]> {
  const byRole = { model: [], sidecar: [], backup: [], leftover: [], other: [] } as Record<string, string[]>;
  for (const name of group.names) byRole[classifyName(name, config).role]?.push(name);
  return byRole as ReturnType<typeof sortByRole>;
}

function readModel(
  group: Group,
  name: string,
  looks: Looks,
  context: GroupContext,
  reading: GroupReading,
): Model[] {
  const look = looks.get(name) ?? null;
  if (look && !(look instanceof Error) && look.type === 'file') return [{ name, status: look }];
  const problem = describeNonFile(look, name, join(context.root, group.folder.path, name));
  if (problem) reading.problems.push({ path: idOf(group, name), problem });
  return [];
}

/** Why a name that looks like a model is none; null when there is nothing to say: it is gone, or a folder. */
function describeNonFile(look: Look, name: string, path: string): string | null {
  if (look instanceof Error) return `this file cannot be looked at: ${explainError(look)}`;
  if (look === null)
    return name.includes('\ufffd') ? 'its name is not valid UTF-8: rename it to open it here' : null;
  return look.type === 'folder' ? null : describeOther(look, path);
}

function describeOther(status: FileStatus, path: string): string {
  if (status.type !== 'link') return 'not a regular file (a pipe, socket or device): it is never opened';
  return `a symbolic link to ${escapeName(readlinkSync(path))}: another name, not a version of its own`;
}

function readFirstSidecar(group: Group, names: string[], context: GroupContext): Sidecar | null {
  const name = names.find((candidate) => !candidate.endsWith('_meta.json')) ?? names[0];
  return name === undefined ? null : readSidecar(join(context.root, group.folder.path, name));
}

function entryOf(
  group: Group,
  model: Model,
  sidecar: Sidecar | null,
  backups: string[],
  context: GroupContext,
): CatalogEntry {
  const id = idOf(group, model.name);
  const version = buildVersion({
    id,
    kind: kindOf(group),
    stem: group.stem,
    size: model.status.size,
    metadata: sidecar?.metadata ?? null,
    listedChecksum: context.checksums.get(id) ?? null,
    backups: backups.filter((name) => name.startsWith(model.name)).length,
    problems: sidecar?.problems ?? [],
  });
  const time = parseTimestamp(version.timestamp);
  return {
    version,
    time,
    identity: identityOf(model.status),
    recordedSize: recordedSize(sidecar?.metadata ?? null),
    modifiedAt: model.status.mtimeMs,
  };
}

/** A sidecar or a backup whose model is gone. Only a sidecar that describes a model counts as a version, and only among models. */
function readLoneRecords(
  group: Group,
  byRole: Record<'sidecar' | 'backup', string[]>,
  context: GroupContext,
  reading: GroupReading,
): void {
  for (const name of byRole.backup) {
    reading.problems.push({ path: idOf(group, name), problem: 'a backup whose model is gone' });
  }
  const [name] = byRole.sidecar;
  if (name === undefined) return;
  const sidecar = readFirstSidecar(group, byRole.sidecar, context);
  if (!sidecar || !describesModel(group, sidecar)) return;
  const id = `${idOf(group, group.stem)}.pt`;
  reading.problems.push({ path: idOf(group, name), problem: 'a sidecar without its model file' });
  const facts = {
    id,
    kind: kindOf(group),
    stem: group.stem,
    size: null,
    metadata: sidecar.metadata,
    listedChecksum: context.checksums.get(id) ?? null,
  };
  const version = buildVersion({ ...facts, backups: 0, problems: sidecar.problems });
  reading.entries.push({
    version,
    time: parseTimestamp(version.timestamp),
    identity: null,
    recordedSize: null,
    modifiedAt: 0,
  });
}

function describesModel(group: Group, { metadata }: Sidecar): boolean {
  if (parseFileName(group.stem).reward !== null) return true;
  return (
    metadata?.reward !== undefined && (metadata.version !== undefined || metadata.checksum !== undefined)
  );
}

function leftover(group: Group, name: string): Problem {
  return {
    path: idOf(group, name),
    problem: 'left over from an interrupted save, or one in progress: not a version',
  };
}

function kindOf({ folder, stem }: Group): VersionKind {
  if (folder.purpose === 'best') return 'best';
  const named = parseFileName(stem);
  return folder.purpose === 'mixed' && named.version !== null && named.reward !== null
    ? 'best'
    : 'checkpoint';
}

/** A file's id: its path relative to the run, with `/`. */
export function idOf({ folder }: Pick<Group, 'folder'>, name: string): string {
  return folder.path === '' ? name : `${folder.path}/${name}`;
}
