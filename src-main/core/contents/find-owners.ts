import type { Tensor } from '../formats/contents.ts';

type Shape = readonly number[];
type Shaped = Pick<Tensor, 'name' | 'shape' | 'part'>;

/** What a layer remembers without being trained to, and no optimizer has. torch/nn/modules/batchnorm.py */
const buffers = /(^|\.)(running_mean|running_var|num_batches_tracked)$/;

/**
 * Which tensor of the model each parameter of an optimizer is, by order and shape: `order` has the parameters in the order
 * of the model, `shapes` what is known of them. Null unless there is just one way for all of them to follow one another.
 */
export function findOwners(
  order: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
  tensors: readonly Shaped[],
): Map<string, string> | null {
  const wanted = order.map((key) => shapes.get(key)?.join() ?? null);
  const model = tensors.filter(({ part, name }) => part === 'model' && !buffers.test(name));
  const found = model.map(({ shape }) => shape.join());
  const first = follow(wanted, found);
  const last = follow(wanted.toReversed(), found.toReversed())
    ?.map((place) => found.length - 1 - place)
    .reverse();
  if (!first || first.join() !== last?.join()) return null;
  return new Map(order.map((key, index) => [key, model[first[index] ?? -1]?.name ?? '']));
}

/** The earliest places at which all of them stand, one after the other, others between them; null where they do not. */
function follow(wanted: readonly (string | null)[], found: readonly string[]): number[] | null {
  const places: number[] = [];
  for (const shape of wanted) {
    const place = shape === null ? -1 : found.indexOf(shape, (places.at(-1) ?? -1) + 1);
    if (place < 0) return null;
    places.push(place);
  }
  return places;
}
