import { passesVerify } from '../../../shared/model/integrity.ts';
import { kindOfCompanion } from '../catalog/layouts/known-layouts.ts';
import type { Disk } from '../files/disk.ts';
import { explainError } from '../files/error-code.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { hashOf } from '../files/hash-of.ts';
import { identityOfClaim } from '../integrity/claim-folder.ts';
import { manifestChecksum } from '../integrity/manifest.ts';
import { type Claim, type ClaimedFile, filesBeside } from '../integrity/verification.ts';
import type { ModelManager } from '../model-manager.ts';
import { isUntouched } from '../operations/untouched.ts';
import { measuredChecksum } from './folder-record.ts';
import { areUntouched, type SeenFiles, seeFiles } from './seen-files.ts';

/** A version that is measured: its files, as their bytes were read; or why it is not. */
export interface Subject {
  claim: Claim;
  /** SHA-256: of all that it is, but for the record that Cairn put into a folder, and of what goes with it. */
  checksum: string;
  identity: FileIdentity | null;
  files: SeenFiles;
  fault: string | null;
}

/** What is said of one that is another by the time it counts. */
export const changedMeanwhile = 'its file changed meanwhile';

/** A version that was verified, to be measured; what goes with it is read here. @throws the signal's reason */
export async function findSubject(
  manager: ModelManager,
  disk: Disk,
  claim: Claim,
  signal?: AbortSignal,
): Promise<Subject> {
  const { state, detail, actual } = manager.known(claim.id).integrity;
  const identity = manager.listed(claim.id)?.identity ?? null;
  const files = seeFiles(claim);
  const subject = { claim, checksum: actual ?? '', identity, files };
  if (!passesVerify(state) || actual === null || identity === null)
    return { ...subject, fault: `it is not intact: ${[state, detail].filter(Boolean).join(': ')}` };
  try {
    const own = measuredChecksum(claim, actual);
    const checksum = await checksumWith(filesBeside(claim), own, disk, signal);
    const isSame = isUntouched(identity, identityOfClaim(claim)) && areUntouched(files, seeFiles(claim));
    return { ...subject, checksum, fault: isSame ? null : changedMeanwhile };
  } catch (error) {
    signal?.throwIfAborted();
    return { ...subject, fault: `what goes with it cannot be read: ${explainError(error)}` };
  }
}

/** What goes with a model is told by its kind: under whichever name, with the same bytes it is the same model. */
async function checksumWith(
  companions: readonly ClaimedFile[],
  model: string,
  disk: Disk,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (companions.length === 0) return model;
  const parts = [{ name: 'model', checksum: model }];
  for (const { name, path } of companions) {
    const kind = kindOfCompanion(name) ?? name;
    parts.push({ name: kind, checksum: await hashOf(disk, path, { signal }) });
  }
  return manifestChecksum(parts);
}
