import { createContext, useContext } from 'react';
import { textWidth } from '../format/text-width.ts';

/** How wide the column of versions is, in pixels. Only names that are long go by it, so that a column that is resized draws no other cell. */
export const VersionColumnWidth = createContext(240);

/** table.css has the same, in pixels: what a cell leaves free at its sides, the gap between its parts, what a badge has beside its word. */
const [sides, gap, besideWord, problemMark] = [26, 6, 12, 14];

/**
 * How much room a version's name has beside its badges, in pixels.
 * @param badges their words
 * @param hasProblem whether the mark of a problem stands there too
 */
export function useNameRoom(badges: readonly string[], hasProblem: boolean): number {
  const width = useContext(VersionColumnWidth);
  const widthOf = textWidth(500, 11);
  const taken = badges.reduce((sum, word) => sum + gap + besideWord + widthOf(word), 0);
  return width - sides - taken - (hasProblem ? gap + problemMark : 0);
}
