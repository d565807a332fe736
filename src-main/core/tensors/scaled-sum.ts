/** `sum` times 2 to the `power`: sums of squares reach further up, and down, than the numbers that are squared. */
export interface ScaledSum {
  sum: number;
  /** Even. */
  power: number;
}

export const plainSum = (sum: number): ScaledSum => ({ sum, power: 0 });

/** Whether squares that were added as they are have neither overflown nor got lost below what float64 holds. */
export const isWithin = (sum: number): boolean => sum > 1e-200 && sum < 1e300;

export function addScaled(a: ScaledSum, b: ScaledSum): ScaledSum {
  if (a.sum === 0) return b;
  if (b.sum === 0) return a;
  const power = Math.max(a.power, b.power);
  return { sum: timesPower(a.sum, a.power - power) + timesPower(b.sum, b.power - power), power };
}

/** The sum of the squares of these, scaled by the largest of them. */
export function sumSquares(values: Float64Array, length: number): ScaledSum {
  return sumProducts(values, values, length);
}

/** The sum of the products of these, each row scaled by its largest number. */
export function sumProducts(a: Float64Array, b: Float64Array, length: number): ScaledSum {
  const [powerA, powerB] = [powerOf(a, length), powerOf(b, length)];
  let sum = 0;
  if (powerA === 0 && powerB === 0)
    for (let index = 0; index < length; index += 1) sum += (a[index] as number) * (b[index] as number);
  else
    for (let index = 0; index < length; index += 1)
      sum += timesPower(a[index] as number, -powerA) * timesPower(b[index] as number, -powerB);
  return { sum, power: powerA + powerB };
}

/** Numbers between 2 to minus this and 2 to this are squared, and added, as they are. */
const usual = 250;

/** The even power of two that the largest of these is near; 0 where that is a usual one, where one is not finite, and of zeros alone. */
function powerOf(values: Float64Array, length: number): number {
  let largest = 0;
  for (let index = 0; index < length; index += 1) {
    const magnitude = Math.abs(values[index] as number);
    if (!Number.isFinite(magnitude)) return 0;
    if (magnitude > largest) largest = magnitude;
  }
  const power = largest === 0 ? 0 : 2 * Math.round(Math.log2(largest) / 2);
  return Math.abs(power) <= usual ? 0 : power;
}

/** A number times 2 to the power, in two steps: neither factor is beyond float64. */
export function timesPower(value: number, power: number): number {
  if (power === 0) return value;
  const half = Math.trunc(power / 2);
  return value * 2 ** half * 2 ** (power - half);
}

/** The square root of a sum of squares. */
export function rootOf({ sum, power }: ScaledSum): number {
  return timesPower(Math.sqrt(sum), power / 2);
}

/** The root of the first over that of the other. */
export function rootOfRatio(a: ScaledSum, b: ScaledSum): number {
  return timesPower(Math.sqrt(a.sum) / Math.sqrt(b.sum), (a.power - b.power) / 2);
}
