import { createInflateRaw } from 'node:zlib';
import { rule } from '../damage.ts';
import { Inflation } from '../inflation.ts';
import { plainName } from '../plain-text.ts';
import { longestRead, positionalSource, type Source } from '../source.ts';
import { isStored, openMember } from './open-member.ts';
import type { Member } from './read-archive.ts';

/** Enough for a header, in bytes. */
const headLength = 64 * 1024;
/** Of packed bytes, so many surely hold the head, or it is packed like no other. */
const packedHead = 80 * 1024;
const highestRatio = 1100;

/** The one member of an archive that is kept unpacked: the last one that was read beyond its head. */
export interface Unpacked {
  member?: Member;
  source?: Source;
}

/**
 * A member of an archive as a source. One that is packed is unpacked when its bytes are asked for, and only its head when
 * no more than that is. @throws Damage, also when it is read, where it cannot be had
 */
export function openMemberLater(source: Source, member: Member, unpacked: Unpacked): Source {
  if (isStored(member)) return source.slice(member.dataOffset, member.compressedSize, member.name);
  const { size, compressedSize, name, method, isEncrypted } = member;
  rule(!isEncrypted && method === 8, 'it is encrypted, or packed in a way that is not known');
  rule(size <= highestRatio * compressedSize + headLength, 'it claims to be larger than it can be');
  return positionalSource(name, size, async (offset, length) => {
    if (offset + length <= headLength) return readHead(source, member, offset, length);
    return (await openWhole(source, member, unpacked)).read(offset, length);
  });
}

async function openWhole(source: Source, member: Member, unpacked: Unpacked): Promise<Source> {
  if (unpacked.member === member && unpacked.source) return unpacked.source;
  const opened = await openMember(source, member);
  Object.assign(unpacked, { member, source: opened });
  return opened;
}

async function readHead(source: Source, member: Member, offset: number, length: number): Promise<Buffer> {
  const packed = await source.read(
    member.dataOffset,
    Math.min(member.compressedSize, packedHead, longestRead),
  );
  const pieces: Buffer[] = [];
  let unpacked = 0;
  const inflation = new Inflation(createInflateRaw(), (piece) => {
    pieces.push(piece);
    unpacked += piece.length;
    if (unpacked >= offset + length) inflation.cutShort();
  });
  await inflation.update(packed);
  await inflation.finish();
  const head = Buffer.concat(pieces).subarray(offset, offset + length);
  rule(head.length === length, `${plainName(member.name)}: its compressed data is damaged`);
  return head;
}
