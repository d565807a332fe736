import { ModelValidationError } from '../errors.ts';

/** As deep as `parseJson` reads. */
const depthLimit = 200;

interface Layout {
  indent: number | null;
  depth: number;
  floats: ReadonlySet<string>;
}

const noFloats: ReadonlySet<string> = new Set();

/**
 * JSON as Python's `json.dump(value, indent=indent)` writes it, without a final newline: NaN and ±Infinity bare, bigint as
 * digits, other than ASCII as `\uXXXX`, own keys in their order. A number without a fraction is written as a whole number up to
 * 2^53. A key whose value is undefined is left out of its object.
 * @param indent spaces for each level; null: all on one line
 * @param floats keys whose numbers, or lists of them, are floats where they are whole, too
 * @throws ModelValidationError on more than 200 levels, or on a value that JSON has no word for (a Date, a function, …)
 */
export function writePythonJson(value: unknown, indent: number | null = 2, floats = noFloats): string {
  return write(value, { indent, depth: 0, floats });
}

function write(value: unknown, layout: Layout, isFloat = false): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return writeNumber(value, isFloat);
  if (typeof value === 'string') return writeText(value);
  if (Array.isArray(value)) return writeList(value, inside(layout), isFloat);
  if (Object.prototype.toString.call(value) === '[object Object]')
    return writeObject(value as object, inside(layout));
  throw refused(`JSON has no word for a value of the kind ${kindOf(value)}`);
}

function inside({ depth, ...layout }: Layout): Layout {
  if (depth === depthLimit) throw refused(`nested more than ${depthLimit} levels deep`);
  return { ...layout, depth: depth + 1 };
}

function writeList(list: unknown[], layout: Layout, areFloats: boolean): string {
  return enclose(
    '[',
    Array.from(list, (member) => write(member, layout, areFloats)),
    ']',
    layout,
  );
}

function writeObject(object: object, layout: Layout): string {
  const members = Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${writeText(key)}: ${write(value, layout, layout.floats.has(key))}`);
  return enclose('{', members, '}', layout);
}

function enclose(open: string, members: string[], close: string, { indent, depth }: Layout): string {
  if (members.length === 0) return open + close;
  if (indent === null) return open + members.join(', ') + close;
  const line = `\n${' '.repeat(indent * depth)}`;
  return `${open}${line}${members.join(`,${line}`)}\n${' '.repeat(indent * (depth - 1))}${close}`;
}

function writeText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whole numbers past 2^53 are floats here (exact ones are bigint), and stay floats for who reads them. */
function writeNumber(value: number, isFloat: boolean): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return '-0.0';
  return Number.isSafeInteger(value) && !isFloat ? String(value) : writeFloat(value);
}

/** The shortest digits, as both languages find them; Python turns to an exponent below 1e-4 and from 1e16 on. */
function writeFloat(value: number): string {
  const [digits = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16) return Number.isInteger(value) ? `${value}.0` : String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function kindOf(value: unknown): string {
  return typeof value === 'object' ? Object.prototype.toString.call(value).slice(8, -1) : typeof value;
}

function refused(reason: string): ModelValidationError {
  return new ModelValidationError(`cannot be written as JSON — ${reason} — leave that value out`);
}
