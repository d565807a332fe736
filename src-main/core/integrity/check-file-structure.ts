import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { explainError } from '../files/error-code.ts';
import { openFileSource } from '../formats/source.ts';
import { checkStructure } from '../formats/structure.ts';
import { tornDetail } from './judge.ts';
import type { Claim } from './verification.ts';

/** A file's structure alone, without reading it whole: torn or unreadable with the reason, or null when nothing is wrong. */
export async function checkFileStructure({ path, expected, recordedSize }: Claim): Promise<Integrity | null> {
  try {
    const source = await openFileSource(path);
    try {
      const structure = await checkStructure(source);
      const broken = structure.state === 'torn' || (structure.format === 'unknown' && expected === null);
      return broken
        ? { ...bareIntegrity('torn', tornDetail(structure.detail, source.size, recordedSize)), expected }
        : null;
    } finally {
      await source.close();
    }
  } catch (error) {
    return { ...bareIntegrity('unreadable', `it cannot be read: ${explainError(error)}`), expected };
  }
}
