const locale = 'en-US';
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const fixed = new Intl.NumberFormat(locale, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
const percent = new Intl.NumberFormat(locale, {
  style: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** What stands where a version has no value. */
export const missing = '–';

/** A whole number with its thousands apart. */
export function formatCount(value: number): string {
  return whole.format(value);
}

/**
 * A measured number, short enough for a column: whole numbers stay whole unless the column has fractions, very large and
 * very small ones are written with an exponent, NaN and the infinities by name.
 */
export function formatNumber(value: number | null, fractional = true): string {
  if (value === null) return missing;
  if (!Number.isFinite(value)) return formatNonFinite(value);
  if (needsExponent(value)) return value.toExponential(3);
  return fractional ? fixed.format(value) : whole.format(value);
}

/** A share between 0 and 1 as a percentage; any other number as it is. */
export function formatShare(value: number | null): string {
  return value !== null && value >= 0 && value <= 1 ? percent.format(value) : formatNumber(value);
}

/** A number that has few figures, such as the end of a range, with those and no others; whole ones with their thousands apart. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? whole.format(value) : String(value);
}

/** As {@link shortNumber}, a share between 0 and 1 in percent. */
export function shortShare(value: number): string {
  return value >= 0 && value <= 1 ? `${Number((value * 100).toPrecision(12))}%` : shortNumber(value);
}

/** All the digits there are, for the hover text of a shortened number. */
export function exactNumber(value: number | null): string {
  return value === null ? 'No value' : String(value);
}

function needsExponent(value: number): boolean {
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e9 || size < 1e-4);
}

function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : '−∞';
}
