import { isUtf8 } from 'node:buffer';

/**
 * A name on a disk is any bytes. Those that are no UTF-8 are kept in text as halves of surrogate pairs, as Python does: nothing else has
 * such text, and the name is found by it.
 */
export function textOfName(name: Buffer): string {
  if (isUtf8(name)) return name.toString();
  return Array.from(name, (byte) => String.fromCharCode(byte < 0x80 ? byte : firstHalf + byte)).join('');
}

const firstHalf = 0xdc00;
const half = /[\udc80-\udcff]/u;

/** A path that the system finds what is there by, whatever {@link textOfName} made of its names. */
export function rawPath(path: string): string | Buffer {
  return half.test(path) ? Buffer.concat(Array.from(path, bytesOf)) : path;
}

function bytesOf(mark: string): Buffer {
  return half.test(mark) ? Buffer.of(mark.charCodeAt(0) - firstHalf) : Buffer.from(mark);
}
