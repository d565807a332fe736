/** Bytes that are written one piece after the other, in blocks: a piece takes no more memory than it has bytes. */
export class GrowingBytes {
  readonly #full: Buffer[] = [];
  #block = Buffer.alloc(blockLength);
  #used = 0;

  /** Each character a byte. */
  addText(text: string): void {
    this.#reserve(text.length);
    this.#used += this.#block.write(text, this.#used, 'latin1');
  }

  add(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#block.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** @param write puts so many bytes at a place of a buffer */
  addNumber(length: number, write: (to: Buffer, at: number) => void): void {
    this.#reserve(length);
    write(this.#block, this.#used);
    this.#used += length;
  }

  all(): Buffer {
    return Buffer.concat([...this.#full, this.#block.subarray(0, this.#used)]);
  }

  #reserve(length: number): void {
    if (this.#used + length <= this.#block.length) return;
    this.#full.push(this.#block.subarray(0, this.#used));
    this.#block = Buffer.alloc(Math.max(blockLength, length));
    this.#used = 0;
  }
}

const blockLength = 64 * 1024;
