import { isUtf8 } from 'node:buffer';

const loneHalf = /(\xed[\xa0-\xbf][\x80-\xbf])/;

/** UTF-8, in which a lone half of a surrogate pair is what Python's `surrogatepass` makes of it. */
export function encodeText(text: string): Buffer {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text);
  return Buffer.concat(
    [...text].map((character) => (isLone(character) ? encodeHalf(character) : Buffer.from(character))),
  );
}

/** The text that {@link encodeText} wrote; what no text can be in it becomes U+FFFD. */
export function decodeText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const parts = bytes.toString('latin1').split(loneHalf);
  return parts.map((part, index) => decodePart(Buffer.from(part, 'latin1'), index % 2 === 1)).join('');
}

function decodePart(bytes: Buffer, isHalf: boolean): string {
  if (!isHalf) return bytes.toString('utf8');
  const [, high = 0, low = 0] = bytes;
  return String.fromCharCode(0xd000 | ((high & 0x3f) << 6) | (low & 0x3f));
}

function isLone(character: string): boolean {
  const unit = character.charCodeAt(0);
  return character.length === 1 && unit >= 0xd800 && unit < 0xe000;
}

function encodeHalf(character: string): Buffer {
  const unit = character.charCodeAt(0);
  return Buffer.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
}
