import { basename } from 'node:path';
import { measuredValue } from '../../../shared/model/metric.ts';
import { finiteOrNull } from '../../../shared/query/compare-natural.ts';
import { compileQuery } from '../../../shared/query/language/compile-query.ts';
import { parseQuery } from '../../../shared/query/language/parse-query.ts';
import { QueryError } from '../../../shared/query/language/query-error.ts';
import type { Query } from '../../../shared/query/language/query-tree.ts';
import { shareAdvice } from '../../../shared/query/language/share-advice.ts';
import { localClock } from '../../../shared/query/local-clock.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import type { ListedVersion } from '../../core/catalog/listed-version.ts';
import type { RunReader } from '../../core/run-reader.ts';
import { QueryFault } from '../query-fault.ts';

/**
 * What gives the versions of a run that all of these queries ask for.
 * @throws QueryFault at once for a query that is not one, and once the run is there for a field that no version has
 */
export function listerWhere(texts: readonly string[]): (reader: RunReader) => ListedVersion[] {
  readQueries(texts, null);
  return (reader) => {
    const listed = [...reader.list()];
    const query = readQueries(texts, metricsOf(listed));
    const run = basename(reader.root);
    const matches = compileQuery(query, { clock: localClock(), runOf: () => run });
    const found = listed.filter(({ id }) => {
      const row = reader.row(id);
      return row !== undefined && matches(row);
    });
    const advice = found.length > 0 ? null : shareAdvice(query, ({ name }) => rangeOf(listed, name));
    if (advice !== null) process.stderr.write(`${escapeName(advice, 400)}\n`);
    return found;
  };
}

function rangeOf(listed: readonly ListedVersion[], metric: string) {
  const range = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
  for (const version of listed) {
    const value = finiteOrNull(measuredValue(version, metric));
    if (value === null) continue;
    range.least = Math.min(range.least, value);
    range.most = Math.max(range.most, value);
  }
  return range.most < range.least ? null : range;
}

function readQueries(texts: readonly string[], metrics: readonly string[] | null): Query {
  return { type: 'and', parts: texts.map((text) => readQuery(text, metrics)) };
}

function readQuery(text: string, metrics: readonly string[] | null): Query {
  try {
    return parseQuery(text, metrics);
  } catch (error) {
    if (error instanceof QueryError && metrics === null && isOfUnknownField(error))
      return { type: 'and', parts: [] };
    if (error instanceof QueryError) throw new QueryFault(text, error);
    throw error;
  }
}

/** Whether the name itself may be the fault, which the run's metrics tell. */
function isOfUnknownField({ wanted }: QueryError): boolean {
  return wanted !== null && 'field' in wanted && wanted.field.metric && wanted.field.name !== 'reward';
}

function metricsOf(listed: readonly ListedVersion[]): string[] {
  const shapes = new Set(listed.map(({ metrics }) => metrics.names));
  return [...new Set([...shapes].flat())];
}
