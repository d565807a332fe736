import { type JsonObject, objectOrNull, ownValue } from '../../../shared/model/json.ts';
import { explainError } from '../files/error-code.ts';
import type { FileIdentity, FileStatus, Look } from '../files/file-identity.ts';
import { readText } from '../files/read-text.ts';
import { manifestChecksum } from '../integrity/manifest.ts';
import type { VersionFacts } from './build-version.ts';
import { type Group, idOf, namesOf } from './group-names.ts';
import { identityOfFolder } from './identity-of-folder.ts';
import { interpretRecord, type Meaning } from './interpret-record.ts';
import { folderNamingOf } from './layouts/known-layouts.ts';
import type { FolderNaming, FolderVersion, NamedState } from './layouts/layout.ts';
import { readCounts } from './layouts/name-numbers.ts';
import { nameBeforeSave, recordOfFolder } from './layouts/saved-folders.ts';
import { missingOfFolder } from './missing-of-folder.ts';
import { parseFileName } from './parse-file-name.ts';
import { parseJson } from './parse-json.ts';
import type { GroupContext } from './read-group.ts';
import { sidecarLimit } from './read-sidecar.ts';
import { numbersIn, type StateInName } from './read-state.ts';

/** A version that is a folder; `incomplete` says what is missing of it, null for nothing. */
export interface FolderReading {
  facts: Omit<VersionFacts, 'kind'>;
  identity: FileIdentity;
  incomplete: string | null;
  /** Whether its framework keeps it as the best, by names. */
  isBest: boolean;
}

type Context = Pick<GroupContext, 'root' | 'checksums' | 'lookAt' | 'pathOf'>;

/** Null where the file that stands for it is not there any more. */
export function readVersionFolder(
  group: Group,
  version: FolderVersion,
  context: Context,
): FolderReading | null {
  const { path } = group.folder;
  const names = namesOf(group);
  const identity = identityOfFolder(version.main, names, (name) => statusOf(context.lookAt(name)));
  if (!identity) return null;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const own = nameBeforeSave(names) ?? name;
  const { metadata, problems, fault = null } = readOwnState(group, version, names, context);
  const said = folderNamingOf(version)?.readName?.(own, version.main) ?? null;
  const facts = {
    ...{ id: idOf(group.folder, version.main), size: identity.size, metadata, problems, fault, backups: 0 },
    ...{ metadataFrom: 'sidecar' as const, named: namedBy(name, own, version) },
    listedChecksum: listedManifest(path, names, context),
    state: stateIn(own, version, said),
  };
  const { root, checksums, pathOf = (id) => `${root}/${id}` } = context;
  const missing = missingOfFolder({ path, version, names }, checksums, pathOf);
  return {
    facts,
    identity,
    incomplete: missing.length === 0 ? null : missing.join('; '),
    isBest: said?.isBest ?? false,
  };
}

function statusOf(look: Look): FileStatus | null {
  return look instanceof Error ? null : look;
}

function namedBy(name: string, own: string, { isAnyName }: FolderVersion): VersionFacts['named'] {
  const named = parseFileName(name);
  return { ...named, version: named.version ?? (isAnyName ? null : countOf(own)) };
}

/** Folders are counted: their number tells one from another as that of a model does. Null for a name that has none. */
export function countOf(name: string): number | null {
  const digits = /\d{1,15}$/.exec(name)?.[0];
  return digits === undefined ? null : Number(digits);
}

/** Where numbers are filled up with zeros, folders are counted by them, and not steps. */
function stateIn(name: string, version: FolderVersion, said: NamedState | null): StateInName | null {
  const state = numbersIn(said && { ...said, reward: null });
  if (state) return state;
  const counts = readCounts(name);
  if (counts) return { ...counts, reward: null };
  const digits = /\d{1,15}$/.exec(name)?.[0];
  const isStep = !version.isAnyName && digits !== undefined && (digits === '0' || !digits.startsWith('0'));
  if (!isStep || !folderNamingOf(version)?.countsSteps) return null;
  return { step: Number(digits), episode: null, reward: null, metrics: [] };
}

function readOwnState(
  group: Group,
  version: FolderVersion,
  names: readonly string[],
  context: Context,
): Meaning {
  const record = recordOf(version, names);
  const metrics = nameBeforeSave(names) === null ? folderNamingOf(version)?.metrics : undefined;
  const read = (name: string | undefined) =>
    name !== undefined && names.includes(name) ? readObject(group, name, context) : nothingRead;
  const [told, measured] = [read(record?.name), read(metrics)];
  const own = told.object && record ? record.read(told.object) : null;
  const all = measured.object ? withMetrics(own, measured.object) : own;
  const problems = [...told.problems, ...measured.problems];
  const [fault] = problems;
  const unread = fault === undefined ? {} : { fault };
  if (!all) return { metadata: null, problems, ...unread };
  const meaning = interpretRecord(all, `its ${record?.name ?? metrics}`);
  return { ...meaning, ...unread, problems: [...problems, ...meaning.problems] };
}

interface ReadObject {
  object: JsonObject | null;
  problems: string[];
}

const nothingRead: ReadObject = { object: null, problems: [] };

function withMetrics(own: JsonObject | null, measured: JsonObject): JsonObject {
  return { ...own, metrics: { ...measured, ...objectOrNull(ownValue(own, 'metrics')) } };
}

function readObject({ folder }: Group, name: string, { root, pathOf }: Context): ReadObject {
  const id = idOf(folder, name);
  try {
    const object = objectOrNull(parseJson(readText(pathOf ? pathOf(id) : `${root}/${id}`, sidecarLimit)));
    return { object, problems: object ? [] : [`its ${name} is not an object`] };
  } catch (error) {
    return { object: null, problems: [`its ${name} cannot be read: ${explainError(error)}`] };
  }
}

/** That which a save put there goes before that of the framework: it has what was known of both. */
function recordOf(version: FolderVersion, names: readonly string[]): FolderNaming['record'] {
  const own = nameBeforeSave(names);
  if (own === null) return folderNamingOf(version)?.record;
  return { name: recordOfFolder(own), read: (object) => object };
}

/** Null unless the run lists every file of it. */
function listedManifest(path: string, names: readonly string[], { checksums }: Context): string | null {
  if (checksums.size === 0) return null;
  const files = names.flatMap((name) => {
    const checksum = checksums.get(`${path}/${name}`);
    return checksum === undefined ? [] : [{ name, checksum }];
  });
  return files.length === names.length ? manifestChecksum(files) : null;
}
