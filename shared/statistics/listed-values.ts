import { fewestRuns, type WordSetting } from './compare-settings.ts';

/** Values of one setting that are listed. */
const mostValues = 12;

/** What is listed of a setting of words, the best values first, and what is said below them; null where that is nothing. */
export interface ListedValues {
  values: WordSetting['values'];
  below: string | null;
}

/** @param plural `1 value`, `1,500 values`, as whoever lists them writes counts */
export function listedValues(
  { runs, values }: Pick<WordSetting, 'runs' | 'values'>,
  plural: (count: number, one: string) => string,
): ListedValues {
  const more = values.length - mostValues;
  const below = [
    ...(more > 0 ? [plural(more, 'more value')] : []),
    ...(runs < fewestRuns ? ['too few runs to say anything'] : []),
  ];
  return { values: values.slice(0, mostValues), below: below.length > 0 ? below.join(' · ') : null };
}
