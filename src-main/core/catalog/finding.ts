import type { Integrity } from '../../../shared/model/integrity.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import type { ListedVersion } from './listed-version.ts';

/** What was found out about a file after it was listed. */
export interface Finding {
  identity: FileIdentity | null;
  /** The checksum that was on record then; where it is not given, the one that the integrity names. */
  recorded?: string | null;
  integrity: Integrity;
}

/** Whether the file, or the checksum on record, was another when that was found out. */
export function isStale(finding: Finding, { identity, checksum }: ListedVersion): boolean {
  return finding.identity !== null && identity !== null && !isOf(finding, identity, checksum);
}

/** Whether that was found out about the file as it stands, compared with the checksum that is on record. */
export function isOf(finding: Finding, identity: FileIdentity, checksum: string | null): boolean {
  const recorded = finding.recorded === undefined ? finding.integrity.expected : finding.recorded;
  return finding.identity !== null && sameIdentity(finding.identity, identity) && recorded === checksum;
}
