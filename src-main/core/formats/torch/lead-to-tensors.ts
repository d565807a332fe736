import { type Described, isDescribed, type Value } from '../pickle/value.ts';
import { childrenOf } from './children.ts';

/** What holds a value; nearly every value is held once. Null is for the root. */
type Parents = Map<Described, Described | Described[] | null>;

/**
 * Every value below a root from which a tensor can be reached, the tensors among them. Each value is gone through
 * once, however many ways lead to it.
 */
export function leadToTensors(root: Value, isTensor: (value: Described) => boolean): ReadonlySet<Described> {
  if (!isDescribed(root)) return new Set();
  const leading = new Set<Described>();
  const parents: Parents = new Map([[root, null]]);
  const waiting = [root];
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    if (isTensor(value)) leading.add(value);
    else addChildren(value, parents, waiting);
  }
  addParents(leading, parents);
  return leading;
}

function addChildren(value: Described, parents: Parents, waiting: Described[]): void {
  for (const [, child] of childrenOf(value))
    if (isDescribed(child) && isNew(child, value, parents)) waiting.push(child);
}

/** Notes what holds a value. @returns whether it was not met before */
function isNew(child: Described, parent: Described, parents: Parents): boolean {
  const known = parents.get(child);
  if (Array.isArray(known)) known.push(parent);
  else parents.set(child, known ? [known, parent] : parent);
  return known === undefined;
}

/** A set is walked to its end, whatever is added on the way. */
function addParents(leading: Set<Described>, parents: Parents): void {
  for (const value of leading) for (const parent of parentsOf(value, parents)) leading.add(parent);
}

function parentsOf(value: Described, parents: Parents): readonly Described[] {
  const known = parents.get(value) ?? [];
  return Array.isArray(known) ? known : [known];
}
