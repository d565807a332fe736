import { crc32 } from 'node:zlib';
import type { RecordedChecksum, StorageBytes } from '../formats/contents.ts';
import { longestRead, type Source } from '../formats/source.ts';
import { describeOther } from '../formats/zip/recorded-of.ts';
import { joinCrc32 } from './join-crc32.ts';
import type { ReadPiece } from './noted-reading.ts';
import type { WorkOptions } from './run-shares.ts';

/** A member of an archive, and what was read of it; places are those in the source. */
interface ReadMember {
  source: Source;
  recorded: RecordedChecksum;
  pieces: ReadPiece[];
}

/** Compares members of archives that are read for their elements with the CRC-32 on record for them. */
export class MemberChecks {
  readonly #members = new Map<Source, Map<number, ReadMember>>();

  /** Some bytes of a storage were read. */
  note({ source, start, recorded }: StorageBytes, { from, to, crc32 }: ReadPiece): void {
    if (!recorded) return;
    const ofSource = this.#members.get(source) ?? new Map<number, ReadMember>();
    const member = ofSource.get(recorded.start) ?? { source, recorded, pieces: [] };
    member.pieces.push({ from: start + from, to: start + to, crc32 });
    this.#members.set(source, ofSource.set(recorded.start, member));
  }

  /** A sentence on each that is damaged. Of a member of which less than half was read nothing is told. @throws the signal's reason, and what reading throws */
  async finish(signal?: AbortSignal): Promise<string[]> {
    const damaged: string[] = [];
    for (const ofSource of this.#members.values())
      for (const member of ofSource.values())
        if (await isDamaged(member, signal)) damaged.push(describeOther(member.recorded.member));
    return damaged;
  }
}

/** @throws as {@link MemberChecks.finish} */
export async function tellDamaged(
  checks: MemberChecks,
  side: 'a' | 'b',
  { signal, onDamaged }: Pick<WorkOptions, 'signal' | 'onDamaged'>,
): Promise<void> {
  if (!onDamaged) return;
  for (const problem of await checks.finish(signal)) onDamaged(problem, side);
}

async function isDamaged({ source, recorded, pieces }: ReadMember, signal?: AbortSignal): Promise<boolean> {
  const { start, length } = recorded;
  const parts = partsOf(pieces, start, start + length);
  const unread = parts.reduce((sum, part) => sum + ('crc32' in part ? 0 : part.to - part.from), 0);
  if (unread > length / 2) return false;
  let found = 0;
  for (const { from, to, ...part } of parts) {
    const own = 'crc32' in part ? part.crc32 : await readCrc32(source, from, to, signal);
    found = joinCrc32(found, own, to - from);
  }
  return found !== recorded.crc32;
}

/** What was read of a member and what was not, in order: each of its bytes is in one part. */
function partsOf(
  pieces: readonly ReadPiece[],
  start: number,
  end: number,
): (ReadPiece | Omit<ReadPiece, 'crc32'>)[] {
  const parts: (ReadPiece | Omit<ReadPiece, 'crc32'>)[] = [];
  let at = start;
  for (const piece of pieces.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (piece.from < at || piece.to > end) continue;
    if (piece.from > at) parts.push({ from: at, to: piece.from });
    parts.push(piece);
    at = piece.to;
  }
  return at < end ? [...parts, { from: at, to: end }] : parts;
}

async function readCrc32(source: Source, from: number, to: number, signal?: AbortSignal): Promise<number> {
  let found = 0;
  for (let at = from; at < to; at += longestRead) {
    signal?.throwIfAborted();
    found = crc32(await source.read(at, Math.min(longestRead, to - at)), found);
  }
  return found;
}
