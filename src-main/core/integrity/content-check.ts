import { UnpackCheck } from '../formats/gzip/unpack-check.ts';
import type { Source } from '../formats/source.ts';
import type { Structure } from '../formats/structure.ts';
import { openMemberChecksums } from '../formats/zip/member-checksums.ts';
import type { Evidence } from './judge.ts';

/** What a file that nothing on record vouches for says of its own bytes, found out while they are read. */
export interface ContentCheck {
  /** Takes the whole file from front to back; each call is awaited before the next. */
  update(chunk: Uint8Array, offset: number): void | Promise<void>;
  finish(): Promise<Pick<Evidence, 'structure' | 'damagedMember'>>;
}

/** Null where the bytes carry no checksums of their own, and where the structure is broken already. */
export async function openContentCheck(source: Source, structure: Structure): Promise<ContentCheck | null> {
  if (structure.format === 'gzip' && structure.state === 'unknown') return unpacking();
  const members = structure.state === 'whole' ? await openMemberChecksums(source) : null;
  return (
    members && {
      update: (chunk, offset) => members.update(chunk, offset),
      finish: async () => ({ structure, damagedMember: await members.finish() }),
    }
  );
}

function unpacking(): ContentCheck {
  const check = new UnpackCheck();
  return {
    update: (chunk) => check.update(chunk),
    finish: async () => ({ structure: await check.finish(), damagedMember: null }),
  };
}
