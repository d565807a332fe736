import { once } from 'node:events';

const pieceSize = 1024 * 1024;

/** Writes lines or pieces, text or UTF-8, to stdout as they come, never more than a megabyte ahead of the reader. */
export async function writeOut(pieces: Iterable<string | Uint8Array>): Promise<void> {
  let pending = Buffer.allocUnsafe(pieceSize);
  let length = 0;
  for (const piece of pieces) {
    const most = typeof piece === 'string' ? 3 * piece.length : piece.length;
    if (length + most > pending.length) {
      await flush(pending.subarray(0, length));
      pending = Buffer.allocUnsafe(Math.max(pieceSize, most));
      length = 0;
    }
    length += add(piece, pending, length);
  }
  await flush(pending.subarray(0, length));
}

/** @returns how many bytes there are more */
function add(piece: string | Uint8Array, pending: Buffer, at: number): number {
  if (typeof piece === 'string') return pending.write(piece, at);
  pending.set(piece, at);
  return piece.length;
}

async function flush(bytes: Buffer): Promise<void> {
  if (bytes.length > 0 && !process.stdout.write(bytes)) await once(process.stdout, 'drain');
}

/** A line that replaces itself on a terminal, and is not there otherwise. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
