/** So much at a time that waiting for the disk costs little beside the reading. */
const chunkSize = 1024 * 1024;

/** Fills a buffer from a position. @returns how many bytes there were */
export type ReadAt = (buffer: Uint8Array, position: number) => Promise<number>;

/** The bytes of a file in pieces of so many bytes, valid until the next is asked for; while one is used, the next is being read. */
export async function* readAhead(read: ReadAt, atOnce = chunkSize): AsyncGenerator<Uint8Array> {
  let [current, other] = [Buffer.allocUnsafe(atOnce), Buffer.allocUnsafe(atOnce)];
  let position = 0;
  let reading = read(current, position);
  try {
    for (let count = await reading; count > 0; count = await reading) {
      const chunk = current.subarray(0, count);
      position += count;
      [current, other] = [other, current];
      reading = read(current, position);
      // Whoever stops listening here leaves a read under way: it is waited for, and what it says is no longer wanted.
      reading.catch(() => undefined);
      yield chunk;
    }
  } finally {
    await reading.catch(() => undefined);
  }
}
