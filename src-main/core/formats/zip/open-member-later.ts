import { constants, crc32, inflateRawSync } from 'node:zlib';
import type { Budget } from '../budget.ts';
import { rule } from '../damage.ts';
import { plainName } from '../plain-text.ts';
import { longestRead, positionalSource, type Source } from '../source.ts';
import { InflatedMember } from './inflated-member.ts';
import { hasChecksum } from './member-checksums.ts';
import { isStored, mostUnpacked, openMember } from './open-member.ts';
import type { PackedMember } from './read-archive.ts';
import { describeOther } from './recorded-of.ts';

/** Enough for a header, in bytes. */
const headLength = 64 * 1024;
/** Of packed bytes, so many surely hold the head, or it is packed like no other. */
const packedHead = 80 * 1024;
const highestRatio = 1100;
/** How many more packed bytes are unpacked at a time. */
const [shortestStep, longestStep] = [512, 16 * 1024];

/** The one member of an archive that is kept unpacked, or open to be: the last one that was read beyond its head. */
export interface Unpacked {
  member?: PackedMember;
  opened?: Pick<Source, 'read'> & { close?: () => void };
  /** What pays for it. */
  budget?: Budget;
}

/** A packed member, and the source that its archive is. */
export interface PackedBytes {
  source: Source;
  member: PackedMember;
}

/** The bytes that a packed member stands for, as a storage's. @throws as {@link openMemberLater} */
export function bytesOfPacked(packed: PackedBytes, unpacked: Unpacked) {
  return { source: openMemberLater(packed.source, packed.member, unpacked), packed };
}

/**
 * A member of an archive as a source. One that is packed is unpacked when its bytes are asked for, and only its head when
 * no more than that is. @throws Damage, also when it is read, where it cannot be had
 */
export function openMemberLater(source: Source, member: PackedMember, unpacked: Unpacked): Source {
  if (isStored(member)) return source.slice(member.dataOffset, member.compressedSize, member.name);
  const { size, compressedSize, name, method, isEncrypted } = member;
  rule(!isEncrypted && method === 8, 'it is encrypted, or packed in a way that is not known');
  rule(size <= highestRatio * compressedSize + headLength, 'it claims to be larger than it can be');
  return positionalSource(name, size, async (offset, length) => {
    if (offset + length <= headLength) return readHead(source, member, offset, length);
    return (await openWhole(source, member, unpacked)).read(offset, length);
  });
}

async function openWhole(
  source: Source,
  member: PackedMember,
  unpacked: Unpacked,
): Promise<Pick<Source, 'read'>> {
  if (unpacked.member?.dataOffset === member.dataOffset && unpacked.opened) return unpacked.opened;
  const pay = () => unpacked.budget?.inflate(member.size, member.compressedSize, plainName(member.name));
  const opened =
    member.size > mostUnpacked
      ? new InflatedMember(source, member, pay)
      : await openInMemory(source, member, pay);
  unpacked.opened?.close?.();
  Object.assign(unpacked, { member, opened });
  return opened;
}

async function openInMemory(source: Source, member: PackedMember, pay: () => void): Promise<Source> {
  pay();
  const opened = await openMember(source, member);
  checkChecksum(member, await opened.read(0, opened.size));
  return opened;
}

async function readHead(
  source: Source,
  member: PackedMember,
  offset: number,
  length: number,
): Promise<Buffer> {
  const packed = await source.read(
    member.dataOffset,
    Math.min(member.compressedSize, packedHead, longestRead),
  );
  const start = unpackStart(packed, offset + length);
  if (offset + length === member.size) checkChecksum(member, start);
  const head = start.subarray(offset, offset + length);
  rule(head.length === length, `${plainName(member.name)}: its compressed data is damaged`);
  return head;
}

function checkChecksum(member: PackedMember, bytes: Uint8Array): void {
  rule(!hasChecksum(member) || crc32(bytes) === member.crc32, () => describeOther(member.name));
}

/** At least so many of the bytes that packed ones stand for, or as many as there are. A bomb goes off a step at a time. */
function unpackStart(packed: Buffer, wanted: number): Buffer {
  let unpacked: Buffer = Buffer.alloc(0);
  for (let taken = 0; unpacked.length < wanted && taken < packed.length; ) {
    taken += Math.min(longestStep, Math.max(shortestStep, taken));
    const start = inflateStart(packed.subarray(0, taken));
    if (!start) break;
    unpacked = start;
  }
  return unpacked;
}

/** Null where the packed bytes are damaged; that they stop in the middle is no damage. */
function inflateStart(packed: Buffer): Buffer | null {
  try {
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return null;
  }
}
