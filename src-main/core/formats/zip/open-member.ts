import { inflateRawSync } from 'node:zlib';
import type { Budget } from '../budget.ts';
import { Damage, LimitReached, rule } from '../damage.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { bufferSource, longestRead, type Source } from '../source.ts';
import type { PackedMember } from './read-archive.ts';

/** What is unpacked into memory at most, in bytes; of a member that is stored as it is nothing needs to be. */
export const mostUnpacked = 8 * 1024 * 1024;

/** Whether a member's bytes stand in the file as they are. That they are marked as encrypted does not keep PyTorch from them. */
export function isStored({ method }: PackedMember): boolean {
  return method === 0;
}

/**
 * The bytes of a member: those of the file where it is stored, else unpacked into memory, as many as the directory says
 * and no more, which `budget` pays for. @throws Damage when they cannot be had
 */
export async function openMember(source: Source, member: PackedMember, budget?: Budget): Promise<Source> {
  const { dataOffset, compressedSize, size, method, isEncrypted } = member;
  if (isStored(member)) return source.slice(dataOffset, compressedSize, member.name);
  const name = plainName(member.name);
  rule(!isEncrypted && method === 8, `${name}: it is encrypted, or packed in a way that is not known`);
  if (size > mostUnpacked || compressedSize > longestRead) {
    throw new LimitReached(`${name}: ${formatCount(size)} bytes are more than are unpacked`);
  }
  budget?.unpack(size, name);
  return bufferSource(member.name, unpack(name, await source.read(dataOffset, compressedSize), size));
}

function unpack(name: string, packed: Buffer, size: number): Buffer {
  try {
    const unpacked = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
    rule(unpacked.length === size, `${name}: it unpacks to another size than the directory says`);
    return unpacked;
  } catch (error) {
    if (error instanceof Damage) throw error;
    throw new Damage(`${name}: its compressed data is damaged`);
  }
}
