import type { Tensor } from '../formats/contents.ts';
import { type Described, fullName, isDescribed, type Value } from '../formats/pickle/value.ts';
import { childrenOf } from '../formats/torch/children.ts';

const mostNamed = 1000;

/** Of the tensors that are listed: their names, and what leads to them. */
interface Known {
  names: ReadonlySet<string>;
  leading: ReadonlySet<string>;
}

/** By its path of keys what stands among tensors, below some keys at the top, and is none; of instances of classes nothing is told. */
export function plainDataBelow(root: Value, keys: ReadonlySet<string>, tensors: readonly Tensor[]): string[] {
  if (!isContainer(root)) return [];
  const names = new Set(tensors.map(({ name }) => name));
  const known: Known = { names, leading: new Set([...names].flatMap(prefixesOf)) };
  const below = [...childrenOf(root)].filter(([key]) => keys.has(key));
  const found: string[] = [];
  for (const [key, value] of below) for (const name of plainIn(value, key, known)) found.push(name);
  return found.slice(0, mostNamed);
}

function* plainIn(value: Value, name: string, known: Known): Generator<string> {
  if (value === null || known.names.has(name)) return;
  if (!known.leading.has(name)) yield name;
  else if (isContainer(value))
    for (const [key, part] of childrenOf(value)) yield* plainIn(part, `${name}.${key}`, known);
}

/** What stands before each point of a name. */
export function prefixesOf(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

function isContainer(value: Value): value is Described {
  if (!isDescribed(value)) return false;
  if (value.kind === 'call') return fullName(value.callee).startsWith('collections.');
  return value.kind === 'dict' || value.kind === 'list' || value.kind === 'tuple';
}
