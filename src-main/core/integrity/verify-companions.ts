import { tryLookAt } from '../files/file-identity.ts';
import { checksumListName } from './checksum-list.ts';
import { differs, type ReadPart, readPart } from './read-part.ts';
import type { ClaimedFile, SeenFile } from './verification.ts';
import type { VerifyOptions } from './verify-file.ts';

/** What reading the files that go with a model told: what is wrong with the first that is not as it should be, with its name; null for nothing. */
export interface ReadCompanions {
  fault: string | null;
  /** Those before that one. */
  files: readonly SeenFile[];
}

/** Reads every byte of what goes with a model, up to the first that is not as it should be. */
export async function readCompanionFiles(
  companions: readonly ClaimedFile[],
  options: VerifyOptions,
): Promise<ReadCompanions> {
  const files: SeenFile[] = [];
  for (const companion of companions) {
    const read = await readCompanion(companion, options);
    if (typeof read === 'string') return { fault: `${companion.name}: ${read}`, files };
    if (read !== null) files.push(read);
  }
  return { fault: null, files };
}

/** @returns what is wrong with it, in words, where anything is; null where none is there, and none need be */
async function readCompanion(
  companion: ClaimedFile,
  options: VerifyOptions,
): Promise<SeenFile | string | null> {
  const { path, expected } = companion;
  if (tryLookAt(path) === null)
    return expected === null ? null : `${checksumListName} lists it, and it is missing`;
  const part = await readPart(companion, options);
  if (typeof part === 'string') return `it cannot be read: ${part}`;
  const { name, checksum, identity } = part;
  return faultOf(part) ?? { name, checksum, identity };
}

function faultOf({ fault, expected, checksum, damagedMember }: ReadPart): string | null {
  if (fault !== null) return fault;
  return expected === null || expected === checksum ? damagedMember : differs;
}
