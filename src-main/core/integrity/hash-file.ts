import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';

/** Small enough to stay in a core's own cache between being read and being hashed: a third faster than 256 KiB or 1 MiB. */
const chunkSize = 128 * 1024;
/** So many bytes are read before the thread's messages, a cancellation among them, get their turn. */
const turnEvery = 32 * 1024 * 1024;
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Called with each piece of the file in order, which is only valid during the call; what it returns is awaited. */
export type Tap = (chunk: Uint8Array, offset: number) => void | Promise<void>;

/**
 * The SHA-256 of a file in lower-case hex, read once as far as it reached when it was opened. Reads are synchronous, for threads of their own: the
 * system reads ahead by itself, and handing each piece to another thread costs more than it hides.
 * @throws the signal's reason when it is aborted; system errors as they are
 */
export async function hashFile(path: string, tap: Tap, signal?: AbortSignal): Promise<string> {
  const file = openSync(path, flags);
  try {
    const { size } = fstatSync(file);
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(chunkSize);
    for (let offset = 0; offset < size; ) {
      const count = readSync(file, buffer, 0, Math.min(chunkSize, size - offset), offset);
      if (count === 0) break;
      const chunk = buffer.subarray(0, count);
      hash.update(chunk);
      await tap(chunk, offset);
      offset += count;
      if (offset % turnEvery === 0) await turn();
      signal?.throwIfAborted();
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}
