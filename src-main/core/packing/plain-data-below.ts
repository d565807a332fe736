import type { Tensor } from '../formats/contents.ts';
import { type Described, fullName, isDescribed, type Value } from '../formats/pickle/value.ts';
import { childrenOf } from '../formats/torch/children.ts';

const most = { named: 1000, looked: 100_000 };

/** By its path of keys what stands among tensors and is none; of instances of classes nothing is told. */
export function plainDataBelow(root: Value, keys: ReadonlySet<string>, tensors: readonly Tensor[]): string[] {
  const names = new Set(tensors.map(({ name }) => name));
  const leading = new Set([...names].flatMap(prefixesOf));
  const found: string[] = [];
  let left = most.looked;

  function look(value: Described, path: string): void {
    for (const [key, child] of childrenOf(value)) {
      left -= 1;
      if (left < 0 || found.length >= most.named) return;
      const name = path === '' ? key : `${path}.${key}`;
      if (names.has(name) || (path === '' && !keys.has(key))) continue;
      if (!leading.has(name)) {
        if (child !== null) found.push(name);
      } else if (isContainer(child)) look(child, name);
    }
  }

  if (isContainer(root)) look(root, '');
  return found;
}

/** What stands before each point of a name. */
function prefixesOf(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

function isContainer(value: Value): value is Described {
  if (!isDescribed(value)) return false;
  if (value.kind === 'call') return fullName(value.callee).startsWith('collections.');
  return value.kind === 'dict' || value.kind === 'list' || value.kind === 'tuple';
}
