import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import type { Meaning } from '../catalog/interpret-record.ts';
import { nothingSaid, readOwnRecord } from '../contents/read-own-record.ts';
import { explainError } from '../files/error-code.ts';
import { openFileSource, type Source } from '../formats/source.ts';
import { checkStructure, takeIn } from '../formats/structure.ts';
import { tornDetail } from '../formats/torn-detail.ts';
import type { Claim, LookClaim } from './verification.ts';

/** What a look into a file found, without reading it whole. */
export interface FileLook {
  /** Torn or unreadable with the reason; null when nothing is wrong. */
  broken: Integrity | null;
  /** What it says of itself; null where that was not wanted. A file that is broken says nothing. */
  own: Meaning | null;
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
    const integrity = bareIntegrity('unreadable', `it cannot be read: ${explainError(error)}`);
    return { broken: { ...integrity, expected: claim.expected }, own: null };
  }
}

async function lookInto(source: Source, claim: LookClaim): Promise<FileLook> {
  const broken = await findBroken(source, claim);
  if (!claim.isBare) return { broken, own: null };
  return { broken, own: broken ? nothingSaid : await readOwnRecord(source) };
}

async function findBroken(source: Source, { expected, recordedSize }: Claim): Promise<Integrity | null> {
  const structure = await checkStructure(source);
  const isBroken = structure.state === 'torn' || (structure.format === 'unknown' && expected === null);
  if (!isBroken) return null;
  return { ...bareIntegrity('torn', tornDetail(structure.detail, source.size, recordedSize)), expected };
}
