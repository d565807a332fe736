import { floatValue, type Value } from './value.ts';

/** Python itself reads no whole number with more digits. */
const mostDigits = 4300;

/** A whole number in two's complement, little-endian: LONG1 and LONG4. */
export function readLong(bytes: Buffer): Value {
  if (bytes.length <= 6) return bytes.length === 0 ? 0 : bytes.readIntLE(0, bytes.length);
  const isNegative = (bytes.at(-1) ?? 0) >= 0x80;
  const words = Buffer.alloc(8 * Math.ceil(bytes.length / 8), isNegative ? 0xff : 0);
  bytes.copy(words);
  let value = words.readBigInt64LE(words.length - 8);
  for (let at = words.length - 16; at >= 0; at -= 8) value = (value << 64n) | words.readBigUInt64LE(at);
  return narrow(value);
}

/** The argument of an instruction of protocol 0, which is text. What cannot be read as that is not followed. */
export function parseLine(kind: 'int' | 'float' | 'string' | 'unicode', line: string): Value {
  return readers[kind](line) ?? { kind: 'opaque', what: `a ${kind} that cannot be read` };
}

const readers = { int: parseInteger, float: parseFloating, string: parseString, unicode: parseUnicode };

/** `00` and `01` are truth values; a long ends in L. */
function parseInteger(line: string): Value {
  if (line === '00' || line === '01') return line === '01';
  const digits = /^\s*([+-]?\d+)L?\s*$/.exec(line)?.[1];
  return digits === undefined || digits.length > mostDigits
    ? null
    : narrow(BigInt(digits.replace(/^\+/, '')));
}

const specials = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

function parseFloating(line: string): Value {
  const special = specials.get(line.trim().toLowerCase());
  if (special !== undefined) return special;
  return /^\s*[+-]?[\d.]+(e[+-]?\d+)?\s*$/i.test(line) ? floatValue(Number(line)) : null;
}

const escapes = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ...['\\', "'", '"'].map((itself) => [itself, itself] as const),
]);
const escaped = /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))/gs;

/** As Python's `repr` writes it, in quotes; what is no escape there stays as it is. Objects/bytesobject.c, `_PyBytes_DecodeEscape` */
function parseString(line: string): Value {
  const quoted = /^\s*(['"])(.*)\1\s*$/s.exec(line)?.[2];
  return (
    quoted?.replace(escaped, (whole, hexadecimal?: string, octal?: string, letter?: string) => {
      const digits = hexadecimal ?? octal;
      if (digits === undefined) return escapes.get(letter ?? '') ?? whole;
      return String.fromCharCode(Number.parseInt(digits, hexadecimal === undefined ? 8 : 16) & 0xff);
    }) ?? null
  );
}

/** In raw-unicode-escape: Latin-1, and everything else as `\uXXXX` or `\UXXXXXXXX`. */
function parseUnicode(line: string): Value {
  return line.replace(/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8}))/gi, (whole, short?: string, long?: string) => {
    const code = Number.parseInt(short ?? long ?? '', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** As a number where it fits one. */
function narrow(value: bigint): Value {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
