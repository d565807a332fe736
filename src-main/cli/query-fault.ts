import { UsageError } from '../core/errors.ts';

/** A query that cannot be understood. */
export class QueryFault extends UsageError {
  /** Lines to show below the message: the query, and carets under what is wrong. */
  readonly excerpt: string;

  constructor(message: string, excerpt: string) {
    super(message);
    this.excerpt = excerpt;
  }
}
