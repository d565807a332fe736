import type { TensorStatistics } from '../../../shared/model/tensor-statistics.ts';
import type { Tensor } from '../formats/contents.ts';
import { type Channels, readChannels, scalingAlong, storageOrder } from './channels.ts';
import type { ElementType } from './element-types.ts';
import { countElements, type Layout, layoutOf, sortElements } from './layout.ts';
import { toStatistics } from './measure-elements.ts';
import { MemberChecks, tellDamaged } from './member-checks.ts';
import { addMoments, type Moments, noMoments, repeatMoments } from './moments.ts';
import type { Elements } from './placed-elements.ts';
import { runShares, type WorkOptions } from './run-shares.ts';
import { scaled } from './scaled-reader.ts';
import { type MeasureResult, type MeasureShare, shareLength } from './shares.ts';

interface Plan {
  shares: readonly MeasureShare[];
  /** How often each element counts. */
  repeat: number;
  /** Elements of a row; null where rows are not told apart. */
  row: number | null;
  type: ElementType;
}

/**
 * Statistics of the logical elements of each tensor, of a sparse one of its values, of a quantized one of what its integers stand for, in the same order; null where its elements cannot be read, are no
 * numbers, or overlap without end. Results do not depend on how many threads there are.
 * @throws the signal's reason, and ModelManagerError when the bytes cannot be read
 */
export async function measureTensors(
  tensors: readonly Tensor[],
  options: WorkOptions = {},
): Promise<(TensorStatistics | null)[]> {
  const plans: (Plan | null)[] = [];
  for (const tensor of tensors)
    plans.push(planTensor(tensor, tensor.quantized ? await readChannels(tensor) : 'none'));
  const checks = new MemberChecks();
  const results = await runShares(
    plans.flatMap((plan) => plan?.shares ?? []),
    options,
    (_, storage, piece) => checks.note(storage, piece),
  );
  await tellDamaged(checks, 'a', options);
  const next = results.values();
  return plans.map((plan) => {
    const moments = plan && collect(plan, next);
    return moments && toStatistics(moments, plan.row !== null, plan.type);
  });
}

function planTensor({ values, ...whole }: Tensor, channels: Channels | 'none' | 'unknown'): Plan | null {
  const tensor = values ?? whole;
  const found = layoutOf(tensor);
  if (!found || !tensor.data || channels === 'unknown') return null;
  const { width } = found.type;
  const type = channels === 'none' ? found.type : scaled.type;
  if (countElements(found.layout) === 0) return { shares: [], repeat: 1, row: null, type };
  const sorted = sortElements(found.layout, tensor.data.length / width);
  if (!sorted) return null;
  const { layout, repeat } = sorted;
  const { byteOrder } = tensor.data;
  const scaling = scalingAlong(channels, tensor.shape, storageOrder(found.layout));
  const elements = { storage: tensor.data, dtype: tensor.dtype, byteOrder, layout, scaling };
  const row = rowLength(found.layout, countElements(layout));
  return { shares: divide(elements, width, row), repeat, row, type };
}

/**
 * Elements with one index in the first dimension, as the rows of a matrix are. Null where there are no such rows, where
 * they do not lie one after the other, and where one alone is more than a share.
 */
function rowLength({ dimensions }: Layout, elements: number): number | null {
  const [rows, ...others] = dimensions;
  if (!rows || others.length === 0) return null;
  const isOutermost = others.every(({ size, stride }) => size === 1 || stride < rows.stride);
  const isOnce = rows.stride > 0 || rows.size === 1;
  const length = elements / rows.size;
  return isOutermost && isOnce && length <= shareLength ? length : null;
}

function divide(elements: Elements, width: number, row: number | null): MeasureShare[] {
  const total = countElements(elements.layout);
  const most = row === null ? shareLength : shareLength - (shareLength % row);
  return Array.from({ length: Math.ceil(total / most) }, (_, index) => {
    const first = index * most;
    const count = Math.min(most, total - first);
    return { work: 'measure', elements, first, count, row, bytes: count * width };
  });
}

/** Joined in the order of the elements, so that rounding is the same every time. */
function collect({ shares, repeat }: Plan, results: Iterator<MeasureResult>): Moments | null {
  const parts = shares.map(() => results.next().value as MeasureResult);
  if (parts.includes('unreadable')) return null;
  return repeatMoments((parts as Moments[]).reduce(addMoments, noMoments()), repeat);
}
