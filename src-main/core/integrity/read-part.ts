import { explainError } from '../files/error-code.ts';
import { identityOf, tryLookAt } from '../files/file-identity.ts';
import type { Evidence } from './judge.ts';
import { faultOfPart, tellOddPart } from './torn-parts.ts';
import type { ClaimedFile, SeenFile } from './verification.ts';
import { gatherEvidence, type VerifyOptions } from './verify-file.ts';

/** What reading one of the files of a version told; `expected` is what the run lists of it, `fault` what is wrong with its structure. */
export type ReadPart = SeenFile &
  Pick<Evidence, 'structure' | 'damagedMember'> & { expected: string | null; fault: string | null };

/** What is said of one that holds other bytes than it should. */
export const differs = 'the bytes differ from the checksum on record';

/** Reads every byte of it. @returns why it cannot be read, in words, where it cannot @throws the signal's reason */
export async function readPart(
  { name, path, expected }: ClaimedFile,
  options: VerifyOptions,
): Promise<ReadPart | string> {
  const look = tryLookAt(path);
  if (look instanceof Error) return explainError(look);
  if (look?.type !== 'file') return tellOddPart(look, name);
  try {
    const claim = { path, expected, recordedSize: null, previous: null };
    const { structure, damagedMember, actual } = await gatherEvidence(claim, look, options);
    const fault = await faultOfPart({ name, path, size: look.size, structure });
    return { name, checksum: actual, identity: identityOf(look), structure, damagedMember, expected, fault };
  } catch (error) {
    options.signal?.throwIfAborted();
    return explainError(error);
  }
}
