/** What sets two rows of numbers apart, as far as they have been gone through. */
export interface Difference {
  count: number;
  /** Elements that are not equal; a NaN equals a NaN, an infinity itself. */
  changed: number;
  /** The largest distance of two elements, NaN when one of them is a NaN and the other is not. */
  furthest: number;
  /** Sums of squares: of the distances, of the one and of the other; and the sum of the products. */
  distances: number;
  squaresA: number;
  squaresB: number;
  products: number;
}

export const noDifference: Difference = {
  count: 0,
  changed: 0,
  furthest: 0,
  distances: 0,
  squaresA: 0,
  squaresB: 0,
  products: 0,
};

/** Of two blocks of real numbers, which should be few enough to stay in a core's cache. */
export function compareReal(a: Float64Array, b: Float64Array, count: number): Difference {
  const sums = addProducts(a, b, count);
  // What is not finite, or equal to what is not, shows in the sum.
  const changes = Number.isFinite(sums.distances) ? findChanges(a, b, count) : findAnyChanges(a, b, count, 1);
  return { count, ...sums, ...changes };
}

/** Of `count` complex numbers, real and imaginary parts in turn. `products` is the real part of their inner product. */
export function compareComplex(a: Float64Array, b: Float64Array, count: number): Difference {
  return { count, ...addProducts(a, b, 2 * count), ...findAnyChanges(a, b, 2 * count, 2) };
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

/** The same for numbers that need not be finite, so many of them to an element. */
function findAnyChanges(a: Float64Array, b: Float64Array, length: number, parts: 1 | 2) {
  let [changed, furthest, distances] = [0, 0, 0];
  for (let index = 0; index < length; index += parts) {
    const apart =
      parts === 1
        ? distanceAt(a, b, index)
        : Math.hypot(distanceAt(a, b, index), distanceAt(a, b, index + 1));
    distances += apart * apart;
    furthest = Math.max(furthest, apart);
    if (apart !== 0) changed += 1;
  }
  return { changed, furthest, distances };
}

function distanceAt(a: Float64Array, b: Float64Array, index: number): number {
  const [one, other] = [a[index] as number, b[index] as number];
  const isSame = one === other || (Number.isNaN(one) && Number.isNaN(other));
  return isSame ? 0 : Math.abs(other - one);
}

export function addDifferences(a: Difference, b: Difference): Difference {
  return {
    count: a.count + b.count,
    changed: a.changed + b.changed,
    furthest: Math.max(a.furthest, b.furthest),
    distances: a.distances + b.distances,
    squaresA: a.squaresA + b.squaresA,
    squaresB: a.squaresB + b.squaresB,
    products: a.products + b.products,
  };
}
