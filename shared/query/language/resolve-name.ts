import { fieldNamed, knownFields, metricField, type QueryField } from './fields.ts';
import { nearestName } from './nearest-name.ts';
import { QueryError, quoted, type Span } from './query-error.ts';

/** So many of a run's metrics are named in a sentence. */
const listed = 30;

/**
 * What a name stands for; one in quotes is a metric's, whatever it is.
 * @param metrics the metrics there are; null where that is not known yet, and any name may be one
 * @throws QueryError for a name that nothing has
 */
export function resolveName(
  { text, type, start, end }: { text: string; type: string } & Span,
  metrics: readonly string[] | null,
): QueryField {
  const known = type === 'string' ? null : fieldNamed(text);
  if (known) return known;
  const metric = metricField(text);
  if (metrics === null || metric.name === 'reward' || metrics.includes(text)) return metric;
  throw new QueryError(
    { start, end },
    [`unknown field ${quoted(text)}`, `this run has ${listNames(metrics)}`, advice(text, metrics)],
    { what: 'field' },
  );
}

function listNames(metrics: readonly string[]): string {
  const others = metrics.filter((name) => metricField(name).name !== 'reward').toSorted();
  const names = [...knownFields.map(({ field }) => field.name), ...others];
  const more = names.length - knownFields.length - listed;
  const shown = names.slice(0, knownFields.length + listed).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function advice(name: string, metrics: readonly string[]): string {
  const nearest = nearestName(name, [...knownFields.map(({ field }) => field.name), ...metrics]);
  return nearest === null
    ? 'name one of them, or put text to look for in quotes'
    : `did you mean ${quoted(nearest)}? Text to look for goes in quotes`;
}
