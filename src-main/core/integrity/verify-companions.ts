import { tryLookAt } from '../files/file-identity.ts';
import { checksumListName } from './checksum-list.ts';
import { differs, readPart } from './read-part.ts';
import type { ClaimedFile } from './verification.ts';
import type { VerifyOptions } from './verify-file.ts';

/** Reads every byte of what goes with a model. @returns what is wrong with the first that is not as it should be, with its name; null for nothing */
export async function findCompanionFault(
  companions: readonly ClaimedFile[],
  options: VerifyOptions,
): Promise<string | null> {
  for (const companion of companions) {
    const fault = await faultOf(companion, options);
    if (fault !== null) return `${companion.name}: ${fault}`;
  }
  return null;
}

async function faultOf(companion: ClaimedFile, options: VerifyOptions): Promise<string | null> {
  const { path, expected } = companion;
  if (tryLookAt(path) === null)
    return expected === null ? null : `${checksumListName} lists it, and it is missing`;
  const part = await readPart(companion, options);
  if (typeof part === 'string') return `it cannot be read: ${part}`;
  if (part.fault !== null) return part.fault;
  return expected === null || expected === part.checksum ? part.damagedMember : differs;
}
