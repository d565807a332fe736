import { once } from 'node:events';

const pieceSize = 1024 * 1024;

/** Writes lines or pieces to stdout as they come, never more than a megabyte ahead of the reader. */
export async function writeOut(pieces: Iterable<string>): Promise<void> {
  let pending = '';
  for (const piece of pieces) {
    pending += piece;
    if (pending.length < pieceSize) continue;
    await flush(pending);
    pending = '';
  }
  await flush(pending);
}

async function flush(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** A line that replaces itself on a terminal, and is not there otherwise. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
