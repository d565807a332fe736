import type { InspectOutput } from '../../../shared/model/inspect-output.ts';
import type { Tensor } from '../formats/contents.ts';

type Totals = InspectOutput['totals'];

/**
 * `parameters`: each element of a storage once, however many tensors show it; of the model alone where the file tells
 * the model from the rest. `bytes`: what the storages take.
 */
export function countTotals(tensors: readonly Tensor[]): Totals {
  const ofModel = tensors.filter(({ part }) => part === 'model');
  const counted = ofModel.length > 0 ? ofModel : tensors;
  return {
    tensors: tensors.length,
    parameters: sumStorages(counted, countShown),
    bytes: sumStorages(tensors, countBytes),
  };
}

function sumStorages(tensors: readonly Tensor[], measure: (sharing: readonly Tensor[]) => number): number {
  // Nearly all are alone in theirs: those need no list.
  const byStorage = new Map<string, Tensor | Tensor[]>();
  let sum = 0;
  for (const tensor of tensors) {
    if (tensor.storage === null) sum += measure([tensor]);
    else byStorage.set(tensor.storage, together(byStorage.get(tensor.storage), tensor));
  }
  for (const sharing of byStorage.values()) sum += measure(Array.isArray(sharing) ? sharing : [sharing]);
  return sum;
}

function together(known: Tensor | Tensor[] | undefined, tensor: Tensor): Tensor | Tensor[] {
  if (known === undefined) return tensor;
  if (!Array.isArray(known)) return [known, tensor];
  known.push(tensor);
  return known;
}

/** Elements of one storage that these tensors show, no more than they have. */
function countShown(sharing: readonly Tensor[]): number {
  const ranges = sharing.map(rangeOf).sort((a, b) => a.start - b.start);
  let [shown, end] = [0, 0];
  for (const range of ranges) {
    shown += Math.max(0, range.end - Math.max(end, range.start));
    end = Math.max(end, range.end);
  }
  const elements = sharing.reduce((sum, { shape }) => sum + countElements(shape), 0);
  return Math.min(shown, elements);
}

/** What a tensor reaches over in its storage, in elements. */
function rangeOf({ shape, stride, offset }: Tensor): { start: number; end: number } {
  const start = offset ?? 0;
  if (stride === null) return { start, end: start + countElements(shape) };
  if (shape.includes(0)) return { start, end: start };
  return { start, end: shape.reduce((end, size, axis) => end + (size - 1) * (stride[axis] ?? 0), start + 1) };
}

/** How many elements a tensor of this shape has. */
export function countElements(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** The storage itself where it is there, else what its largest tensor would need. */
function countBytes(sharing: readonly Tensor[]): number {
  return sharing.reduce((most, { data, bytes }) => Math.max(most, data?.length ?? bytes), 0);
}
