import { readCount } from '../byte-reader.ts';
import { Damage, rule } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { findSuperblock } from './find-superblock.ts';

/**
 * Whole: the file is at least as long as the superblock's end-of-file address, which is what the HDF5 library itself
 * goes by. HDF5 File Format Specification, II.A.
 */
export async function checkHdf5(source: Source, recognised: FormatName): Promise<Structure> {
  await checkedEnd(source, (await findSuperblock(source)) ?? 0);
  return whole(recognised);
}

/** The file is shorter than it says; what is before may be as it was. */
export class EndMissing extends Damage {}

/** More than any superblock has. */
const longestSuperblock = 96;

/** Where a file ends by its own account. @param start of its superblock @throws EndMissing when it is shorter, Damage when that cannot be told */
export async function checkedEnd(source: Source, start: number): Promise<number> {
  const { size } = source;
  const superblock = await source.read(start, Math.min(size - start, longestSuperblock));
  const cutOff = () => `${formatCount(size)} bytes: its superblock is cut off`;
  rule(superblock.length >= 14, cutOff);
  const { at, width } = endAddress(superblock);
  rule(at + width <= superblock.length, cutOff);
  const end = width === 8 ? readCount(superblock, at) : superblock.readUIntLE(at, width);
  if (end > size)
    throw new EndMissing(`${formatCount(size)} of ${formatCount(end)} bytes: the end of the file is missing`);
  return end;
}

/** The end-of-file address follows the base address and one other; where they start depends on the version. */
function endAddress(superblock: Buffer): { at: number; width: number } {
  const version = superblock.readUInt8(8);
  const start = [24, 28, 12, 12][version];
  const width = superblock.readUInt8(version < 2 ? 13 : 9);
  if (start === undefined || ![2, 4, 8].includes(width)) {
    throw new Damage('an HDF5 file whose superblock is of a version that is not known', 'unknown');
  }
  return { at: start + 2 * width, width };
}
