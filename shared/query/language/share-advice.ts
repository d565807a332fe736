import type { AmountField } from './fields.ts';
import type { Query } from './query-tree.ts';

/** The least and the most of a field's finite values; null where there is none. */
type RangeOf = (field: AmountField) => { least: number; most: number } | null;

/**
 * What to write where a metric whose values are shares of 1, which a table shows in percent, is compared with the number of its percent:
 * `win_rate > 60`. Null where no condition of the query does.
 */
export function shareAdvice(query: Query, rangeOf: RangeOf): string | null {
  switch (query.type) {
    case 'and':
    case 'or':
      return query.parts.map((part) => shareAdvice(part, rangeOf)).find((advice) => advice !== null) ?? null;
    case 'not':
      return shareAdvice(query.part, rangeOf);
    case 'amount':
      return adviseOn(query, rangeOf);
    default:
      return null;
  }
}

function adviseOn({ field, amount }: Extract<Query, { type: 'amount' }>, rangeOf: RangeOf): string | null {
  const isPercent = field.metric && amount.low > 1 && amount.low <= 100 && /\d$/.test(amount.text);
  const range = isPercent ? rangeOf(field) : null;
  if (range === null || range.least < 0 || range.most > 1) return null;
  return `${field.name} is between 0 and 1 here: for ${amount.text} percent write ${amount.text}%`;
}
