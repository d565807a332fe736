import type { Grouping } from '../table/groupings.ts';
import { mostValues } from '../versions/number-ranges.ts';

/**
 * How numbers are put into groups, in a sentence; null where rows are grouped by words, or not at all.
 * @param step how far each range reaches; null where each value has a group of its own
 */
export function groupedWords(grouping: Grouping | null, step: number | null): string | null {
  if (grouping?.by.kind !== 'numbers') return null;
  const { label, short } = grouping.by.show;
  return step === null
    ? `${label}: a group for each value`
    : `${label}: ranges of ${short(step)}, as there are more than ${mostValues} values`;
}
