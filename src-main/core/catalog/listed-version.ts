import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { stringifyJson } from '../../../shared/model/json.ts';
import { metricValue } from '../../../shared/model/metric.ts';
import type { Version } from '../../../shared/model/version.ts';
import type { Ranked } from '../../../shared/query/rank-versions.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import type { CatalogEntry } from './read-group.ts';

/**
 * A version as it is held in memory and passed between threads: what ranking and verifying need, and the rest as text. A
 * hundred thousand of these cost a fraction of the objects they stand for, and most are only ever printed.
 */
export interface ListedVersion extends Ranked {
  identity: FileIdentity | null;
  checksum: string | null;
  size: number;
  /** The size its record gives, in bytes. */
  recordedSize: number | null;
  /** What is known of the bytes from the listing alone. */
  detail: string | null;
  /** The inside of the version's JSON object, without what changes later: integrity and badges. */
  text: string;
}

/** What became different on disk. `removed` are ids. */
export interface ListedChange {
  changed: ListedVersion[];
  removed: string[];
}

/** @param metric the metric that the run is ranked by */
export function listVersion(
  { version, identity, recordedSize, time, modifiedAt }: CatalogEntry,
  metric: string,
): ListedVersion {
  const { integrity, is_best: _best, is_latest: _latest, ...rest } = version;
  return {
    id: version.id,
    kind: version.kind,
    number: version.version,
    value: metricValue(version, metric),
    state: integrity.state,
    time,
    modifiedAt,
    identity,
    checksum: version.checksum,
    size: version.file_size_bytes,
    recordedSize,
    detail: integrity.detail,
    text: stringifyJson(rest).slice(1, -1),
  };
}

/** The integrity a version has from the listing alone. */
export function listedIntegrity({ state, detail, checksum }: ListedVersion): Integrity {
  const cause = state === 'mismatch' ? 'changed' : null;
  return { ...bareIntegrity(state, detail), cause, expected: state === 'missing' ? null : checksum };
}

export interface Badges {
  best: string | null;
  latest: string | null;
}

/** The version as the JSON document of `cairn ls`, without its braces. */
export function versionText(
  { id, text }: ListedVersion,
  integrity: Integrity,
  { best, latest }: Badges,
): string {
  return `${text},"integrity":${JSON.stringify(integrity)},"is_best":${id === best},"is_latest":${id === latest}`;
}

/** The version itself. */
export function readVersion(listed: ListedVersion, integrity: Integrity, badges: Badges): Version {
  return JSON.parse(`{${versionText(listed, integrity, badges)}}`) as Version;
}

/** The listed version with the value of another metric to rank by. */
export function withMetric(listed: ListedVersion, metric: string): ListedVersion {
  const version = JSON.parse(`{${listed.text}}`) as Version;
  return { ...listed, value: metricValue(version, metric) };
}

/** Listed versions on their way between threads: two long strings cross far faster than a hundred thousand objects. */
export interface PackedVersions {
  records: string;
  texts: string;
}

export function packVersions(versions: readonly ListedVersion[]): PackedVersions {
  const records = versions.map(({ text: _text, ...record }) => record);
  // JSON text holds no bare newline.
  return { records: JSON.stringify(records), texts: versions.map(({ text }) => text).join('\n') };
}

export function unpackVersions({ records, texts }: PackedVersions): ListedVersion[] {
  const parts = texts.split('\n');
  const versions = JSON.parse(records) as ListedVersion[];
  for (const [index, version] of versions.entries()) version.text = parts[index] ?? '';
  return versions;
}
