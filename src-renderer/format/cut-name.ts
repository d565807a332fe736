import type { TextWidth } from './text-width.ts';

/** A name in three: what is shown of its beginning, what is left out, what is shown of its end. */
interface CutParts {
  start: string;
  leftOut: string;
  end: string;
}

/** Of an end so much is kept before more of the beginning is: what tells files apart, and their ending. */
const endKept = 13;
/** Of a beginning so much is kept beside it, where there is room for that. */
const startKept = 4;

/**
 * File names differ at their ends, so a name that is too long gives way in the middle, by whole letters.
 * @param letters how many find room, the dots counted as one
 * @param least so many letters of its beginning are never left out
 */
export function cutName(name: string, letters: number, least = 1): CutParts {
  const all = [...name];
  if (all.length <= letters) return { start: name, leftOut: '', end: '' };
  const room = Math.max(least + 2, letters) - 1;
  const end = Math.min(endKept, Math.max(room - startKept, Math.ceil(room / 2)), room - least);
  const start = room - end;
  const rest = all.length - end;
  return {
    start: all.slice(0, start).join(''),
    leftOut: all.slice(start, rest).join(''),
    end: all.slice(rest).join(''),
  };
}

/** The name, cut to as many letters as find room. @param room in the unit of `widthOf` */
export function fitName(name: string, room: number, widthOf: TextWidth, least?: number): CutParts {
  for (let letters = [...name].length; ; letters--) {
    const parts = cutName(name, letters, least);
    const { start, leftOut, end } = parts;
    if (letters < 4 || widthOf(leftOut === '' ? start : `${start}…${end}`) <= room) return parts;
  }
}
