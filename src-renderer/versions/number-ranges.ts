/** So many different numbers have a group each; more of them are put into ranges. */
export const mostValues = 12;
/** So many ranges are aimed at. */
const wantedRanges = 12;
/** Beyond that a power of ten, or what it divides, is no number any more. */
const largestPower = 300;

/** How numbers are written as the name of a group. */
export interface ShowNumber {
  /** Leads each: `Reward`. */
  label: string;
  short: (value: number) => string;
  exact: (value: number) => string;
}

/** What was met of the finite numbers that are grouped. */
export interface NumbersMet {
  min: number;
  max: number;
  whole: boolean;
  /** No more than one over {@link mostValues}. */
  distinct: ReadonlySet<number>;
}

/** Ranges of one length, counted from zero on: the n-th goes from `low(n)` to below `low(n + 1)`. */
export interface NumberRanges {
  step: number;
  indexOf: (value: number) => number;
  low: (index: number) => number;
  words: (index: number, show: ShowNumber) => string;
}

/** Ranges for what was met; null where there are few enough numbers for a group each. */
export function rangesFor({ min, max, whole, distinct }: NumbersMet): NumberRanges | null {
  if (distinct.size <= mostValues) return null;
  const { figure, power } = niceStep(max / wantedRanges - min / wantedRanges);
  // Dividing by a power of ten gives the decimal itself, where multiplying by 0.1 would miss it.
  const scale = 10 ** Math.abs(power);
  const low = (index: number) => (power < 0 ? (index * figure) / scale : index * figure * scale);
  const step = low(1);
  return {
    step,
    low,
    indexOf: (value) => {
      const index = Math.floor(value / step);
      if (low(index + 1) <= value) return index + 1;
      return low(index) > value ? index - 1 : index;
    },
    words: (index, show) => rangeWords(low(index), low(index + 1), whole, show),
  };
}

/** The next of 1, 2 or 5 times a power of ten. */
function niceStep(least: number): { figure: number; power: number } {
  const power = Math.max(-largestPower, Math.min(largestPower, Math.floor(Math.log10(least))));
  const figure = least / 10 ** power;
  if (figure <= 1) return { figure: 1, power };
  if (figure <= 2) return { figure: 2, power };
  return figure <= 5 ? { figure: 5, power } : { figure: 1, power: power + 1 };
}

/** Whole numbers have a last one in their range; others go up to where the next range begins, without it. */
function rangeWords(low: number, high: number, whole: boolean, { label, short, exact }: ShowNumber): string {
  const isTold = short(low) !== short(high);
  const shown = isTold ? short : exact;
  if (whole && shown(high - 1) !== shown(high)) return `${label} ${shown(low)} to ${shown(high - 1)}`;
  return `${label} ${shown(low)} to < ${shown(high)}`;
}
