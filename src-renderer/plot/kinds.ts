import type { KindColour } from './kind-colours.ts';

/** What sorts the versions of a chart, such as the runs that they are of: of each slot the place of its kind. */
export interface Kinds {
  of: Float64Array;
  names: readonly string[];
  colours: readonly KindColour[];
}

/** These slots by their kinds, in the order of those. */
export function byKind(slots: Uint32Array, { of, colours }: Kinds): Uint32Array[] {
  return colours.map((_, kind) => slots.filter((slot) => of[slot] === kind));
}
