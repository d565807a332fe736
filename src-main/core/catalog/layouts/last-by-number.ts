import type { Claim, RunSigns } from './layout.ts';

/**
 * The version with the highest number, from which a framework goes on; nothing where such versions stand in several folders, for those are
 * several trainings.
 * @param numbered finds the end of an id that begins below the folder of all; its first group is the number, none counts as 0
 */
export function lastByNumber({ all }: Pick<RunSigns, 'all'>, numbered: RegExp): Pick<Claim, 'last'> {
  const found = Array.from(all(), (id) => numbered.exec(id)).filter((match) => match !== null);
  const folders = new Set(found.map(({ input, index }) => input.slice(0, index)));
  const last = found.reduce<RegExpExecArray | undefined>(
    (most, match) => (most && numberOf(most) >= numberOf(match) ? most : match),
    undefined,
  );
  return last === undefined || folders.size > 1 ? {} : { last: last.input };
}

const numberOf = (match: RegExpExecArray): number => Number(match[1] ?? 0);
