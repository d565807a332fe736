/** A tensor by what it shows of its storage; offset and stride are counted in elements, and null where the format has no such thing. */
export interface StoredTensor {
  /** What tells its storage from others; null where it has none. */
  storage: string | null;
  shape: readonly number[];
  stride: readonly number[] | null;
  offset: number | null;
}

/** What is measured of each storage by the tensors that show it, summed up. */
export function sumStorages<T extends Pick<StoredTensor, 'storage'>>(
  tensors: readonly T[],
  measure: (sharing: readonly T[]) => number,
): number {
  // Nearly all are alone in theirs: those need no list.
  const byStorage = new Map<string, T | T[]>();
  let sum = 0;
  for (const tensor of tensors) {
    if (tensor.storage === null) sum += measure([tensor]);
    else byStorage.set(tensor.storage, together(byStorage.get(tensor.storage), tensor));
  }
  for (const sharing of byStorage.values()) sum += measure(Array.isArray(sharing) ? sharing : [sharing]);
  return sum;
}

function together<T>(known: T | T[] | undefined, tensor: T): T | T[] {
  if (known === undefined) return tensor;
  if (!Array.isArray(known)) return [known, tensor];
  known.push(tensor);
  return known;
}

/** Elements of one storage that these tensors show, no more than they have. */
export function countShown(sharing: readonly StoredTensor[]): number {
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
function rangeOf({ shape, stride, offset }: StoredTensor): { start: number; end: number } {
  const start = offset ?? 0;
  if (stride === null) return { start, end: start + countElements(shape) };
  if (shape.includes(0)) return { start, end: start };
  return { start, end: shape.reduce((end, size, axis) => end + (size - 1) * (stride[axis] ?? 0), start + 1) };
}

/** How many elements a tensor of this shape has. */
export function countElements(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}
