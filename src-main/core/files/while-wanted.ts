import type { Chunks } from './stage-file.ts';

/** The same bytes until the signal tells that they are wanted no more. @throws its reason */
export async function* whileWanted(
  chunks: Chunks,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    yield chunk;
  }
  signal?.throwIfAborted();
}
