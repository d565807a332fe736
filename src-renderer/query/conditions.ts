import { parseQuery } from '../../shared/query/language/parse-query.ts';
import { printQuery } from '../../shared/query/language/print-query.ts';
import { QueryError } from '../../shared/query/language/query-error.ts';
import type { Query } from '../../shared/query/language/query-tree.ts';

/** What must all be so for a query, each once and as a query of its own; null where it cannot be understood. */
export function conditionsOf(text: string, metrics: readonly string[]): string[] | null {
  const parts = partsOf(text, metrics);
  return parts && [...new Set(parts.map(printQuery))];
}

/** A query with one more condition, which can be understood; null where the query itself cannot. */
export function withCondition(text: string, condition: string, metrics: readonly string[]): string | null {
  const parts = partsOf(text, metrics);
  return parts && printAll([...parts, parseQuery(condition, metrics)]);
}

/** A query without one of its {@link conditionsOf}. */
export function withoutCondition(text: string, condition: string, metrics: readonly string[]): string {
  return printAll((partsOf(text, metrics) ?? []).filter((part) => printQuery(part) !== condition));
}

/** What is wrong with a condition, in words; null for one that can be understood. */
export function faultOf(condition: string, metrics: readonly string[]): QueryError | null {
  try {
    parseQuery(condition, metrics);
    return null;
  } catch (fault) {
    if (fault instanceof QueryError) return fault;
    throw fault;
  }
}

function partsOf(text: string, metrics: readonly string[]): readonly Query[] | null {
  if (faultOf(text, metrics)) return null;
  const query = parseQuery(text, metrics);
  return query.type === 'and' ? query.parts : [query];
}

function printAll(parts: readonly Query[]): string {
  const [only] = parts;
  return printQuery(only && parts.length === 1 ? only : { type: 'and', parts });
}
