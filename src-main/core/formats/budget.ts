import { type Damage, LimitReached } from './damage.ts';

/**
 * What may be done to look into one file, however many pickles and packed members there are in it. A tensor takes some 40 instructions and 7
 * values; the largest language models have tens of thousands of tensors. Unpacked is counted in bytes: of elements, of which little is in memory, as
 * many as are beyond twenty times what is packed, which numbers hardly are.
 */
const most = {
  instructions: 3e6,
  values: 8e5,
  unpacked: 64 * 1024 * 1024,
  inflated: 1024 ** 3,
  usualRatio: 20,
};

/** Goes down as a file is looked into: whoever reads a part of it has what the others left. */
export class Budget {
  #instructions = 0;
  #values = 0;
  #unpacked = 0;
  #inflated = 0;

  /** @throws Damage, as all of these, of state `unknown` where it is spent */
  followInstruction(): void {
    this.#instructions += 1;
    if (this.#instructions > most.instructions) throw tooMany();
  }

  keepValues(count: number): void {
    this.#values += count;
    if (this.#values > most.values) throw tooMany();
  }

  /** What was described so far was let go. */
  dropValues(): void {
    this.#values = 0;
  }

  /** @param what is unpacked, as it is told */
  unpack(bytes: number, what: string): void {
    this.#unpacked += bytes;
    if (this.#unpacked > most.unpacked)
      throw new LimitReached(`${what}: more is packed in the file than is unpacked`);
  }

  /** Elements that are unpacked, however often; what is refused costs nothing. @param what as {@link unpack} */
  inflate(bytes: number, packed: number, what: string): void {
    const inflated = this.#inflated + Math.max(0, bytes - most.usualRatio * packed);
    if (inflated > most.inflated)
      throw new LimitReached(`${what}: more is packed in the file than is unpacked`);
    this.#inflated = inflated;
  }
}

/** Why elements are not read that are whole. */
export const packedTooMany = 'its elements are packed, and there are more of them than are unpacked';

export function tooMany(): Damage {
  return new LimitReached('its pickle has more parts than are looked at');
}
