import type { DiskFile } from '../files/disk.ts';
import { writeAll } from '../files/stage-file.ts';
import { formatCount } from '../formats/plain-text.ts';
import { JobFailure } from './job-failure.ts';

/** In bytes. */
export interface OutputLimits {
  /** Written to its file as it comes. */
  head: number;
  /** Kept in memory, and written behind the head where the output is longer. */
  tail: number;
  /** A program that writes more is stopped. */
  most: number;
}

export const usualLimits: OutputLimits = { head: 1 << 20, tail: 1 << 20, most: 64 << 20 };

/**
 * Takes what a program writes until that ends: the beginning and the end go to a file, whatever comes between is passed over, so that
 * neither memory nor the disk fills.
 * @returns its end, whole lines only where the beginning of it is left out
 * @throws JobFailure where it writes more than it may; system errors of the disk
 */
export async function keepOutput(
  output: AsyncIterable<Buffer>,
  file: DiskFile,
  { head, tail: kept, most }: OutputLimits,
): Promise<string> {
  const tail = new Tail(kept);
  let bytes = 0;
  for await (const chunk of output) {
    if (bytes < head) await writeAll(file, chunk.subarray(0, head - bytes));
    bytes += chunk.length;
    tail.add(chunk);
    if (bytes > most) throw new JobFailure(`it wrote more than ${formatCount(most)} bytes`);
  }
  if (bytes > head) await writeAll(file, endOf(tail.bytes(), bytes - head));
  const text = tail.bytes().toString();
  return bytes > kept ? text.slice(text.indexOf('\n') + 1) : text;
}

/** What goes behind the head: as much as follows it, or a word of what is left out and the tail. */
function endOf(tail: Buffer, missing: number): Buffer {
  if (missing <= tail.length) return tail.subarray(tail.length - missing);
  const note = `\n… ${formatCount(missing - tail.length)} bytes are left out here …\n`;
  return Buffer.concat([Buffer.from(note), tail]);
}

/** The last bytes of what was added. */
class Tail {
  readonly #limit: number;
  #pieces: Buffer[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    // A program that writes byte by byte would else leave a million pieces.
    if (this.#size > 2 * this.#limit || this.#pieces.length > 1000) this.bytes();
  }

  bytes(): Buffer {
    const bytes = Buffer.concat(this.#pieces).subarray(-this.#limit);
    this.#pieces = [bytes];
    this.#size = bytes.length;
    return bytes;
  }
}
