import { type Described, isDescribed, type Value } from '../pickle/value.ts';
import { describedChildrenOf } from './children.ts';

/** What holds a value; nearly every value is held once. Null is for the root. */
type Parents = Map<Described, Described | Described[] | null>;

/**
 * Every value below a root from which a tensor can be reached, the tensors among them. Each value is gone through
 * once, however many ways lead to it, and level by level: what is deeper than `depth` is left.
 */
export function leadToTensors(
  root: Value,
  isTensor: (value: Described) => boolean,
  depth: number,
): ReadonlySet<Described> {
  if (!isDescribed(root)) return new Set();
  const leading = new Set<Described>();
  const parents: Parents = new Map([[root, null]]);
  let level: Described[] = [root];
  for (let left = depth; level.length > 0; left -= 1) {
    for (const tensor of level.filter(isTensor)) leading.add(tensor);
    const others = left > 0 ? level.filter((value) => !leading.has(value)) : [];
    level = others.flatMap((value) => newChildren(value, parents));
  }
  addParents(leading, parents);
  return leading;
}

/** What a value holds that was not met before. */
function newChildren(value: Described, parents: Parents): Described[] {
  const found: Described[] = [];
  for (const [, child] of describedChildrenOf(value))
    if (isDescribed(child) && isNew(child, value, parents)) found.push(child);
  return found;
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
