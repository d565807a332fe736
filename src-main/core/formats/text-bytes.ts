import { Damage } from './damage.ts';
import { positionalSource, type Source } from './source.ts';

/**
 * Bytes that stand in a file as a text of as many characters, U+0000 to U+00FF, which is how pickles before protocol 3 have them. `utf8`:
 * as UTF-8; `escaped`: a line of protocol 0, Latin-1 in which some characters stand as `\uXXXX`. `start` and `length` are those of the
 * text, in bytes of the source.
 */
export interface TextBytes {
  source: Source;
  start: number;
  length: number;
  form: TextForm;
}
export type TextForm = 'utf8' | 'escaped';

/** A place that is known in both: `text` in bytes of the text, `bytes` in those that it stands for. */
interface Mark {
  text: number;
  bytes: number;
}

const pieceLength = 64 * 1024;
const longestCharacter = { utf8: 2, escaped: '\\U00000000'.length };

/** Whether a text of that length may stand for so many bytes. */
export function mayStandFor({ length, form }: TextBytes, bytes: number): boolean {
  return length >= bytes && length <= bytes * longestCharacter[form];
}

/** The first `length` bytes that a text stands for, as a storage. Nothing is read before they are. */
export function bytesOfText(text: TextBytes, length: number) {
  return { source: sourceOfText(text, length), start: 0, length, text };
}

/** What lies before what is asked for is gone through once. Reading is a {@link Damage} where the text does not stand for so many bytes. */
function sourceOfText(text: TextBytes, size: number): Source {
  const marks: Mark[] = [{ text: 0, bytes: 0 }];

  async function takePiece(from: Mark): Promise<{ bytes: Buffer; next: Mark }> {
    const length = Math.min(pieceLength, text.length - from.text);
    if (length === 0) throw noBytes();
    const piece = await text.source.read(text.start + from.text, length);
    const { bytes, used } = decode(piece, forms[text.form]);
    if (used === 0) throw noBytes();
    return { bytes, next: { text: from.text + used, bytes: from.bytes + bytes.length } };
  }

  return positionalSource(text.source.name, size, async (offset, length) => {
    const wanted: Buffer[] = [];
    let at = lastUpTo(marks, offset);
    while (at.bytes < offset + length) {
      const { bytes, next } = await takePiece(at);
      wanted.push(bytes.subarray(Math.max(0, offset - at.bytes), offset + length - at.bytes));
      if (next.bytes > (marks.at(-1)?.bytes ?? 0)) marks.push(next);
      at = next;
    }
    return Buffer.concat(wanted, length);
  });
}

/** Of places in their order the last one that is not behind `bytes`. */
function lastUpTo(marks: readonly Mark[], bytes: number): Mark {
  let [low, high] = [0, marks.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.bytes ?? 0) <= bytes) low = middle;
    else high = middle;
  }
  return marks[low] ?? { text: 0, bytes: 0 };
}

interface Decoded {
  bytes: Buffer;
  /** How much of the text that is; a character whose end is missing is left. */
  used: number;
}

/** How long the character is that stands at a place of a text, and the byte that it stands for. */
interface Form {
  widthAt(text: Buffer, at: number): number;
  byteAt(text: Buffer, at: number, width: number): number;
}

function decode(text: Buffer, { widthAt, byteAt }: Form): Decoded {
  const bytes = Buffer.allocUnsafe(text.length);
  let count = 0;
  let used = 0;
  while (used < text.length) {
    const width = widthAt(text, used);
    if (width > text.length - used) break;
    bytes[count] = byteAt(text, used, width);
    count += 1;
    used += width;
  }
  return { bytes: bytes.subarray(0, count), used };
}

const utf8: Form = {
  widthAt: (text, at) => ((text[at] ?? 0) < 0x80 ? 1 : 2),
  byteAt(text, at, width) {
    const [first = 0, second = 0] = [text[at], text[at + 1]];
    if (width === 1) return first;
    if ((first & 0xfe) !== 0xc2 || (second & 0xc0) !== 0x80) throw noBytes();
    return ((first & 0x03) << 6) | (second & 0x3f);
  },
};

const backslash = 0x5c;
const escapes: ReadonlyMap<number | undefined, number> = new Map([
  ['u'.charCodeAt(0), '\\u0000'.length],
  ['U'.charCodeAt(0), '\\U00000000'.length],
]);

/** A backslash of its own is an escape too, as Python writes it. */
const escaped: Form = {
  widthAt: (text, at) => (text[at] === backslash ? (escapes.get(text[at + 1]) ?? 2) : 1),
  byteAt(text, at, width) {
    if (width === 1) return text[at] ?? 0;
    const digits = text.toString('latin1', at + 2, at + width);
    const code = /^[\da-f]+$/i.test(digits) ? Number.parseInt(digits, 16) : Number.POSITIVE_INFINITY;
    if (code > 0xff) throw noBytes();
    return code;
  },
};

const forms: Record<TextForm, Form> = { utf8, escaped };

function noBytes(): Damage {
  return new Damage('the text that stands for its bytes is not of as many characters, or of others');
}
