import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import type { Structure } from '../formats/structure.ts';
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
  if (evidence.actual === evidence.expected) return { ...bareIntegrity('verified'), ...found };
  const cause = causeOf(evidence);
  return { ...bareIntegrity('mismatch', mismatchDetail(cause, evidence)), ...found, cause };
}

function judgeUnsealed(evidence: Evidence): Integrity {
  const { structure, damagedMember, actual, previous } = evidence;
  if (structure.format === 'unknown') return { ...bareIntegrity('torn', structure.detail), actual };
  const remembered =
    previous?.integrity.state === 'mismatch'
      ? previous.integrity.expected
      : (previous?.integrity.actual ?? null);
  if (remembered !== null && remembered !== actual && isUntouched(evidence)) {
    const detail =
      'bit rot: no checksum is on record, but its bytes differ from when it was last read, and neither size nor time has changed';
    return { ...bareIntegrity('mismatch', detail), cause: 'bit-rot', expected: remembered, actual };
  }
  if (damagedMember !== null) return { ...bareIntegrity('mismatch', damagedMember), actual };
  return { ...bareIntegrity('unsealed', structure.detail), actual };
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

function causeOf(evidence: Evidence): Integrity['cause'] {
  const { identity, recordedSize, previous } = evidence;
  if (recordedSize !== null && recordedSize !== identity.size) return 'changed';
  if (!previous?.identity) return null;
  if (!isUntouched(evidence)) return 'changed';
  return previous.integrity.state === 'mismatch' ? previous.integrity.cause : 'bit-rot';
}

function mismatchDetail(cause: Integrity['cause'], { identity, recordedSize }: Evidence): string {
  if (recordedSize !== null && recordedSize !== identity.size) {
    return `${count(identity.size)} of ${count(recordedSize)} bytes: another file than the one whose checksum is on record`;
  }
  if (cause === 'bit-rot')
    return 'bit rot: the bytes differ from the checksum on record, though neither size nor time has changed since they matched';
  if (cause === 'changed')
    return 'changed since it was last read: the bytes differ from the checksum on record';
  return 'the bytes differ from the checksum on record';
}

/** What is wrong with a structure, with the size that the record gives put beside the size there is. */
export function tornDetail(detail: string | null, size: number, recordedSize: number | null): string | null {
  const start = `${count(size)} bytes`;
  if (recordedSize === null || recordedSize === size || !detail?.startsWith(start)) return detail;
  return `${count(size)} of ${count(recordedSize)} bytes${detail.slice(start.length)}`;
}

function count(bytes: number): string {
  return bytes.toLocaleString('en');
}
