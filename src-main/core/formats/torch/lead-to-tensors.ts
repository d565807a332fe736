import { type Described, isDescribed, type Value } from '../pickle/value.ts';
import { childrenOf } from './children.ts';

type Parents = Map<Described, Described[]>;

/**
 * Every value below a root from which a tensor can be reached, the tensors among them. Each value is gone through
 * once, however many ways lead to it.
 */
export function leadToTensors(root: Value, isTensor: (value: Described) => boolean): ReadonlySet<Described> {
  if (!isDescribed(root)) return new Set();
  const leading = new Set<Described>();
  const parents: Parents = new Map([[root, []]]);
  const waiting = [root];
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    if (isTensor(value)) leading.add(value);
    else addChildren(value, parents, waiting);
  }
  addParents(leading, parents);
  return leading;
}

function addChildren(value: Described, parents: Parents, waiting: Described[]): void {
  for (const [, child] of childrenOf(value)) {
    if (!isDescribed(child)) continue;
    const known = parents.get(child);
    if (known) known.push(value);
    else {
      parents.set(child, [value]);
      waiting.push(child);
    }
  }
}

/** A set is walked to its end, whatever is added on the way. */
function addParents(leading: Set<Described>, parents: Parents): void {
  for (const value of leading) for (const parent of parents.get(value) ?? []) leading.add(parent);
}
