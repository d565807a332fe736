import type { Extent } from './extent.ts';
import type { View } from './frame.ts';

/** Versions between axes that not all of them lie on: the others have their place at the edge. */
export interface AtEdge {
  view: View;
  x: Float64Array;
  y: Float64Array;
}

/** Moves what lies beyond a view to its edge. */
export function atEdge(view: View, x: Float64Array, y: Float64Array): AtEdge {
  return { view, x: withinEnds(x, view.x), y: withinEnds(y, view.y) };
}

/** A hair from the ends, so that what is rounded is still between them. */
function withinEnds(values: Float64Array, { low, high }: Extent): Float64Array {
  const hair = (high - low) * 1e-9;
  return values.map((value) => Math.max(low + hair, Math.min(high - hair, value)));
}

/** These slots by whether they lie in a view or beyond it. */
export function byView(
  slots: Uint32Array,
  { x: across, y: up }: View,
  x: Float64Array,
  y: Float64Array,
): { near: Uint32Array; far: Uint32Array } {
  const isNear = (slot: number) => isBetween(x[slot], across) && isBetween(y[slot], up);
  const near = slots.filter(isNear);
  return { near, far: near.length < slots.length ? slots.filter((slot) => !isNear(slot)) : none };
}

const none = new Uint32Array();

function isBetween(value = Number.NaN, { low, high }: Extent): boolean {
  return value >= low && value <= high;
}
