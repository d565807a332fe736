import { z } from 'zod';

/** Where a window stands on the screen, in the screen's own pixels. */
const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
type Place = z.infer<typeof placeSchema>;

export const windowPlaceSchema = placeSchema.extend({ maximized: z.boolean() });
export type WindowPlace = z.infer<typeof windowPlaceSchema>;

export const smallestWindow = { width: 1024, height: 640 };
/** So much of it must be in sight, or nobody could move it back, in pixels. */
const inSight = 120;

/**
 * A remembered place on the screens that there are now: null where too little of it would be in sight, as when a screen is gone.
 * @param screens the part of each that windows may cover
 */
export function placeOnScreens(place: Place, screens: readonly Place[]): Place | null {
  const screen = screens.find((one) => overlapOf(place, one) >= inSight && place.y >= one.y);
  if (!screen) return null;
  const width = Math.max(smallestWindow.width, Math.min(place.width, screen.width));
  const height = Math.max(smallestWindow.height, Math.min(place.height, screen.height));
  return { x: place.x, y: place.y, width, height };
}

/**
 * A place of the same size, down and to the right of it by so much, and by that again for as long as another window begins there.
 * @param others where windows are
 */
export function placeBeside(place: Place, others: readonly Place[], step: number): Place {
  const next = { ...place, x: place.x + step, y: place.y + step };
  const isTaken = others.some(({ x, y }) => x === next.x && y === next.y);
  return isTaken ? placeBeside(next, others, step) : next;
}

/** How wide and how high two places overlap, the smaller of both. */
function overlapOf(a: Place, b: Place): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.min(across, down);
}
