import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { stringifyJson } from '../../../shared/model/json.ts';
import { metricValue } from '../../../shared/model/metric.ts';
import type { Version, VersionRecord } from '../../../shared/model/version.ts';
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
  { record, integrity, identity, recordedSize, time, modifiedAt }: CatalogEntry,
  metric: string,
): ListedVersion {
  return {
    id: record.id,
    kind: record.kind,
    number: record.version,
    value: metricValue(record, metric),
    state: integrity.state,
    time,
    modifiedAt,
    identity,
    checksum: record.checksum,
    size: record.file_size_bytes,
    recordedSize,
    detail: integrity.detail,
    text: stringifyJson(record).slice(1, -1),
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
  return `${text},"integrity":${integrityText(integrity)},"is_best":${id === best},"is_latest":${id === latest}`;
}

/** Most have neither a detail nor ever been checked: those are put together by hand. */
function integrityText(integrity: Integrity): string {
  const { state, detail, cause, expected, actual, checked_at } = integrity;
  if (detail ?? cause ?? actual ?? checked_at) return JSON.stringify(integrity);
  return `{"state":"${state}","detail":null,"cause":null,"expected":${JSON.stringify(expected)},"actual":null,"checked_at":null}`;
}

/** The version itself. */
export function readVersion(listed: ListedVersion, integrity: Integrity, badges: Badges): Version {
  return JSON.parse(`{${versionText(listed, integrity, badges)}}`) as Version;
}

/** The listed version with the value of another metric to rank by. */
export function withMetric(listed: ListedVersion, metric: string): ListedVersion {
  const record = JSON.parse(`{${listed.text}}`) as VersionRecord;
  return { ...listed, value: metricValue(record, metric) };
}
