import { asLast } from './claim-by-names.ts';
import type { Claim, RunSigns } from './layout.ts';

/**
 * The version with the highest number, from which a framework goes on; of each folder one where such versions stand in several, for those are
 * several trainings.
 * @param numbered finds the end of an id that begins below the folder of all; its first group is the number, none counts as 0
 */
export function lastByNumber(
  { all }: Pick<RunSigns, 'all'>,
  numbered: RegExp,
): Pick<Claim, 'last' | 'lasts'> {
  const highest = new Map<string, RegExpExecArray>();
  for (const id of all()) {
    const match = numbered.exec(id);
    const folder = id.slice(0, match?.index ?? 0);
    const most = highest.get(folder);
    if (match && !(most && numberOf(most) >= numberOf(match))) highest.set(folder, match);
  }
  return asLast(Array.from(highest.values(), ({ input }) => input).sort());
}

const numberOf = (match: RegExpExecArray): number => Number(match[1] ?? 0);
