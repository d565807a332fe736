import { once } from 'node:events';

const pieceSize = 1024 * 1024;

let isReaderGone = false;

/**
 * That who reads stdout goes away (`cairn ls … | head`) is no fault: nothing more is written, and the command ends as it would have, with the code
 * that says what it found.
 */
export function letReaderGo(): void {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') isReaderGone = true;
  });
}

/** Writes lines or pieces, text or UTF-8, to stdout as they come, never more than a megabyte ahead of the reader. */
export async function writeOut(pieces: Iterable<string | Uint8Array>): Promise<void> {
  let pending = Buffer.allocUnsafe(pieceSize);
  let length = 0;
  for (const piece of pieces) {
    if (isReaderGone) return;
    const most = typeof piece === 'string' ? 3 * piece.length : piece.length;
    if (length + most > pending.length) {
      await flush(pending.subarray(0, length));
      pending = roomFor(most, pending);
      length = 0;
    }
    length += add(piece, pending, length);
  }
  await flush(pending.subarray(0, length));
}

/** Where so many bytes go: into what was written, unless some of that still waits, as it does where a reader is slow. */
function roomFor(bytes: number, written: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const isTaken = process.stdout.writableLength === 0;
  return isTaken && bytes <= written.length ? written : Buffer.allocUnsafe(Math.max(pieceSize, bytes));
}

/** @returns how many bytes there are more */
function add(piece: string | Uint8Array, pending: Buffer, at: number): number {
  if (typeof piece === 'string') return pending.write(piece, at);
  pending.set(piece, at);
  return piece.length;
}

async function flush(bytes: Buffer): Promise<void> {
  if (isReaderGone || bytes.length === 0 || process.stdout.write(bytes)) return;
  await once(process.stdout, 'drain').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** A line that replaces itself on a terminal, and is not there otherwise. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
