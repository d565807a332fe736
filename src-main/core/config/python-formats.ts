/** What follows the colon in a field of a Python format string. */
export interface PythonFormat {
  /** In characters, at least. */
  width: number;
  /** @param value a whole number, exact */
  write(value: number): string;
}

const integer = /^(?:(.)?([<>=^]))?([+\- ])?(#)?(0)?(\d*)([,_])?([bdnoxX])?$/su;
const text = /^(?:(.)?([<>^]))?(0)?(\d*)(?:\.(\d+))?s?$/su;

/** The base of each type, and how many digits are a group. */
const types = new Map([
  ['b', { base: 2, group: 4 }],
  ['o', { base: 8, group: 4 }],
  ['x', { base: 16, group: 4 }],
  ['X', { base: 16, group: 4 }],
]);
const decimal = { base: 10, group: 3 };

/** Where what is written goes within its width. */
interface Padding {
  filler: string;
  alignment: string;
  width: number;
}

/** How the digits are written, and what goes before them: `sign` of a number that is not negative. */
interface Digits {
  type: string;
  separator: string | undefined;
  sign: string;
  prefix: string;
}

/**
 * How a whole number is written; null for what Python refuses, or does as with a float. A fill counts before the 0 flag, which otherwise is
 * one, and aligns behind the sign where nothing else is asked. `n` is by the C locale. Source: Python's "Format Specification Mini-Language".
 */
export function readIntegerFormat(specification: string): PythonFormat | null {
  const parts = integer.exec(specification);
  if (!parts) return null;
  const [, fill, alignment, sign = '', alternate, zero, width = '', separator, type = 'd'] = parts;
  if (isRefused(type, separator)) return null;
  const usual = zero ? '=' : '>';
  const padding = { filler: fill ?? zero ?? ' ', alignment: alignment ?? usual, width: Number(width) };
  const prefix = alternate && types.has(type) ? `0${type}` : '';
  const digits = { type, separator, sign: sign.replace('-', ''), prefix };
  return { width: padding.width, write: (value) => writeInteger(value, digits, padding) };
}

function isRefused(type: string, separator: string | undefined): boolean {
  if (type === 'n') return separator !== undefined;
  return separator === ',' && type !== 'd';
}

function writeInteger(value: number, { type, separator, sign, prefix }: Digits, padding: Padding): string {
  const { base, group } = types.get(type) ?? decimal;
  const mark = `${value < 0 ? '-' : sign}${prefix}`;
  const lower = Math.abs(value).toString(base);
  const digits = type === 'X' ? lower.toUpperCase() : lower;
  if (separator === undefined) return pad(mark, digits, padding);
  const isFilled = padding.filler === '0' && padding.alignment === '=';
  return pad(mark, inGroups(digits, separator, group, isFilled ? padding.width - mark.length : 0), padding);
}

/** How the text of a whole number is written; null for what Python refuses. Zeros do not align it otherwise. */
export function readTextFormat(specification: string): PythonFormat | null {
  const parts = text.exec(specification);
  if (!parts) return null;
  const [, fill, alignment = '<', zero, digits = '', most] = parts;
  const padding = { filler: fill ?? zero ?? ' ', alignment, width: Number(digits) };
  const write = (value: number) =>
    pad('', String(value).slice(0, most === undefined ? undefined : Number(most)), padding);
  return { width: padding.width, write };
}

/** Zeros that fill a width are in groups too; one more than the width asks for comes before a group that would begin with a separator. */
function inGroups(digits: string, separator: string, group: number, room: number): string {
  let all = digits;
  let grouped = split(all, separator, group);
  while (grouped.length < room) {
    all = `0${all}`;
    grouped = split(all, separator, group);
  }
  return grouped;
}

function split(digits: string, separator: string, group: number): string {
  const first = digits.length % group || group;
  const groups = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += group) groups.push(digits.slice(at, at + group));
  return groups.join(separator);
}

function pad(mark: string, digits: string, { filler, alignment, width }: Padding): string {
  const missing = Math.max(0, width - mark.length - digits.length);
  const left = leftShare(alignment, missing);
  const before = filler.repeat(left);
  const after = filler.repeat(missing - left);
  return (alignment === '=' ? mark + before : before + mark) + digits + after;
}

/** How much of the fill goes before the digits. */
function leftShare(alignment: string, missing: number): number {
  if (alignment === '<') return 0;
  return alignment === '^' ? Math.floor(missing / 2) : missing;
}
