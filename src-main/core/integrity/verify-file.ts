import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { explainError } from '../files/error-code.ts';
import {
  type FileIdentity,
  type FileStatus,
  identityOf,
  sameIdentity,
  tryLookAt,
} from '../files/file-identity.ts';
import { findHeld } from '../files/find-held.ts';
import { isAnything } from '../formats/format.ts';
import { formatCount } from '../formats/plain-text.ts';
import { openFileSource } from '../formats/source.ts';
import { checkStructure } from '../formats/structure.ts';
import { awaitWriter } from './await-writer.ts';
import { openContentCheck } from './content-check.ts';
import { hashFile } from './hash-file.ts';
import { type Evidence, judge } from './judge.ts';
import { rememberSidecar } from './remember-sidecar.ts';
import type { Claim, ClaimedFile, Verification } from './verification.ts';
import type { ReadCompanions } from './verify-companions.ts';

const nothingBeside: ReadCompanions = { fault: null, files: [] };

export interface VerifyOptions {
  signal?: AbortSignal;
  /** Told the number of bytes read since it was last told. */
  onBytes?: (bytes: number) => void;
}

/**
 * Reads every byte of a file and says what state it is in. Everything that can be wrong with the file is a result; only an
 * aborted signal is thrown.
 */
export async function verifyFile(claim: Claim, options: VerifyOptions = {}): Promise<Verification> {
  if (claim.folder) return (await import('./verify-folder.ts')).verifyFolder(claim, claim.folder, options);
  const look = tryLookAt(claim.path);
  if (look === null) return resultOf(claim, null, bareIntegrity('missing', 'the file is not there'));
  if (look instanceof Error) return resultOf(claim, null, unreadable(explainError(look)));
  if (look.type !== 'file')
    return resultOf(claim, null, unreadable('it is not a regular file, so it is not opened'));
  try {
    return await verifyRegular(claim, look, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    return resultOf(claim, look, unreadable(explainError(error)));
  }
}

/** A file that is broken while a live process holds it, or what goes with it, open to write is being written. */
export function whileHeld(
  verification: Verification,
  { path, companions = [] }: Pick<Claim, 'path' | 'companions'>,
): Verification {
  const { identity, integrity } = verification;
  if (!isBroken(integrity) || !identity) return verification;
  const beside = companions.map((each) => ({ id: each.path, identity: fileAt(each.path) }));
  if (findHeld([{ id: path, identity }, ...beside], (id) => id).size === 0) return verification;
  return { ...verification, integrity: { ...beingWritten(identity.size), expected: integrity.expected } };
}

async function verifyRegular(
  claim: Claim,
  before: FileStatus,
  options: VerifyOptions,
): Promise<Verification> {
  const { companions = [] } = claim;
  const beside = companions.map(({ path }) => fileAt(path));
  const areStill = () =>
    isStill(claim.path, before) &&
    companions.every(({ path }, index) => isStill(path, beside[index] ?? null));
  const evidence = await gatherEvidence(claim, before, options);
  const { fault, files } = await readBeside(companions, options);
  const integrity = withFault(judge(evidence), fault);
  if (!areStill()) return resultOf(claim, before, beingWritten(before.size));
  if (isBroken(integrity)) {
    await awaitWriter([before, ...beside], options.signal);
    if (!areStill()) return resultOf(claim, before, beingWritten(before.size));
  }
  const recognised = !isAnything(evidence.structure.format);
  return rememberSidecar(claim, { ...resultOf(claim, before, integrity), recognised, files });
}

/** Everything that reading a file once tells of it. @throws system errors as they are; the signal's reason */
export async function gatherEvidence(
  claim: Pick<Claim, 'path' | 'expected' | 'contradicted' | 'recordedSize' | 'previous'>,
  status: FileStatus,
  { signal, onBytes }: VerifyOptions,
): Promise<Evidence> {
  const source = await openFileSource(claim.path);
  try {
    const seen = await checkStructure(source);
    const check = claim.expected === null ? await openContentCheck(source, seen) : null;
    const tap = async (chunk: Uint8Array, offset: number) => {
      onBytes?.(chunk.length);
      await check?.update(chunk, offset);
    };
    const actual = await hashFile(claim.path, tap, signal);
    const { structure, damagedMember } = (await check?.finish()) ?? { structure: seen, damagedMember: null };
    const { expected, contradicted = false, recordedSize, previous } = claim;
    const identity = identityOf(status);
    return {
      structure,
      actual,
      damagedMember,
      identity,
      expected,
      contradicted,
      recordedSize,
      previous,
      checkedAt: new Date().toISOString(),
    };
  } finally {
    await source.close();
  }
}

function isBroken({ state }: Integrity): boolean {
  return state === 'torn' || state === 'mismatch';
}

/** What knows every format of a file is loaded where something goes with one. */
async function readBeside(
  companions: readonly ClaimedFile[],
  options: VerifyOptions,
): Promise<ReadCompanions> {
  if (companions.length === 0) return nothingBeside;
  const { readCompanionFiles } = await import('./verify-companions.ts');
  return readCompanionFiles(companions, options);
}

/**
 * A model is not what was trained without what goes with it; what is wrong with the model itself is told first. No checksum is told of a model
 * that is as recorded: it would seem to be what differs.
 */
function withFault(integrity: Integrity, fault: string | null): Integrity {
  return fault === null || isBroken(integrity)
    ? integrity
    : { ...integrity, state: 'mismatch', detail: fault, actual: null };
}

/** Null where nothing can be looked at. */
function fileAt(path: string): FileStatus | null {
  const look = tryLookAt(path);
  return look instanceof Error ? null : look;
}

function isStill(path: string, before: FileStatus | null): boolean {
  const now = fileAt(path);
  return before === null || now === null ? before === now : sameIdentity(before, now);
}

export function beingWritten(size: number): Integrity {
  return bareIntegrity('writing', `being written: ${formatCount(size)} bytes when it was looked at`);
}

export function unreadable(reason: string): Integrity {
  return bareIntegrity('unreadable', `it cannot be read: ${reason}`);
}

/** A result that names no checksum of its own carries the one on record. */
export function resultOf(claim: Claim, status: FileIdentity | null, integrity: Integrity): Verification {
  const expected = integrity.expected ?? claim.expected;
  const identity = status && identityOf(status);
  const recorded = claim.contradicted ? null : claim.expected;
  return { id: claim.id, identity, recorded, integrity: { ...integrity, expected } };
}
