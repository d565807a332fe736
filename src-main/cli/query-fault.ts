import type { QueryError } from '../../shared/query/language/query-error.ts';
import { UsageError } from '../core/errors.ts';
import { underline } from './print/underline.ts';

/** A query that cannot be understood. */
export class QueryFault extends UsageError {
  /** Lines to show below the message: the query, and carets under what is wrong. */
  readonly excerpt: string;

  constructor(query: string, error: QueryError) {
    super(error.message);
    this.excerpt = underline(query, error);
  }
}
