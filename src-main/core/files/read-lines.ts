import type { Chunks } from './stage-file.ts';

const lineFeed = 0x0a;

/**
 * The lines of a file of any size, as text without their ends, but for empty ones; null for one of more bytes than that, which is not kept.
 * @param chunks the file in pieces, valid until the next is asked for
 */
export async function* readLines(chunks: Chunks, longest: number): AsyncGenerator<string | null> {
  const line = new Line(longest);
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, from)) {
      line.add(chunk.subarray(from, end));
      from = end + 1;
      const text = line.end();
      if (text !== '') yield text;
    }
    line.add(chunk.subarray(from));
  }
  const text = line.end();
  if (text !== '') yield text;
}

/** One line, as its bytes come. */
class Line {
  readonly #longest: number;
  #pieces: Buffer[] = [];
  #size = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  add(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#size > this.#longest) this.#pieces = [];
    else if (bytes.length > 0) this.#pieces.push(Buffer.from(bytes));
  }

  /** What it was; the next one begins. */
  end(): string | null {
    const text = this.#size > this.#longest ? null : Buffer.concat(this.#pieces).toString('utf8');
    this.#pieces = [];
    this.#size = 0;
    return text;
  }
}
