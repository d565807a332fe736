import type { QueryField } from './fields.ts';

/** Part of a query: characters from `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** What could stand where a query goes wrong, for completing it there. */
export type Wanted =
  | { what: 'term' | 'more' | 'mark' | 'field' | 'list' | 'rest' }
  | { what: 'operator' | 'value' | 'state'; field: QueryField };

/** A query that cannot be understood. `message` is one line: what, why, what to do; the span says where, in characters. */
export class QueryError extends Error {
  readonly start: number;
  readonly end: number;
  /** The three parts of the message: what, why, what to do. */
  readonly parts: readonly [what: string, why: string, advice: string];
  /** Null where nothing in particular is missing. */
  readonly wanted: Wanted | null;
  /** Where the condition begins that it is in; null where it is in none. */
  condition: number | null = null;

  constructor({ start, end }: Span, parts: [what: string, why: string, advice: string], wanted?: Wanted) {
    super(parts.join(' — '));
    this.name = 'QueryError';
    this.start = start;
    this.end = end;
    this.parts = parts;
    this.wanted = wanted ?? null;
  }
}

const shown = 60;

/** A piece of the query, or of a file, between quotation marks in a sentence; a long one cut. */
export function quoted(text: string): string {
  return `“${text.length > shown ? `${text.slice(0, shown - 1)}…` : text}”`;
}
