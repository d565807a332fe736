import type { Tensor } from '../formats/contents.ts';
import type { TensorPair } from '../tensors/compare-tensors.ts';
import { haveSameShape } from './have-same-shape.ts';
import type { PairedTensors } from './pair-tensors.ts';

/** What holds a module in one of its own puts a word into each name: DataParallel, `torch.compile`, FSDP. */
const wrappers = new Set(['module', '_orig_mod', '_fsdp_wrapped_module', '_checkpoint_wrapped_module']);

/** So many keys may lead to a model: `state_dict.model`, `policy.pth`. */
const mostKeys = 3;

/**
 * The same tensors under names that begin otherwise, as a file has them that holds nothing but the model. Told where more than half of the
 * tensors of either side are in the other by the rest of their names, with their shapes, in one way only.
 * @param named those that have the same names: a part that has any goes by the same keys in both
 */
export function pairRenamed({ added, removed, pairs: named }: PairedTensors): TensorPair[] {
  const parts = ['model', 'optimizer'] as const;
  return parts.flatMap((name) => {
    const keys = named.some(({ a }) => a.part === name) ? 0 : mostKeys;
    return pairPart(ofPart(removed, name), ofPart(added, name), keys);
  });
}

const ofPart = (tensors: readonly Tensor[], name: Tensor['part']) =>
  tensors.filter(({ part }) => part === name);

function pairPart(a: readonly Tensor[], b: readonly Tensor[], keys: number): TensorPair[] {
  const half = Math.min(a.length, b.length) / 2;
  const groups = [groupsOf(a, half, keys), groupsOf(b, half, keys)] as const;
  const ways = groups[0].flatMap((one) => groups[1].map((other) => wayOf(one, other)));
  const fitting = withMost(ways, ({ fit }) => fit);
  const [found, ...others] = withMost(fitting, ({ pairs }) => pairs.length);
  const isClear = found && found.fit > half && others.every((other) => isSameWay(found, other));
  return isClear ? found.pairs : [];
}

/** Tensors that would be compared, and how many of them have the same shape. */
interface Way {
  pairs: TensorPair[];
  fit: number;
}

function withMost(ways: readonly Way[], count: (way: Way) => number): Way[] {
  const most = Math.max(0, ...ways.map(count));
  return ways.filter((way) => count(way) === most);
}

/** Those whose names begin with the same keys, by the rest of them; null where several have the same rest. */
type Group = ReadonlyMap<string, Tensor | null>;

/** @param least groups of so many and fewer are left out; `most`: keys that lead to one */
function groupsOf(tensors: readonly Tensor[], least: number, most: number): Group[] {
  const named = tensors.map((tensor) => ({ tensor, keys: keysOf(tensor) }));
  const depths = Array.from({ length: most + 1 }, (_, depth) => groupsBelow(named, depth));
  return depths.flat().filter(({ size }) => size > least);
}

function groupsBelow(named: readonly { tensor: Tensor; keys: readonly string[] }[], depth: number): Group[] {
  const groups = new Map<string, Map<string, Tensor | null>>();
  for (const { tensor, keys } of named.filter((each) => each.keys.length > depth)) {
    const begin = keys.slice(0, depth).join('.');
    const rest = keys.slice(depth).join('.');
    const group = groups.get(begin) ?? new Map<string, Tensor | null>();
    group.set(rest, group.has(rest) ? null : tensor);
    groups.set(begin, group);
  }
  return [...groups.values()];
}

const keysOf = ({ name }: Tensor) => name.split('.').filter((key) => !wrappers.has(key));

function wayOf(a: Group, b: Group): Way {
  const pairs = [...a].flatMap(([rest, one]) => {
    const other = b.get(rest);
    return one && other ? [{ a: one, b: other }] : [];
  });
  return { pairs, fit: pairs.filter(haveSameShape).length };
}

const isSameWay = (one: Way, other: Way) =>
  one.pairs.every((pair, index) => pair.a === other.pairs[index]?.a && pair.b === other.pairs[index]?.b);
