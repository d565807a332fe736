import { Damage } from '../damage.ts';
import { plainName } from '../plain-text.ts';
import { readHead } from '../read-head.ts';
import type { Source } from '../source.ts';
import { type Member, type PackedMember, readArchive } from './read-archive.ts';
import { recogniseZip } from './recognise.ts';
import { type RunningChecksum, startChecksum } from './running-checksum.ts';

/**
 * The CRC-32 of every member of a zip, during one pass over the file. The caller feeds the whole file from front to
 * back and awaits each `update`; `finish` gives null when all members match, else a sentence on the first that is
 * damaged. A chunk that does not follow the one before it is a RangeError.
 */
export interface MemberChecksums {
  update(chunk: Uint8Array, offset: number): void | Promise<void>;
  finish(): Promise<string | null>;
}

/** Null when the source is no zip, or is one whose directory is broken, which `checkStructure` reports. */
export async function openMemberChecksums(source: Source): Promise<MemberChecksums | null> {
  const head = await readHead(source);
  if (recogniseZip(head) === null) return null;
  try {
    const members = await readArchive(source);
    return new ChecksumPass(members.filter(hasChecksum));
  } catch (error) {
    if (error instanceof Damage) return null;
    throw error;
  }
}

/**
 * PyTorch 2.6 and later can leave checksums out (`set_crc32_options(False)`) and then records 0 for every member.
 * A member whose true CRC-32 is 0 is one in four billion.
 */
export function hasChecksum(member: PackedMember): boolean {
  const isRecorded = member.crc32 !== 0 || member.size === 0;
  return isRecorded && !member.isEncrypted && (member.method === 0 || member.method === 8);
}

class ChecksumPass implements MemberChecksums {
  readonly #members: readonly Member[];
  #next = 0;
  #running: RunningChecksum | null = null;
  #position = 0;
  #damage: string | null = null;

  /** `members` in the order of their bytes, none overlapping another. */
  constructor(members: readonly Member[]) {
    this.#members = members;
  }

  async update(chunk: Uint8Array, offset: number): Promise<void> {
    if (offset !== this.#position) {
      throw new RangeError(`expected the bytes at ${this.#position}, got those at ${offset}`);
    }
    this.#position += chunk.length;
    for (let member = this.#current(); member; member = this.#current()) {
      if (member.dataOffset < this.#position) await this.#feed(member, chunk, offset);
      if (endOf(member) > this.#position) return;
      await this.#close(member);
    }
  }

  async finish(): Promise<string | null> {
    const unfinished = this.#current();
    if (unfinished) return `${plainName(unfinished.name)}: the file ended before its last byte`;
    return this.#damage;
  }

  /** The member being read or awaited; none once one is known to be damaged. */
  #current(): Member | undefined {
    return this.#damage === null ? this.#members[this.#next] : undefined;
  }

  async #feed(member: Member, chunk: Uint8Array, offset: number): Promise<void> {
    this.#running ??= startChecksum(member);
    const start = Math.max(0, member.dataOffset - offset);
    await this.#running.update(chunk.subarray(start, endOf(member) - offset));
  }

  async #close(member: Member): Promise<void> {
    const actual = this.#running ? await this.#running.finish() : 0;
    this.#running = null;
    this.#next += 1;
    this.#damage = describeDamage(member, actual);
  }
}

function endOf(member: Member): number {
  return member.dataOffset + member.compressedSize;
}

function describeDamage(member: Member, actual: number | null): string | null {
  const name = plainName(member.name);
  if (actual === null) return `${name}: its compressed data is damaged`;
  if (actual === member.crc32) return null;
  return `${name}: CRC-32 is ${hexadecimal(actual)}, the directory says ${hexadecimal(member.crc32)}`;
}

function hexadecimal(value: number): string {
  return value.toString(16).padStart(8, '0');
}
