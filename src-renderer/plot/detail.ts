/** How finely many points or lines are drawn: roughly, so that the next keystroke is not waited for, or in full. */
export type Detail = 'draft' | 'full';

/** A draft has so many dots to each of a picture in full, in either direction. */
export const draftDots = 0.5;
