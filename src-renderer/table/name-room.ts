import { createContext, useContext } from 'react';
import { letterWidth } from '../format/letter-width.ts';

/** How wide the column of versions is, in pixels. Only names that are long go by it, so that a column that is resized draws no other cell. */
export const VersionColumnWidth = createContext(240);

/** table.css has the same, in pixels: what a cell leaves free at its sides, the gap between its parts, what a badge has beside its word. */
const [sides, gap, besideWord, problemMark] = [26, 6, 12, 14];
const badgeLetter = 6.5;
const nameWeight = 550;

/**
 * How many letters of a version's name find room beside its badges.
 * @param badges their words
 * @param hasProblem whether the mark of a problem stands there too
 */
export function useNameRoom(badges: readonly string[], hasProblem: boolean): number {
  const width = useContext(VersionColumnWidth);
  const taken = badges.reduce((sum, word) => sum + gap + besideWord + word.length * badgeLetter, 0);
  const left = width - sides - taken - (hasProblem ? gap + problemMark : 0);
  return Math.floor(left / letterWidth(nameWeight));
}
