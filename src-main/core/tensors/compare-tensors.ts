import type { Tensor } from '../formats/contents.ts';
import { readChannels, scalingAlong } from './channels.ts';
import { compareSparse } from './compare-sparse.ts';
import { addDifferences, type Difference, noDifference } from './difference.ts';
import type { ElementType } from './element-types.ts';
import { type Layout, layoutOf } from './layout.ts';
import { MemberChecks, tellDamaged } from './member-checks.ts';
import { countPairs, pairLayouts } from './pair-layouts.ts';
import { type Elements, isOrderly } from './placed-elements.ts';
import { type OnRead, runShares, type WorkOptions } from './run-shares.ts';
import { rootOf, rootOfRatio, type ScaledSum, timesPower } from './scaled-sum.ts';
import { type CompareResult, type CompareShare, shareLength } from './shares.ts';

export interface TensorPair {
  a: Tensor;
  b: Tensor;
}

/** `l2` is of the difference, `relative` in parts of the first one's; null where there is nothing to divide by. */
export interface Comparison {
  l2: number;
  relative: number | null;
  cosine: number | null;
  furthest: number;
  /** Of all elements, the part that is not equal. */
  changed: number;
}

/**
 * How far two tensors of the same shape are apart, for each pair in order: `same` when all bytes are, null
 * where that cannot be told. Quantized and sparse ones are compared as the numbers that they stand for. Results do not depend on how many threads there are.
 * @throws the signal's reason, and ModelManagerError when the bytes cannot be read
 */
export async function compareTensors(
  pairs: readonly TensorPair[],
  options: WorkOptions,
): Promise<(Comparison | 'same' | null)[]> {
  const plans: (Plan | null)[] = [];
  for (const pair of pairs) plans.push(await planPair(pair));
  const checks = [new MemberChecks(), new MemberChecks()] as const;
  const onRead: OnRead = (side, storage, piece) => checks[side]?.note(storage, piece);
  const found = await inOrder(plans, options, onRead);
  // Where some shares are the same and others are not, the same ones count for the lengths of the two.
  const partly = found.map((parts) => parts?.includes('same') && parts.some((part) => part !== 'same'));
  const rest = plans.map((plan, index) =>
    partly[index] ? plan && withNumbers(plan, found[index] ?? []) : null,
  );
  const filled = await inOrder(rest, options, onRead);
  await tellDamaged(checks[0], 'a', options);
  await tellDamaged(checks[1], 'b', options);
  const comparisons: (Comparison | 'same' | null)[] = [];
  for (const [index, pair] of pairs.entries()) {
    const plan = plans[index];
    const ofPlan = () => plan && summarise(plan, found[index] ?? [], filled[index] ?? []);
    comparisons.push(pair.a.values ? await compareStored(pair, options) : (ofPlan() ?? null));
  }
  return comparisons;
}

async function compareStored(pair: TensorPair, { signal, onBytes }: WorkOptions): Promise<Comparison | null> {
  signal?.throwIfAborted();
  const found = await compareSparse(pair, signal);
  onBytes?.(pair.a.bytes);
  return found && toComparison(found, 1);
}

interface Plan {
  shares: readonly CompareShare[];
  repeat: number;
}

async function inOrder(
  plans: readonly (Plan | null)[],
  options: WorkOptions,
  onRead: OnRead,
): Promise<(CompareResult[] | null)[]> {
  const results = await runShares(
    plans.flatMap((plan) => plan?.shares ?? []),
    options,
    onRead,
  );
  let next = 0;
  return plans.map((plan) => {
    if (!plan) return null;
    next += plan.shares.length;
    return results.slice(next - plan.shares.length, next);
  });
}

function withNumbers({ shares, repeat }: Plan, found: readonly CompareResult[]): Plan {
  const same = shares.filter((_, index) => found[index] === 'same');
  return { repeat, shares: same.map((share) => ({ ...share, work: 'measure-difference' })) };
}

async function planPair({ a, b }: TensorPair): Promise<Plan | null> {
  const [one, other] = [layoutOf(a), layoutOf(b)];
  if (!one || !other || !a.data || !b.data || one.type.parts !== other.type.parts) return null;
  if (a.shape.includes(0)) return { shares: [], repeat: 1 };
  const paired = pairLayouts(
    { layout: one.layout, width: one.type.width, length: a.data.length },
    { layout: other.layout, width: other.type.width, length: b.data.length },
  );
  if (!paired) return null;
  const elements = {
    a: await elementsOf(a, paired.a, paired.order),
    b: await elementsOf(b, paired.b, paired.order),
  };
  if (!elements.a || !elements.b) return null;
  // One that must be kept in memory whole is read once only.
  const length = isOrderly(paired.b) ? shareLength : countPairs(paired);
  const shares = divide(elements.a, elements.b, {
    total: countPairs(paired),
    length,
    types: [one.type, other.type],
  });
  return { shares, repeat: paired.repeat };
}

/** Null where they cannot be read, or it is not known what they stand for. */
async function elementsOf(
  tensor: Tensor,
  layout: Layout,
  order: readonly number[],
): Promise<Elements | null> {
  const { data, dtype, shape } = tensor;
  const channels = tensor.quantized ? await readChannels(tensor) : 'none';
  if (channels === 'unknown' || !data) return null;
  const scaling = scalingAlong(channels, shape, order);
  return { storage: data, dtype, byteOrder: data.byteOrder, layout, scaling };
}

function divide(
  a: Elements,
  b: Elements,
  { total, length, types }: { total: number; length: number; types: readonly ElementType[] },
): CompareShare[] {
  const width = types.reduce((sum, type) => sum + type.width, 0);
  return Array.from({ length: Math.ceil(total / length) }, (_, index) => {
    const first = index * length;
    const count = Math.min(length, total - first);
    return { work: 'compare', a, b, first, count, bytes: count * width };
  });
}

function summarise(
  { repeat }: Plan,
  found: readonly CompareResult[],
  filled: readonly CompareResult[],
): Comparison | 'same' | null {
  if (found.every((part) => part === 'same')) return 'same';
  const rest = filled.values();
  const parts = found.map((part) => (part === 'same' ? rest.next().value : part));
  const measured = parts.filter((part) => typeof part === 'object');
  return measured.length < parts.length
    ? null
    : toComparison(measured.reduce(addDifferences, noDifference), repeat);
}

function toComparison(all: Difference, repeat: number): Comparison {
  const { distances, squaresA, squaresB, products } = all;
  return {
    l2: rootOf(distances) * Math.sqrt(repeat),
    relative: isDivisor(squaresA) ? rootOfRatio(distances, squaresA) : null,
    cosine: isDivisor(squaresA) && isDivisor(squaresB) ? cosineOf(products, squaresA, squaresB) : null,
    furthest: all.furthest,
    changed: all.count === 0 ? 0 : all.changed / all.count,
  };
}

/** Nothing can be told in parts of nothing, nor of what has no end. */
const isDivisor = ({ sum }: ScaledSum) => sum !== 0 && sum !== Number.POSITIVE_INFINITY;

function cosineOf(products: ScaledSum, a: ScaledSum, b: ScaledSum): number {
  const part = products.sum / (Math.sqrt(a.sum) * Math.sqrt(b.sum));
  // Rounding may put it beyond its ends.
  return Math.max(-1, Math.min(1, timesPower(part, products.power - (a.power + b.power) / 2)));
}
