import { bareIntegrity, type Integrity, unrecognised } from '../../../shared/model/integrity.ts';
import type { Meaning } from '../catalog/interpret-record.ts';
import { argsFile, readTrainerRanking } from '../config/read-trainer.ts';
import { findMismatches } from '../contents/find-mismatches.ts';
import { nothingSaid, readOwnRecord } from '../contents/read-own-record.ts';
import { explainError } from '../files/error-code.ts';
import { type FormatName, isAnything } from '../formats/format.ts';
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
  /** Whether a checkpoint is recognised in it; null where it was not asked. */
  recognised: boolean | null;
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
      recognised: null,
      mismatches: [],
    };
  }
}

async function lookInto(source: Source, claim: LookClaim): Promise<FileLook> {
  const { fault, format } = await findFault(source, claim);
  if (!claim.isUnasked) return { fault, own: null, recognised: null, mismatches: [] };
  const recognised = format === null || !isAnything(format);
  if (fault) return { fault, own: nothingSaid, recognised, mismatches: [] };
  const companions = filesBeside(claim).map(({ path }) => path);
  const mismatches = companions.length === 0 ? [] : await findMismatches(source, companions);
  const own = await readOwnRecord(source);
  return { fault, own: await withRanking(own, claim), recognised, mismatches };
}

/** Of a folder of Hugging Face's Trainer another file of it tells what that goes by. */
async function withRanking(own: Meaning, { folder }: Claim): Promise<Meaning> {
  const args = folder?.files.find(({ name }) => name === argsFile);
  const chose = args ? await readTrainerRanking(args.path) : null;
  return chose ? { ...own, chose } : own;
}

async function findFaultIn(folder: ClaimedFolder, expected: string | null): Promise<Integrity | null> {
  const odd = findOddPart(folder);
  if (odd !== null) return { ...unreadable(odd), expected };
  const torn = await findTornPart(folder);
  return torn === null ? null : { ...bareIntegrity('torn', torn), expected };
}

/** What is wrong with it, and its format; null for a folder. */
interface Seen {
  fault: Integrity | null;
  format: FormatName | null;
}

async function findFault(source: Source, claim: Claim): Promise<Seen> {
  const { expected, recordedSize, folder } = claim;
  if (folder) return { fault: await findFaultIn(folder, expected), format: null };
  const { state, format, detail } = await checkStructure(source);
  if (state !== 'torn' && format !== 'unknown') return { fault: null, format };
  const isBroken = state === 'torn' || expected === null;
  const fault = isBroken
    ? bareIntegrity('torn', tornDetail(detail, source.size, recordedSize))
    : bareIntegrity('unverified', unrecognised('unverified', detail));
  return { fault: { ...fault, expected }, format };
}
