import { bareIntegrity, type Integrity, unrecognised } from '../../../shared/model/integrity.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { formatCount } from '../formats/plain-text.ts';
import type { Structure } from '../formats/structure.ts';
import { tornDetail } from '../formats/torn-detail.ts';
import { checksumListName } from './checksum-list.ts';
import type { Verification } from './verification.ts';

/** Everything that was found out about a file by reading it once. */
export interface Evidence {
  structure: Structure;
  /** SHA-256 of the bytes, lower-case hex. */
  actual: string;
  /** The first zip member whose CRC-32 contradicts its bytes, as a sentence; looked at where no checksum is on record. */
  damagedMember: string | null;
  identity: FileIdentity;
  expected: string | null;
  /** See {@link Claim}. */
  contradicted?: boolean;
  recordedSize: number | null;
  previous: Verification | null;
  /** ISO 8601 with zone. */
  checkedAt: string;
}

/** What the evidence says of the file. A checksum is never taken anew from the bytes it should prove. */
export function judge(evidence: Evidence): Integrity {
  const found = { actual: evidence.actual, expected: evidence.expected, checked_at: evidence.checkedAt };
  if (evidence.structure.state === 'torn') {
    return {
      ...bareIntegrity(
        'torn',
        tornDetail(evidence.structure.detail, evidence.identity.size, evidence.recordedSize),
      ),
      ...found,
    };
  }
  if (evidence.expected === null) return { ...judgeUnsealed(evidence), checked_at: evidence.checkedAt };
  if (evidence.actual === evidence.expected && evidence.contradicted)
    return { ...bareIntegrity('mismatch', otherListed), ...found };
  if (evidence.actual === evidence.expected)
    return { ...bareIntegrity('verified', verifiedDetail(evidence.structure)), ...found };
  const cause = causeOf(evidence);
  return { ...bareIntegrity('mismatch', mismatchDetail(cause, evidence)), ...found, cause };
}

const otherListed = `its bytes have the checksum in its sidecar, and ${checksumListName} gives another: correct the one that is wrong`;

/** That a file has another size (bytes) than the record says, in words; null where it has that, or none is on record. */
export function tellOtherSize(size: number, recorded: number | null): string | null {
  if (recorded === null || recorded === size) return null;
  return `${formatCount(size)} of ${formatCount(recorded)} bytes: the size differs from the one on record`;
}

function verifiedDetail({ format, detail }: Structure): string | null {
  return format === 'unknown' ? unrecognised('verified', detail) : null;
}

function judgeUnsealed(evidence: Evidence): Integrity {
  const { structure, damagedMember, actual, previous } = evidence;
  if (structure.format === 'unknown') return { ...bareIntegrity('torn', structure.detail), actual };
  const remembered = rememberedHash(previous);
  if (remembered !== null && remembered !== actual && isUntouched(evidence)) {
    const detail =
      'bit rot: no checksum is on record, but its bytes differ from when it was last read, and neither size nor time has changed';
    return { ...bareIntegrity('mismatch', detail), cause: 'bit-rot', expected: remembered, actual };
  }
  if (damagedMember !== null) return { ...bareIntegrity('mismatch', damagedMember), actual };
  const otherSize = tellOtherSize(evidence.identity.size, evidence.recordedSize);
  if (otherSize !== null) return { ...bareIntegrity('mismatch', otherSize), cause: 'changed', actual };
  return { ...bareIntegrity('unsealed', structure.detail), actual };
}

/** What its bytes were when it was last read; where they had rotted by then and no checksum told so, what they were before. */
function rememberedHash(previous: Verification | null): string | null {
  if (!previous) return null;
  const { cause, expected, actual } = previous.integrity;
  return cause === 'bit-rot' && previous.recorded === null ? expected : actual;
}

/** Same size and mtime as when it was last read. */
function isUntouched({ identity, previous }: Evidence): boolean {
  const before = previous?.identity;
  return (
    before !== null &&
    before !== undefined &&
    before.size === identity.size &&
    before.mtimeMs === identity.mtimeMs
  );
}

/** Bytes that are as they were when last read have not changed since: then only an earlier cause can be theirs. */
function causeOf(evidence: Evidence): Integrity['cause'] {
  const { identity, recordedSize, actual, expected, previous } = evidence;
  if (recordedSize !== null && recordedSize !== identity.size) return 'changed';
  if (!previous?.identity) return null;
  const before = previous.integrity;
  if (before.actual === actual) return previous.recorded === expected ? before.cause : null;
  if (!isUntouched(evidence)) return 'changed';
  return before.actual === null ? null : 'bit-rot';
}

function mismatchDetail(cause: Integrity['cause'], { identity, recordedSize }: Evidence): string {
  if (recordedSize !== null && recordedSize !== identity.size) {
    return `${formatCount(identity.size)} of ${formatCount(recordedSize)} bytes: another file than the one whose checksum is on record`;
  }
  if (cause === 'bit-rot')
    return 'bit rot: the bytes differ from the checksum on record, and they changed while size and time did not';
  if (cause === 'changed')
    return 'changed since it was last read: the bytes differ from the checksum on record';
  return 'the bytes differ from the checksum on record';
}
