import { asKind, isDescribed, type Value } from './value.ts';

/** A checkpoint has five levels or so; a hostile pickle, millions. */
const deepest = 100;

/**
 * The keys that lead to what a pickle was about to build when it broke off, joined by `.`; empty where that is at the top, or
 * no key tells. @param stack its values, and how many of them were below each mark
 */
export function whereItStands({
  values,
  marks,
}: {
  values: readonly Value[];
  marks: readonly number[];
}): string {
  const starts = [0, ...marks.slice(0, deepest)];
  const segments = starts.map((start, index) => values.slice(start, starts[index + 1]));
  const [first = [], ...others] = segments;
  let target = first.at(-1);
  const keys = first.length > 1 ? [keyIn(first[0], first.slice(1), false)] : [];
  for (const [index, segment] of others.entries()) {
    keys.push(keyIn(target, segment, index + 1 === others.length));
    target = segment.at(-1);
  }
  return keys.filter((key) => key !== null).join('.');
}

/** What of a list, or under which key of something else, the last of these values is, or is for; `isOpen` where nothing is above them. */
function keyIn(target: Value | undefined, added: readonly Value[], isOpen: boolean): string | null {
  if (!isDescribed(target)) return null;
  if (target.kind === 'list') return String(target.items.length + placeIn(added, isOpen));
  if (target.kind !== 'dict' && target.kind !== 'call') return null;
  const key = added.findLast((value, index) => index % 2 === 0 && typeof value === 'string');
  return typeof key === 'string' ? key : null;
}

/** The last of them is not whole while something is above it, nor while it is a name that waits to be called. */
function placeIn(added: readonly Value[], isOpen: boolean): number {
  const isWhole = isOpen && asKind(added.at(-1), 'name') === null;
  return isWhole ? added.length : Math.max(0, added.length - 1);
}
