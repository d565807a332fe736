const known = new WeakMap<Uint32Array, Uint8Array>();

/** By slot, 1 for those among these; worked out once for all charts. @param slots they never change @param length how many slots there are */
export function flagsOf(slots: Uint32Array, length: number): Uint8Array {
  const before = known.get(slots);
  if (before?.length === length) return before;
  const flags = new Uint8Array(length);
  for (const slot of slots) flags[slot] = 1;
  known.set(slots, flags);
  return flags;
}
