import type { Integrity, IntegrityState } from '../../../shared/model/integrity.ts';
import type { WeightsFound } from '../../../shared/model/weights-found.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import type { NamedChecksum } from './manifest.ts';
import type { RememberedSidecar } from './remember-sidecar.ts';

/** What was found when a file's bytes were last read, and the state of the file at that time. */
export interface Verification {
  id: string;
  identity: FileIdentity | null;
  /** The checksum that was on record then, in a sidecar or list; null also where these had two: what is on record is to be compared anew. */
  recorded: string | null;
  integrity: Integrity;
  /** The sidecar that went with it; where it had none, and in what older versions remembered, there is none. */
  sidecar?: RememberedSidecar | undefined;
  /** Whether its format is one that is known; what older versions remembered does not say. */
  recognised?: boolean | undefined;
  /** What was found in its weights when they were last measured, and the state of its files at that time. */
  weights?: MeasuredWeights | undefined;
  /** What the files of a version that is a folder hold, or those that go with one that is a file; told, and not remembered. */
  files?: readonly SeenFile[] | undefined;
}

export type MeasuredWeights = WeightsFound & { identity: FileIdentity };

/** A file as it was read, by the name that {@link ClaimedFile} has for it. */
export type SeenFile = NamedChecksum & { identity: FileIdentity };

/** A file to verify, and what is on record of it. */
export interface Claim {
  id: string;
  /** Absolute; never leaves the main process and its workers. */
  path: string;
  /** SHA-256 in lower-case hex. */
  expected: string | null;
  /** Whether there is another on record, so that its bytes cannot have both. */
  contradicted?: boolean;
  recordedSize: number | null;
  previous: Verification | null;
  /** Absolute, without `.json`: where its sidecar is. */
  stem?: string;
  /** What goes with a version that is a file, and is verified with it. */
  companions?: readonly ClaimedFile[];
  /** What goes with all models of its run. It is verified by itself: a fault of it is none of the model. */
  shared?: readonly ClaimedFile[];
  /** All of a version that is a folder, or several files, of which `path` is the file that stands for it, and `expected` the checksum of all. */
  folder?: ClaimedFolder;
}

/** One of the files of a version: `path` is absolute, `expected` what the run lists of it. */
export interface ClaimedFile {
  /** Its name in the folder that the version is, or beside the others; of what goes with a file, its path in the run. */
  name: string;
  path: string;
  expected: string | null;
}

/** A file without a checksum on record: by its name in what was verified with it (`Verification.files`), and its path in the run. */
export interface UnsealedFile {
  name: string;
  id: string;
}

/** The folder, or the several files, that a version is: the one that stands for it is among them. */
export interface ClaimedFolder {
  /** Absolute; null where the version is some of the files in a folder. */
  path: string | null;
  main: string;
  files: readonly ClaimedFile[];
  /** A sentence for each thing that should be there and is not. */
  missing: readonly string[];
}

/** What goes with a model wherever that is used: its own, and what it shares with others. */
export function filesBeside({ companions = [], shared = [] }: Pick<Claim, 'companions' | 'shared'>) {
  return [...companions, ...shared];
}

/** A file to look into without reading it whole. */
export interface LookClaim extends Claim {
  /** Whether what it says of itself, and in what that which goes with it contradicts it, is wanted. */
  isUnasked: boolean;
}

const lasting: ReadonlySet<string> = new Set(['verified', 'unsealed', 'mismatch', 'torn']);

/** Whether a result stays true for as long as the file does: not that it was being written, or could not be read. */
export function isLasting({ identity, integrity }: Verification): boolean {
  return identity !== null && lasting.has(integrity.state);
}

/**
 * Whether a verification still counts: the file is the same one, untouched (device, inode, size, mtime, ctime), and the
 * checksum on record is the one it was compared with.
 */
export function stands(
  verification: Verification,
  identity: FileIdentity | null,
  expected: string | null,
): boolean {
  return isOfSameFile(verification, identity) && verification.recorded === expected;
}

/** Whether what was found is of the same file, untouched since, whatever is on record of it by now. */
export function isOfSameFile(verification: Verification, identity: FileIdentity | null): boolean {
  if (!identity || !verification.identity || !isLasting(verification)) return false;
  return sameIdentity(verification.identity, identity);
}

/**
 * Whether what was found without a checksum goes by the size that is on record now: a sidecar may have come, or changed, since.
 * @param first its state by size alone
 */
export function isOfSize({ integrity }: Verification, first: IntegrityState): boolean {
  const { state, cause, expected } = integrity;
  if (state === 'unsealed') return first !== 'mismatch';
  return !(state === 'mismatch' && cause === 'changed' && expected === null) || first === 'mismatch';
}

/** Where remembered verifications come from. */
export interface Verifications {
  get(id: string): Verification | null;
}
