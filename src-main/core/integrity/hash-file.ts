import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const chunkSize = 4 * 1024 * 1024;
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Called with each piece of the file in order; what it returns is awaited. */
export type Tap = (chunk: Uint8Array, offset: number) => void | Promise<void>;

/**
 * The SHA-256 of a file in lower-case hex, read once from start to end with the next piece on its way while one is hashed.
 * @throws the signal's reason when it is aborted; system errors as they are
 */
export async function hashFile(path: string, tap: Tap, signal?: AbortSignal): Promise<string> {
  const file = await open(path, flags);
  try {
    const hash = createHash('sha256');
    const buffers = [Buffer.allocUnsafe(chunkSize), Buffer.allocUnsafe(chunkSize)] as const;
    let offset = 0;
    let next = file.read(buffers[0], 0, chunkSize, 0);
    for (let turn = 1; ; turn += 1) {
      const { bytesRead, buffer } = await next;
      signal?.throwIfAborted();
      if (bytesRead === 0) return hash.digest('hex');
      next = file.read(buffers[turn % 2 === 0 ? 0 : 1], 0, chunkSize, offset + bytesRead);
      next.catch(() => undefined);
      const chunk = buffer.subarray(0, bytesRead);
      hash.update(chunk);
      await tap(chunk, offset);
      offset += bytesRead;
    }
  } finally {
    await file.close();
  }
}
