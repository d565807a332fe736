import type { AmountField, Mark, QueryField, WordField } from './fields.ts';

/**
 * A value of a field of numbers, as it was written. It stands for all values from `low` to `high`, both included: a day is all
 * its milliseconds, a number itself alone. `zoned` times are absolute, the others are read off a clock.
 */
export interface Amount {
  text: string;
  low: number;
  high: number;
  zoned: boolean;
}

/** From the least of one to the most of the other; an open end is null. */
export interface AmountRange {
  from: Amount | null;
  to: Amount | null;
}

export type AmountOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type WordOperator = '=' | '!=' | '~' | '!~';

/** A query as it was understood. An `and` without parts lets everything through. */
export type Query =
  | { type: 'and' | 'or'; parts: readonly Query[] }
  | { type: 'not'; part: Query }
  | { type: 'text'; text: string }
  | { type: 'mark'; mark: Mark }
  | { type: 'state'; field: QueryField; state: 'missing' | 'present' | 'nan' }
  | { type: 'amount'; field: AmountField; operator: AmountOperator; amount: Amount }
  | { type: 'amounts'; field: AmountField; negated: boolean; ranges: readonly AmountRange[] }
  | { type: 'word'; field: WordField; operator: WordOperator; word: string }
  | { type: 'words'; field: WordField; negated: boolean; words: readonly string[] };

export type Condition = Exclude<Query, { type: 'and' | 'or' | 'not' }>;
