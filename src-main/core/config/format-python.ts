import { escapeName } from '../catalog/escape-name.ts';
import { ModelValidationError } from '../errors.ts';
import { readIntegerFormat, readTextFormat } from './python-formats.ts';

/** The longest name of a file that the usual disks take, in bytes; a width beyond it can only be a mistake. */
const longestName = 255;
const piece = /\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g;
const field = /^\{([^:!]*)(?:!([rsa]))?(?::(.*))?\}$/s;
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** What each directive of `strftime` stands for, in local time and English, as Python has them in the C locale. */
const directives = new Map<string, (date: Date) => string>([
  ['Y', (date) => String(date.getFullYear())],
  ['y', (date) => pad(date.getFullYear() % 100)],
  ['m', (date) => pad(date.getMonth() + 1)],
  ['d', (date) => pad(date.getDate())],
  ['H', (date) => pad(date.getHours())],
  ['I', (date) => pad(date.getHours() % 12 || 12)],
  ['M', (date) => pad(date.getMinutes())],
  ['S', (date) => pad(date.getSeconds())],
  ['f', (date) => pad(date.getMilliseconds() * 1000, 6)],
  ['j', (date) => pad(dayOfYear(date), 3)],
  ['p', (date) => (date.getHours() < 12 ? 'AM' : 'PM')],
  ['Z', () => ''],
  ['z', offset],
  ['a', (date) => dayName(date).slice(0, 3)],
  ['A', dayName],
  ['b', (date) => monthName(date).slice(0, 3)],
  ['B', monthName],
  ['F', (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`],
  ['T', (date) => `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`],
  ['s', (date) => String(Math.floor(date.getTime() / 1000))],
  ['%', () => '%'],
]);

/**
 * A version number in a Python format string, as `format.format(version=version)` gives it: `{version}` as a whole number (`d`, `x`, `X`,
 * `b`, `o`) or a text (`!r`, `!s`, `!a`) with fill, alignment, sign, zeros, width and groups, and `{{` and `}}`.
 * @throws ModelValidationError when the format asks for anything else, or the result cannot be part of a file's name
 */
export function formatVersion(format: string, version: number): string {
  if (!Number.isSafeInteger(version)) throw refused(format, `${version} is not a whole number`);
  const pieces = format.match(piece) ?? [];
  return safeName(format, pieces.map((text) => formatPiece(format, text, version)).join(''));
}

/**
 * A moment in a `strftime` format, in local time, as Python gives it for a date without a zone: `%Z` is empty. Only `%z` knows
 * the zone, and gives its offset (`+0200`).
 * @throws ModelValidationError on an unknown directive, a year without four digits, or a result that cannot be part of a file's name
 */
export function formatTimestamp(format: string, date: Date): string {
  const year = date.getFullYear();
  if (!(year >= 1000 && year <= 9999)) throw refused(format, 'the date has no year of four digits');
  const text = format.replace(/%(.?)/gsu, (found, letter: string) => {
    const write = directives.get(letter);
    if (!write) throw refused(format, found === '%' ? 'it ends with a single %' : `${found} is not known`);
    return write(date);
  });
  return safeName(format, text);
}

function formatPiece(format: string, text: string, version: number): string {
  if (text === '{{' || text === '}}') return text.charAt(0);
  if (text === '{' || text === '}') throw refused(format, `a single ${text} (write ${text}${text})`);
  return text.startsWith('{') ? formatField(format, text, version) : text;
}

function formatField(format: string, text: string, version: number): string {
  const [, name, conversion, wanted = ''] = field.exec(text) ?? [];
  if (name !== 'version') throw refused(format, `${text} is not known, only {version} is`);
  const read = conversion === undefined ? readIntegerFormat(wanted) : readTextFormat(wanted);
  if (!read) throw refused(format, `${text} is not a way to write a whole number`);
  if (read.width > longestName)
    throw refused(format, `its width is more than the ${longestName} bytes of a name`);
  return read.write(version);
}

/** A configured format must never choose the folder, hide the file, or outgrow a name. */
function safeName(format: string, text: string): string {
  const mark = /[/\\\0]/.exec(text)?.[0];
  if (mark) throw refused(format, `${mark === '\0' ? 'a NUL' : mark} cannot be in a file's name`);
  if (text.startsWith('.')) throw refused(format, 'it starts with a dot');
  if (Buffer.byteLength(text) > longestName) throw refused(format, 'it is longer than a name can be');
  return text;
}

function refused(format: string, reason: string): ModelValidationError {
  const why = escapeName(reason);
  return new ModelValidationError(
    `the format "${escapeName(format)}" cannot be used — ${why} — correct it in the run's configuration`,
  );
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

function dayName(date: Date): string {
  return days[date.getDay()] ?? '';
}

function monthName(date: Date): string {
  return months[date.getMonth()] ?? '';
}

/** From 1 on; counted in UTC, where every day has 24 hours. */
function dayOfYear(date: Date): number {
  const year = date.getFullYear();
  return (Date.UTC(year, date.getMonth(), date.getDate()) - Date.UTC(year, 0, 0)) / 86_400_000;
}

function offset(date: Date): string {
  const minutes = Math.round(-date.getTimezoneOffset());
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${pad(size % 60)}`;
}
