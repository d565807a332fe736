import { rule } from '../../formats/damage.ts';
import { formatCount } from '../../formats/plain-text.ts';
import type { Source } from '../../formats/source.ts';

/** Small enough that whoever waits meanwhile does not notice. In bytes. */
const chunkLength = 256 * 1024;

const limits = {
  /** More than a log of a training takes in a year; in bytes. */
  file: 128 * 1024 * 1024,
  /** RLlib writes what it knows of every episode into one line. */
  line: 4 * 1024 * 1024,
};

/** What came of reading a text: whether its last line has no end yet, and how many lines were too long to be read. */
export interface TextEnd {
  isCut: boolean;
  tooLong: number;
  /** Where the last line that has an end ends, in bytes. */
  at: number;
}

const beginning: TextEnd = { isCut: false, tooLong: 0, at: 0 };

/**
 * Tells the lines of a UTF-8 text one after another, without their ends. A last line without an end is not told: whoever writes it is not
 * done, or never will be.
 * @param before where an earlier reading came to: what is told goes on from there
 * @throws Damage for a text that is larger than is read, and one with NUL in it
 */
export async function readLines(
  source: Source,
  onLine: (line: string) => void,
  before: TextEnd = beginning,
): Promise<TextEnd> {
  rule(
    source.size <= limits.file,
    () => `${formatCount(source.size)} bytes are more than are read of such a file`,
  );
  const splitter = new LineSplitter(onLine, before);
  for (let at = before.at; at < source.size; at += chunkLength)
    splitter.take(await source.read(at, Math.min(chunkLength, source.size - at)));
  return splitter.end();
}

class LineSplitter {
  readonly #onLine: (line: string) => void;
  #begun: Buffer[] = [];
  #length = 0;
  #tooLong: number;
  #whole: number;

  constructor(onLine: (line: string) => void, { tooLong, at }: TextEnd) {
    this.#onLine = onLine;
    this.#tooLong = tooLong;
    this.#whole = at;
  }

  take(chunk: Buffer): void {
    rule(!chunk.includes(0), 'it is no text');
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      this.#begin(chunk.subarray(start, end));
      this.#tell();
      start = end + 1;
    }
    this.#begin(chunk.subarray(start));
  }

  end(): TextEnd {
    return { isCut: this.#length > 0, tooLong: this.#tooLong, at: this.#whole };
  }

  #begin(bytes: Buffer): void {
    this.#length += bytes.length;
    if (this.#length <= limits.line) this.#begun.push(bytes);
    else this.#begun = [];
  }

  #tell(): void {
    if (this.#length > limits.line) this.#tooLong += 1;
    else this.#onLine(textOf(this.#begun));
    this.#whole += this.#length + 1;
    this.#begun = [];
    this.#length = 0;
  }
}

function textOf(parts: readonly Buffer[]): string {
  const [first] = parts;
  const bytes = parts.length === 1 && first ? first : Buffer.concat(parts);
  return bytes.toString('utf8').replace(/\r$/, '');
}

/** What is said of a text that was not read whole. */
export function notesOfText({ isCut, tooLong }: Pick<TextEnd, 'isCut' | 'tooLong'>): string[] {
  return [
    ...(isCut ? [unendedLine] : []),
    ...(tooLong > 0 ? [`${formatCount(tooLong)} of its lines are longer than is read`] : []),
  ];
}

const unendedLine = 'its last line has no end and does not count';
