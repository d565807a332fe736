/**
 * A key for the element of each row in view: a row keeps its element while it stays in view, and a row that comes in
 * takes one that is free. A long jump then changes the text of elements that are there and makes none.
 */
export function recycleKeys(
  previous: ReadonlyMap<number, number>,
  handles: readonly number[],
): ReadonlyMap<number, number> {
  const keys = new Map<number, number>();
  const taken = new Set<number>();
  for (const handle of handles) {
    const key = previous.get(handle);
    if (key === undefined) continue;
    keys.set(handle, key);
    taken.add(key);
  }
  let free = 0;
  for (const handle of handles) {
    if (keys.has(handle)) continue;
    while (taken.has(free)) free += 1;
    keys.set(handle, free);
    free += 1;
  }
  return keys;
}
