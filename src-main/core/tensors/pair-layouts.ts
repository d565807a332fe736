import { countElements, type Dimension, isWalkable, type Layout } from './layout.ts';
import { isOrderly, longestKept } from './placed-elements.ts';

/** Two tensors of one shape whose elements are walked together. */
export interface PairedLayouts {
  a: Layout;
  b: Layout;
  /** How often each pair counts. */
  repeat: number;
  /** The dimensions as they are walked, the last running fastest. */
  order: readonly number[];
}

interface Side {
  layout: Layout;
  /** Bytes of an element. */
  width: number;
  /** Bytes of the storage. */
  length: number;
}

/**
 * The order in which to walk two tensors of the same shape: that of the storage of the first. Null where that has no end,
 * or where the second lies in another order and is too large to be kept in memory.
 */
export function pairLayouts(a: Side, b: Side): PairedLayouts | null {
  const pairs = a.layout.dimensions.map((dimension, index) => ({
    index,
    size: dimension.size,
    a: dimension.stride,
    b: b.layout.dimensions[index]?.stride ?? 0,
  }));
  const repeated = pairs.filter((pair) => pair.a === 0 && pair.b === 0);
  const distinct = pairs.filter((pair) => pair.a !== 0 || pair.b !== 0);
  const sorted = distinct.sort((one, other) => other.a - one.a || other.b - one.b);
  const joined = joinPairs(sorted);
  const layoutA = { ...a.layout, dimensions: joined.map(({ size, a: stride }) => ({ size, stride })) };
  const layoutB = { ...b.layout, dimensions: joined.map(({ size, b: stride }) => ({ size, stride })) };
  const isShort = isWalkable(layoutA, a.length / a.width + b.length / b.width);
  const isReadable = isOrderly(layoutB) || b.length <= longestKept;
  if (!isShort || !isReadable) return null;
  const repeat = repeated.reduce((product, { size }) => product * size, 1);
  return { a: layoutA, b: layoutB, repeat, order: sorted.map(({ index }) => index) };
}

type Pair = Pick<Dimension, 'size'> & { a: number; b: number };

/** Neighbours that are one dimension in both tensors become one; those of size 1 are left out. */
function joinPairs(pairs: readonly Pair[]): Pair[] {
  const joined: Pair[] = [];
  for (const pair of pairs) {
    const outer = joined.at(-1);
    const joins = outer && outer.a === pair.size * pair.a && outer.b === pair.size * pair.b;
    if (pair.size === 1) continue;
    if (joins) joined[joined.length - 1] = { ...pair, size: outer.size * pair.size };
    else joined.push(pair);
  }
  return joined;
}

/** Elements of both, repeats aside. */
export const countPairs = ({ a }: PairedLayouts): number => countElements(a);
