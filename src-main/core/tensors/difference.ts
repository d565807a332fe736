import { addScaled, isWithin, plainSum, type ScaledSum, sumProducts, sumSquares } from './scaled-sum.ts';

/** What sets two rows of numbers apart, as far as they have been gone through. */
export interface Difference {
  count: number;
  /** Elements that are not equal; a NaN equals a NaN, an infinity itself. */
  changed: number;
  /** The largest distance of two elements, NaN when one of them is a NaN and the other is not. */
  furthest: number;
  /** Sums of squares: of the distances, of the one and of the other; and the sum of the products. */
  distances: ScaledSum;
  squaresA: ScaledSum;
  squaresB: ScaledSum;
  products: ScaledSum;
}

const none = plainSum(0);

export const noDifference: Difference = {
  count: 0,
  changed: 0,
  furthest: 0,
  distances: none,
  squaresA: none,
  squaresB: none,
  products: none,
};

/** Of two blocks of real numbers, which should be few enough to stay in a core's cache. */
export function compareReal(a: Float64Array, b: Float64Array, count: number): Difference {
  const { distances, squaresA, squaresB, products } = addProducts(a, b, count);
  // What is not finite shows in the sums, and so does what is too large or too small to be squared.
  if (!isWithin(distances) || !isWithin(squaresA) || !isWithin(squaresB))
    return compareApart(a, b, { count, parts: 1 }, distancesOf(a, b, count));
  return {
    count,
    ...findChanges(a, b, count),
    distances: plainSum(distances),
    squaresA: plainSum(squaresA),
    squaresB: plainSum(squaresB),
    products: plainSum(products),
  };
}

/** Of `count` complex numbers, real and imaginary parts in turn. `products` is the real part of their inner product. */
export function compareComplex(a: Float64Array, b: Float64Array, count: number): Difference {
  return compareApart(a, b, { count, parts: 2 }, distancesOf(a, b, 2 * count));
}

function addProducts(a: Float64Array, b: Float64Array, length: number) {
  let [distances, squaresA, squaresB, products] = [0, 0, 0, 0];
  for (let index = 0; index < length; index += 1) {
    const one = a[index] as number;
    const other = b[index] as number;
    const apart = other - one;
    distances += apart * apart;
    squaresA += one * one;
    squaresB += other * other;
    products += one * other;
  }
  return { distances, squaresA, squaresB, products };
}

function findChanges(a: Float64Array, b: Float64Array, length: number) {
  let [changed, furthest] = [0, 0];
  for (let index = 0; index < length; index += 1) {
    const apart = Math.abs((b[index] as number) - (a[index] as number));
    if (apart > furthest) furthest = apart;
    if (apart !== 0) changed += 1;
  }
  return { changed, furthest };
}

/** How far numbers are from each other, one by one; halves of that where the whole is beyond float64. */
export interface Distances {
  apart: Float64Array;
  isHalved: boolean;
}

/** The same of numbers of any size, which need not be finite; so many to an element. */
export function compareApart(
  a: Float64Array,
  b: Float64Array,
  { count, parts }: { count: number; parts: 1 | 2 },
  { apart, isHalved }: Distances,
): Difference {
  const length = count * parts;
  const { sum, power } = sumSquares(apart, length);
  return {
    count,
    ...findFurthest(parts === 1 ? apart : magnitudes(apart, count), count, isHalved ? 2 : 1),
    distances: { sum, power: isHalved ? power + 2 : power },
    squaresA: sumSquares(a, length),
    squaresB: sumSquares(b, length),
    products: sumProducts(a, b, length),
  };
}

function findFurthest(apart: Float64Array, count: number, unit: number) {
  let [changed, furthest] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    const distance = apart[index] as number;
    furthest = Math.max(furthest, distance);
    if (distance !== 0) changed += 1;
  }
  return { changed, furthest: furthest * unit };
}

const magnitudes = (pairs: Float64Array, count: number) =>
  Float64Array.from({ length: count }, (_, at) =>
    Math.hypot(pairs[2 * at] as number, pairs[2 * at + 1] as number),
  );

function distancesOf(a: Float64Array, b: Float64Array, length: number): Distances {
  const apart = new Float64Array(length);
  let isBeyond = false;
  for (let index = 0; index < length; index += 1) {
    const [one, other] = [a[index] as number, b[index] as number];
    apart[index] = distanceOf(one, other);
    if (apart[index] === Number.POSITIVE_INFINITY && Number.isFinite(one) && Number.isFinite(other))
      isBeyond = true;
  }
  if (!isBeyond) return { apart, isHalved: false };
  const halved = apart.map((_, index) => distanceOf((a[index] as number) / 2, (b[index] as number) / 2));
  return { apart: halved, isHalved: true };
}

function distanceOf(one: number, other: number): number {
  const isSame = one === other || (Number.isNaN(one) && Number.isNaN(other));
  return isSame ? 0 : Math.abs(other - one);
}

export function addDifferences(a: Difference, b: Difference): Difference {
  return {
    count: a.count + b.count,
    changed: a.changed + b.changed,
    furthest: Math.max(a.furthest, b.furthest),
    distances: addScaled(a.distances, b.distances),
    squaresA: addScaled(a.squaresA, b.squaresA),
    squaresB: addScaled(a.squaresB, b.squaresB),
    products: addScaled(a.products, b.products),
  };
}
