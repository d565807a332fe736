import type { ParameterGroup, Tensor } from '../formats/contents.ts';

type Shape = readonly number[];
type Shaped = Pick<Tensor, 'name' | 'shape'>;

/** An optimizer: its parameters, and the shapes of those that it keeps something for. */
export interface Optimized {
  name: string;
  groups: readonly ParameterGroup[];
  shapes: ReadonlyMap<string, Shape>;
}

/** The tensor of the model, by name, that each parameter of an optimizer is; those that cannot be told are not there. */
export type Owners = ReadonlyMap<string, string>;

/** Where the parameters are as many as these tensors, and have the same shapes; null where they do not. */
export function matchAll({ groups, shapes }: Optimized, model: readonly Shaped[]): Owners | null {
  const order = groups.flatMap(({ parameters }) => parameters);
  if (order.length !== model.length || order.length === 0) return null;
  return groups.length === 1 ? matchInOrder(order, shapes, model) : matchByShape(order, shapes, model);
}

/** A parameter that nothing is kept for has no shape, and stands where it stands. */
function matchInOrder(
  order: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
  model: readonly Shaped[],
): Owners | null {
  const fits = order.every((key, index) => {
    const shape = shapes.get(key);
    return shape === undefined || shape.join() === model[index]?.shape.join();
  });
  return fits ? new Map(order.map((key, index) => [key, model[index]?.name ?? ''])) : null;
}

/** Groups follow each other in any order: told is what has a shape of its own. */
function matchByShape(
  order: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
  model: readonly Shaped[],
): Owners | null {
  const keys = groupBy(order, (key) => shapes.get(key)?.join());
  const tensors = groupBy(model, ({ shape }) => shape.join());
  const owners = new Map<string, string>();
  for (const [shape, [key, ...others]] of keys) {
    const [tensor, ...rest] = tensors.get(shape) ?? [];
    if (!tensor || key === undefined || rest.length !== others.length) return null;
    if (others.length === 0) owners.set(key, tensor.name);
  }
  return owners;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined) {
  const groups = new Map<string | undefined, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Where the model has more than is trained: told when there is just one way for all of them to follow one another. */
export function matchSome({ groups, shapes }: Optimized, model: readonly Shaped[]): Owners | null {
  const [only, ...others] = groups;
  if (!only || others.length > 0) return null;
  const wanted = only.parameters.map((key) => shapes.get(key)?.join() ?? null);
  const found = model.map(({ shape }) => shape.join());
  const first = follow(wanted, found);
  const last = follow(wanted.toReversed(), found.toReversed())
    ?.map((place) => found.length - 1 - place)
    .reverse();
  if (!first || first.join() !== last?.join()) return null;
  return new Map(only.parameters.map((key, index) => [key, model[first[index] ?? -1]?.name ?? '']));
}

/** The earliest places at which all of them stand, one after the other, others between them; null where they do not. */
function follow(wanted: readonly (string | null)[], found: readonly string[]): number[] | null {
  const places: number[] = [];
  for (const shape of wanted) {
    const after = (places.at(-1) ?? -1) + 1;
    const place = shape === null ? after : found.indexOf(shape, after);
    if (place < 0 || place >= found.length) return null;
    places.push(place);
  }
  return places;
}
