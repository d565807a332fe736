import { bareIntegrity, type Integrity, unrecognised } from '../../../shared/model/integrity.ts';
import type { Meaning } from '../catalog/interpret-record.ts';
import { findMismatches } from '../contents/find-mismatches.ts';
import { nothingSaid, readOwnRecord } from '../contents/read-own-record.ts';
import { explainError } from '../files/error-code.ts';
import { openFileSource, type Source } from '../formats/source.ts';
import { checkStructure, takeIn } from '../formats/structure.ts';
import { tornDetail } from '../formats/torn-detail.ts';
import { findOddPart, findTornPart } from './torn-parts.ts';
import { type Claim, type ClaimedFolder, filesBeside, type LookClaim } from './verification.ts';
import { unreadable } from './verify-file.ts';

/** What a look into a file found, without reading it whole. */
export interface FileLook {
  /** Torn, unreadable, or of no known format though a checksum is on record, with the reason; null when nothing is wrong. */
  fault: Integrity | null;
  /** What it says of itself; null where that was not wanted. A file that is at fault says nothing. */
  own: Meaning | null;
  /** In what that which goes with it contradicts it, a sentence each; none where that was not wanted. */
  mismatches: readonly string[];
}

/** Looks at a file's structure, and at its own record where nothing beside it describes it. */
export async function lookIntoFile(claim: LookClaim): Promise<FileLook> {
  try {
    const source = await openFileSource(claim.path);
    try {
      return await lookInto(await takeIn(source), claim);
    } finally {
      await source.close();
    }
  } catch (error) {
    return {
      fault: { ...unreadable(explainError(error)), expected: claim.expected },
      own: null,
      mismatches: [],
    };
  }
}

async function lookInto(source: Source, claim: LookClaim): Promise<FileLook> {
  const fault = await findFault(source, claim);
  if (!claim.isUnasked) return { fault, own: null, mismatches: [] };
  if (fault) return { fault, own: nothingSaid, mismatches: [] };
  const companions = filesBeside(claim).map(({ path }) => path);
  const mismatches = companions.length === 0 ? [] : await findMismatches(source, companions);
  return { fault, own: await readOwnRecord(source), mismatches };
}

async function findFaultIn(folder: ClaimedFolder, expected: string | null): Promise<Integrity | null> {
  const odd = findOddPart(folder);
  if (odd !== null) return { ...unreadable(odd), expected };
  const torn = await findTornPart(folder);
  return torn === null ? null : { ...bareIntegrity('torn', torn), expected };
}

async function findFault(
  source: Source,
  { expected, recordedSize, folder }: Claim,
): Promise<Integrity | null> {
  if (folder) return findFaultIn(folder, expected);
  const { state, format, detail } = await checkStructure(source);
  if (state !== 'torn' && format !== 'unknown') return null;
  const isBroken = state === 'torn' || expected === null;
  if (isBroken) return { ...bareIntegrity('torn', tornDetail(detail, source.size, recordedSize)), expected };
  return { ...bareIntegrity('unverified', unrecognised('unverified', detail)), expected };
}
