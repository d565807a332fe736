import type { Timestamp } from '../parse-timestamp.ts';
import type { AmountField, Mark, WordField } from './fields.ts';

/** Whether a row is among what was asked for. */
export type RowTest<Row> = (row: Row) => boolean;

/** How what queries ask for is read off rows of one sort; null where a row has no such value. */
export interface Readers<Row> {
  number: (field: AmountField) => (row: Row) => number | null;
  time: (row: Row) => Timestamp | null;
  word: (field: WordField) => (row: Row) => string | null;
  list: (field: WordField) => (row: Row) => readonly string[];
  /** Whether a text occurs in what a row is called. */
  text: (text: string) => RowTest<Row>;
  mark: (mark: Mark) => RowTest<Row>;
}

/** What reads the field of that name. */
export function readerOf<T>(readers: ReadonlyMap<string, T>, name: string): T {
  const reader = readers.get(name);
  if (!reader) throw new Error(`nothing reads the field ${name}`);
  return reader;
}
