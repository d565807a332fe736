const locale = 'en-US';
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const fixed = new Intl.NumberFormat(locale, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
const hundredths = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const eightFigures = new Intl.NumberFormat(locale, { maximumSignificantDigits: 8 });
const percent = new Intl.NumberFormat(locale, {
  style: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** What stands where a version has no value. */
export const missing = '–';

/**
 * A number as it is written, or words of ours with numbers in them, as people read them: with the minus sign, which is as wide as a plus, where
 * programs write a hyphen. Texts of files, which may mean their hyphens, are not for it. What is copied or exported has hyphens (`core/tabular`);
 * {@link withHyphen} takes it back.
 */
export function withMinus(text: string): string {
  return text.includes('-') ? text.replace(hyphenOfNumber, '−') : text;
}

/** The same as programs read it: of text without other hyphens or minus signs each of the two undoes the other. */
export function withHyphen(text: string): string {
  return text.includes('−') ? text.replace(minusOfNumber, '-') : text;
}

/** Before a number that stands alone, or within its exponent. */
const hyphenOfNumber = /(?<![^\s([])-(?=\.?\d|Infinity)|(?<=(?<![^\s([])-?\.?\d[\d.]*e)-(?=\d)/g;
const minusOfNumber = /(?<![^\s([])−(?=\.?\d|Infinity)|(?<=(?<![^\s([])−?\.?\d[\d.]*e)−(?=\d)/g;

/** A difference leads with its sign; nothing has none. @param text the difference as it is written otherwise */
export function withSign(difference: number, text: string): string {
  return difference > 0 ? `+${text}` : text;
}

/** A whole number with its thousands apart. */
export function formatCount(value: number): string {
  return withMinus(whole.format(value));
}

/**
 * A measured number, short enough for a column: whole numbers stay whole unless the column has fractions, very large and
 * very small ones are written with an exponent, NaN and the infinities by name.
 */
export function formatNumber(value: number | null, fractional = true): string {
  if (value === null) return missing;
  if (!Number.isFinite(value)) return formatNonFinite(value);
  if (needsExponent(value)) return withMinus(value.toExponential(3));
  return withMinus((fractional ? fixed : whole).format(value));
}

/** As {@link formatNumber}, but of what is small there are four figures too, and of what is large no more than eight. */
export function formatFigures(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || !Number.isFinite(value) || needsExponent(value))
    return formatNumber(value, !Number.isInteger(value));
  if (size < 0.1) return withMinus(value.toPrecision(4));
  return size < 10_000 ? formatNumber(value) : withMinus(eightFigures.format(value));
}

/** A number that somebody gave, or that a file has: whole ones as they are, of others eight figures tell it from any that is meant. */
export function formatGiven(value: number): string {
  return withMinus(String(Number.isInteger(value) ? value : Number(value.toPrecision(8))));
}

/** A share between 0 and 1 as a percentage; any other number as it is. */
export function formatShare(value: number | null): string {
  return value !== null && isShare(value) ? percent.format(value) : formatNumber(value);
}

/** Whether a number can be a share of 1. */
export function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

/** What one share is above another, in percentage points; one that would be rounded away keeps its figures. */
export function formatPoints(by: number): string {
  const points = 100 * by;
  const isTiny = points !== 0 && Math.abs(points) < 0.005;
  return `${isTiny ? formatNumber(points) : withMinus(hundredths.format(points))} pp`;
}

/** A number that has few figures, such as the end of a range, with those and no others; whole ones with their thousands apart. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const isPlain = Number.isInteger(value) && Math.abs(value) < 1e15;
  return withMinus(isPlain ? whole.format(value) : String(value));
}

/** As {@link shortNumber}, a share between 0 and 1 in percent. */
export function shortShare(value: number): string {
  return isShare(value) ? `${Number((value * 100).toPrecision(12))}%` : shortNumber(value);
}

/** All the digits there are, for the hover text of a shortened number. */
export function exactNumber(value: number | null): string {
  return value === null ? 'No value' : withMinus(String(value));
}

/** Whether a number is written with an exponent: NaN and the infinities have names. */
export function needsExponent(value: number): boolean {
  const size = Math.abs(value);
  return size !== 0 && size !== Number.POSITIVE_INFINITY && (size >= 1e9 || size < 1e-4);
}

function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : '−∞';
}
