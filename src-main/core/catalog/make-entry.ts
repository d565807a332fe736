import type { Integrity } from '../../../shared/model/integrity.ts';
import type { VersionRecord } from '../../../shared/model/version.ts';
import { parseTimestamp, type Timestamp } from '../../../shared/query/parse-timestamp.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import {
  buildRecord,
  findFaultOfRecord,
  firstLook,
  isContradicted,
  recordedSize,
  type VersionFacts,
} from './build-version.ts';
import { escapeName } from './escape-name.ts';
import type { CompanionKind } from './layouts/layout.ts';

/** A version, how new it is, and what tells whether its file was touched since; `identity` is null where there is no file. */
export interface CatalogEntry {
  record: VersionRecord;
  /** What its name and size alone tell of its bytes. */
  integrity: Integrity;
  time: Timestamp | null;
  /** The model file's mtime in milliseconds. */
  modifiedAt: number;
  identity: FileIdentity | null;
  /** The size its record gives, in bytes. */
  recordedSize: number | null;
  /** The kinds of files that go with its model and are there. */
  companions: readonly CompanionKind[];
  /** Another number once one of these is touched; 0 where there are none. */
  companionState: number;
  /** That its record cannot be believed, one of its problems; null where nothing says so. */
  fault: string | null;
  /** Whether two checksums are on record of it, so that its bytes cannot have both. */
  contradicted: boolean;
}

const noCompanions: readonly CompanionKind[] = [];

/** A version as its record, else its name, describes it. */
export function makeEntry(facts: VersionFacts, identity: FileIdentity | null): CatalogEntry {
  const record = buildRecord(facts);
  const told = parseTimestamp(record.timestamp);
  return {
    record: told === null ? withUnreadDate(record, facts) : record,
    integrity: firstLook(facts, record.checksum),
    // A date that nobody can read is shown as it is written; when it was made the name may tell.
    time: told ?? parseTimestamp(facts.named.timestamp),
    modifiedAt: identity?.mtimeMs ?? 0,
    identity,
    recordedSize: recordedSize(facts.metadata),
    companions: noCompanions,
    companionState: 0,
    fault: findFaultOfRecord(facts, record),
    contradicted: isContradicted(facts),
  };
}

/** With a word on a date that is written, and that nobody can read. */
function withUnreadDate(record: VersionRecord, { metadata, metadataFrom }: VersionFacts): VersionRecord {
  const written = metadata?.timestamp;
  if (!written) return record;
  const where = metadataFrom === 'sidecar' ? 'its sidecar gives' : 'its contents give';
  const problem = `${where} a date that cannot be read: “${escapeName(written, 40)}”`;
  return { ...record, problems: [...record.problems, problem] };
}
