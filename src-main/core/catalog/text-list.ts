/** Texts as UTF-8, one after another, in one array that grows. */
export class TextList {
  #bytes = Buffer.allocUnsafeSlow(64 * 1024);
  #length = 0;
  #count = 0;

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** @param text as UTF-8 it is taken as it is */
  add(text: string | Uint8Array): void {
    // No character of a string takes more than three bytes for each of its halves.
    this.#makeRoom(1 + (typeof text === 'string' ? 3 * text.length : text.length));
    if (this.#count > 0) {
      this.#bytes[this.#length] = separator;
      this.#length += 1;
    }
    this.#count += 1;
    if (typeof text === 'string') this.#length += this.#bytes.write(text, this.#length);
    else {
      this.#bytes.set(text, this.#length);
      this.#length += text.length;
    }
  }

  /** What was added since the last time, in memory of its own, divided by NUL. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    this.#count = 0;
    return taken;
  }

  #makeRoom(bytes: number): void {
    const wanted = this.#length + bytes;
    if (wanted <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(2 * wanted);
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** In JSON it stands only escaped. */
const separator = 0;

/** Where each of the texts begins that {@link TextList.take} gave, and where one more would. */
export function startsOfTexts(bytes: Uint8Array): number[] {
  const starts = [0];
  for (let end = bytes.indexOf(separator); end !== -1; end = bytes.indexOf(separator, end + 1))
    starts.push(end + 1);
  starts.push(bytes.length + 1);
  return starts;
}
