import { bareIntegrity, type Integrity, isProblem } from '../../../shared/model/integrity.ts';
import { stringifyJson, toNumber } from '../../../shared/model/json.ts';
import { measuredValue } from '../../../shared/model/metric.ts';
import { type MetricValues, numericMetrics } from '../../../shared/model/metric-values.ts';
import type { Version, VersionRecord } from '../../../shared/model/version.ts';
import type { VersionRow } from '../../../shared/model/version-row.ts';
import type { Ranked } from '../../../shared/query/rank-versions.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import type { CompanionKind } from './layouts/layout.ts';
import type { CatalogEntry } from './make-entry.ts';

/**
 * A version as it is held in memory and passed between threads: what ranking and verifying need, and the rest as text. A
 * hundred thousand of these cost a fraction of the objects they stand for, and most are only ever printed. Most are views, of
 * which a spread takes nothing: {@link copyListed} does.
 */
export interface ListedVersion extends Ranked {
  identity: FileIdentity | null;
  checksum: string | null;
  size: number;
  /** The size its record gives, in bytes. */
  recordedSize: number | null;
  /** What is known of the bytes from the listing alone. */
  detail: string | null;
  timestamp: string | null;
  step: number | null;
  episode: number | null;
  reward: number | null;
  metrics: MetricValues;
  symbol: string | null;
  tags: readonly string[];
  /** No more than {@link longest} characters. */
  notes: string | null;
  problems: readonly string[];
  /** That its record cannot be believed, one of its problems; null where nothing says so. */
  fault: string | null;
  /** Whether two checksums are on record of it, so that its bytes cannot have both; `checksum` is the sidecar's. */
  contradicted: boolean;
  source: Version['metadata_source'];
  backups: number;
  /** The kinds of files that go with its model and are there. */
  companions: readonly CompanionKind[];
  /** Another number once one of these is touched; 0 where there are none. */
  companionState: number;
  /**
   * The inside of the version's JSON object, without what changes later: integrity and badges; as UTF-8 where a thread sent it so. Null where
   * none was asked for.
   */
  text: string | Uint8Array | null;
}

/** What a sidecar says may be megabytes; a list carries so many characters of it. */
const longest = 1000;

/**
 * A free text as a list carries it: cut, an empty one as none, and without NUL, which divides texts on their way. The text of
 * the version has it to the letter.
 */
export function listedText(text: string | null): string | null {
  return text?.slice(0, longest).replaceAll('\0', '\ufffd') || null;
}

/** What became different on disk. `removed` are ids. */
export interface ListedChange {
  changed: ListedVersion[];
  removed: string[];
}

/**
 * @param metric the metric that the run is ranked by
 * @param withText whether the whole record is wanted: for most of a large run that is shown in a window it never is
 */
export function listVersion(entry: CatalogEntry, metric: string, withText = true): ListedVersion {
  const { record, integrity, identity, recordedSize, time, modifiedAt } = entry;
  const metrics = numericMetrics(record.metrics);
  const reward = toNumber(record.reward);
  return {
    id: record.id,
    kind: record.kind,
    number: record.version,
    value: measuredValue({ metrics, reward }, metric),
    state: integrity.state,
    time,
    modifiedAt,
    identity,
    checksum: record.checksum,
    size: record.file_size_bytes,
    recordedSize,
    detail: integrity.detail,
    timestamp: listedText(record.timestamp),
    step: toNumber(record.step),
    episode: toNumber(record.episode),
    reward,
    metrics,
    symbol: listedText(record.symbol),
    tags: record.tags,
    notes: listedText(record.notes),
    problems: record.problems,
    fault: entry.fault,
    contradicted: entry.contradicted,
    source: record.metadata_source,
    backups: record.backups,
    companions: entry.companions,
    companionState: entry.companionState,
    text: withText ? recordText(record) : null,
  };
}

/** The inside of the record's JSON object. */
export function recordText(record: VersionRecord): string {
  return stringifyJson(record).slice(1, -1);
}

/** The integrity a version has from the listing alone. */
export function listedIntegrity({ state, detail, checksum, contradicted }: ListedVersion): Integrity {
  const cause = state === 'mismatch' && !contradicted ? 'changed' : null;
  const integrity = bareIntegrity(state, detail, state === 'missing' ? null : checksum);
  return cause ? { ...integrity, cause } : integrity;
}

export interface Badges {
  best: string | null;
  latest: string | null;
}

/** The ids of those that wear a badge now and did not, or did and do not. */
export function movedBadges(before: Badges, after: Badges): string[] {
  const moved = (['best', 'latest'] as const).filter((badge) => before[badge] !== after[badge]);
  return moved.flatMap((badge) => [before[badge], after[badge]]).filter((id) => id !== null);
}

const decoder = new TextDecoder();

/** The text of a version as a string. */
export function asText(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : decoder.decode(text);
}

/** What follows a version's text in the JSON document of `cairn ls`. */
export function textAfter(id: string, integrity: Integrity, { best, latest }: Badges): string {
  return `,"integrity":${integrityText(integrity)},"is_best":${id === best},"is_latest":${id === latest}`;
}

/** The version as a row of the window, but for the handle. */
export type ListedRow = Omit<VersionRow, 'handle' | 'runId'>;

export function listedRow(listed: ListedVersion, integrity: Integrity, { best, latest }: Badges): ListedRow {
  const {
    id,
    kind,
    timestamp,
    step,
    episode,
    reward,
    metrics,
    symbol,
    tags,
    notes,
    problems,
    checksum,
    backups,
  } = listed;
  return {
    id,
    kind,
    version: listed.number,
    timestamp,
    step,
    episode,
    reward,
    metrics,
    symbol,
    tags: [...tags],
    notes,
    pinned: false,
    file_size_bytes: listed.size,
    checksum,
    metadata_source: listed.source,
    integrity,
    is_best: id === best,
    is_latest: id === latest,
    backups,
    problems: [...problems],
  };
}

/** Most have neither a detail nor ever been checked: those are put together by hand. */
function integrityText(integrity: Integrity): string {
  const { state, detail, cause, expected, actual, checked_at } = integrity;
  if (detail ?? cause ?? actual ?? checked_at) return JSON.stringify(integrity);
  return `{"state":"${state}","detail":null,"cause":null,"expected":${JSON.stringify(expected)},"actual":null,"checked_at":null}`;
}

/** The listed version with the value of another metric to rank by. */
export function withMetric(listed: ListedVersion, metric: string): ListedVersion {
  return { ...copyListed(listed), value: measuredValue(listed, metric) };
}

/** The listed version with the training step that its file tells, if any. Its text is as it was: {@link textWithStep}. */
export function withStep(listed: ListedVersion, step: number | null): ListedVersion {
  return step === null ? listed : { ...copyListed(listed), step };
}

/** The text of a version whose record has no training step, with that of the version as it is listed. */
export function textWithStep(text: string | Uint8Array, step: number | null): string {
  // What a record says itself comes later, and in a text each quote has a backslash.
  return asText(text).replace('"step":null', `"step":${step}`);
}

/** How many versions these are, their bytes, and of how many the file is not as it should be. */
export function sumUp(versions: Iterable<ListedVersion>): { count: number; bytes: number; wrong: number } {
  let [count, bytes, wrong] = [0, 0, 0];
  for (const { size, state } of versions) {
    count += 1;
    bytes += size;
    if (isProblem(state)) wrong += 1;
  }
  return { count, bytes, wrong };
}

/** A version as an object of its own. */
export function copyListed(listed: ListedVersion): ListedVersion {
  const { id, kind, number, value, state, time, modifiedAt, identity, checksum, size, recordedSize } = listed;
  const { detail, timestamp, step, episode, reward, metrics, symbol, tags, notes, problems } = listed;
  const { fault, contradicted, source, backups, companions, companionState, text } = listed;
  return {
    ...{ id, kind, number, value, state, time, modifiedAt, identity, checksum, size, recordedSize },
    ...{ detail, timestamp, step, episode, reward, metrics, symbol, tags, notes, problems },
    ...{ fault, contradicted, source, backups, companions, companionState, text },
  };
}
