/** What is known of some numbers so far; the moments are of the finite ones. Can be added to, in any portions. */
export interface Moments {
  count: number;
  nan: number;
  posinf: number;
  neginf: number;
  zeros: number;
  /** Closer to zero than numbers of their type have all their digits. */
  subnormals: number;
  /** Finite ones beyond half of what their type can hold, of types where that is counted. */
  nearOverflow: number;
  /** Rows that are zeros alone, where rows are told apart. */
  deadRows: number;
  /** Bigints where a 64-bit integer is beyond 2^53. Infinity and -Infinity while there is no finite number. */
  min: number | bigint;
  max: number | bigint;
  mean: number;
  /** The sum of the squared distances from the mean. */
  spread: number;
  /** The sums of the squares and of the magnitudes. */
  squares: number;
  magnitudes: number;
}

export const noMoments = (): Moments => ({
  count: 0,
  nan: 0,
  posinf: 0,
  neginf: 0,
  zeros: 0,
  subnormals: 0,
  nearOverflow: 0,
  deadRows: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  mean: 0,
  spread: 0,
  squares: 0,
  magnitudes: 0,
});

export const finiteCount = ({ count, nan, posinf, neginf }: Moments): number => count - nan - posinf - neginf;

/** A spread this small beside the squares was lost in rounding, and is worked out around the mean instead. */
const cancelled = 1e-4;

/** Magnitudes of a type: what is closer to zero than `leastNormal`, and is not zero, is subnormal; `nearOverflow` is half of the largest, or Infinity. */
export interface Magnitudes {
  leastNormal: number;
  nearOverflow: number;
}

/** The moments of the first `count` numbers, which should be few enough to stay in a core's cache. */
export function measureBlock(values: Float64Array, count: number, type: Magnitudes): Moments {
  const { sum, squares, ...told } = sumUp(values, count, type);
  // Whatever is not finite makes the squares so, as do numbers whose squares overflow.
  if (!Number.isFinite(squares)) return measureFinite(values, count, type);
  const mean = count === 0 ? 0 : sum / count;
  const spread = squares - sum * mean;
  const isExact = spread > cancelled * squares;
  return {
    ...noMoments(),
    ...told,
    count,
    ...(isExact ? { mean, spread } : spreadAround(values, count, mean)),
    squares,
  };
}

function sumUp(values: Float64Array, count: number, type: Magnitudes) {
  return { ...addUp(values, count), ...findExtremes(values, count, type) };
}

/** Two sums side by side: each addition then need not wait for the one before it. */
function addUp(values: Float64Array, count: number) {
  let [sum, otherSum, squares, otherSquares, magnitudes, otherMagnitudes] = [0, 0, 0, 0, 0, 0];
  const even = count - (count % 2);
  for (let index = 0; index < even; index += 2) {
    const value = values[index] as number;
    const other = values[index + 1] as number;
    sum += value;
    otherSum += other;
    squares += value * value;
    otherSquares += other * other;
    magnitudes += Math.abs(value);
    otherMagnitudes += Math.abs(other);
  }
  const last = even < count ? (values[even] as number) : 0;
  return {
    sum: sum + otherSum + last,
    squares: squares + otherSquares + last * last,
    magnitudes: magnitudes + otherMagnitudes + Math.abs(last),
  };
}

function findExtremes(values: Float64Array, count: number, { leastNormal, nearOverflow }: Magnitudes) {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < count; index += 1) {
    const value = values[index] as number;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const isNear = max > nearOverflow || min < -nearOverflow;
  return {
    ...{ min, max, ...countTiny(values, count, leastNormal) },
    nearOverflow: isNear ? countBeyond(values, count, nearOverflow) : 0,
  };
}

function countBeyond(values: Float64Array, count: number, limit: number): number {
  let beyond = 0;
  for (let index = 0; index < count; index += 1) if (Math.abs(values[index] as number) > limit) beyond += 1;
  return beyond;
}

function countTiny(values: Float64Array, count: number, leastNormal: number) {
  let [zeros, subnormals] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    const value = values[index] as number;
    if (value === 0) zeros += 1;
    else if (Math.abs(value) < leastNormal) subnormals += 1;
  }
  return { zeros, subnormals };
}

/**
 * Σd² − (Σd)²/n, and the mean: what it was rounded by is taken off again. Chan, Golub, LeVeque 1983 (the corrected two-pass algorithm).
 */
function spreadAround(values: Float64Array, count: number, mean: number): Pick<Moments, 'mean' | 'spread'> {
  let [spread, rest] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    const distance = (values[index] as number) - mean;
    spread += distance * distance;
    rest += distance;
  }
  const rounded = (rest * rest) / count;
  // Beyond float64 nothing is left to be taken off; nor where there are no numbers.
  if (!Number.isFinite(rounded)) return { mean, spread };
  return { mean: mean + rest / count, spread: Math.max(0, spread - rounded) };
}

/** Counts what is not finite, and measures the rest. */
function measureFinite(values: Float64Array, count: number, type: Magnitudes): Moments {
  const { finite, ...counts } = sortOut(values, count);
  const { sum, ...told } = sumUp(finite, finite.length, type);
  const mean = finite.length === 0 ? 0 : sum / finite.length;
  return { ...noMoments(), ...counts, ...told, count, ...spreadAround(finite, finite.length, mean) };
}

function sortOut(values: Float64Array, count: number) {
  const finite = new Float64Array(count);
  let [kept, nan, posinf] = [0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const value = values[index] as number;
    // Only a finite number is no distance from itself.
    if (value - value === 0) {
      finite[kept] = value;
      kept += 1;
    } else if (value > 0) posinf += 1;
    else if (!(value < 0)) nan += 1;
  }
  return { finite: finite.subarray(0, kept), nan, posinf, neginf: count - kept - nan - posinf };
}

/** Both together. Chan, Golub, LeVeque 1979. */
export function addMoments(a: Moments, b: Moments): Moments {
  const [countA, countB] = [finiteCount(a), finiteCount(b)];
  const count = Math.max(1, countA + countB);
  const distance = countA === 0 || countB === 0 ? 0 : b.mean - a.mean;
  return {
    count: a.count + b.count,
    nan: a.nan + b.nan,
    posinf: a.posinf + b.posinf,
    neginf: a.neginf + b.neginf,
    zeros: a.zeros + b.zeros,
    subnormals: a.subnormals + b.subnormals,
    nearOverflow: a.nearOverflow + b.nearOverflow,
    deadRows: a.deadRows + b.deadRows,
    min: lesser(a.min, b.min),
    max: greater(a.max, b.max),
    mean: countA === 0 ? b.mean : a.mean + distance * (countB / count),
    spread: a.spread + b.spread + distance * distance * ((countA * countB) / count),
    squares: a.squares + b.squares,
    magnitudes: a.magnitudes + b.magnitudes,
  };
}

/** `Math.min` and `Math.max` take no bigints. */
function lesser(a: number | bigint, b: number | bigint): number | bigint {
  if (b < a) return b;
  return a;
}

export function greater(a: number | bigint, b: number | bigint): number | bigint {
  if (b > a) return b;
  return a;
}

const repeated = [
  ...(['count', 'nan', 'posinf', 'neginf', 'zeros', 'subnormals'] as const),
  ...(['nearOverflow', 'spread', 'squares', 'magnitudes'] as const),
];

/** The same numbers, each so many times over; their rows are as many as they were. */
export function repeatMoments(moments: Moments, times: number): Moments {
  const scaled = { ...moments };
  for (const name of repeated) scaled[name] = moments[name] * times;
  return scaled;
}
