import { fieldNamed, knownFields, metricField, type QueryField, type Vocabulary } from './fields.ts';
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
  vocabulary: Vocabulary,
): QueryField {
  const known = type === 'string' && vocabulary.hasMetrics ? null : fieldNamed(text, vocabulary);
  if (known) return known;
  if (!vocabulary.hasMetrics) throw unknownIn(vocabulary, text, { start, end });
  const metric = metricField(text);
  if (metrics === null || metric.name === 'reward' || metrics.includes(text)) return metric;
  throw new QueryError(
    { start, end },
    [`unknown field ${quoted(text)}`, `this run has ${listNames(metrics)}`, advice(text, metrics)],
    { what: 'field' },
  );
}

function unknownIn({ thing, fields }: Vocabulary, text: string, span: Span): QueryError {
  const names = fields.map(({ field }) => field.name);
  const parts = [`unknown field ${quoted(text)}`, `a ${thing} has ${names.join(', ')}`] as const;
  return new QueryError(span, [...parts, advise(nearestName(text, names))], { what: 'field' });
}

function listNames(metrics: readonly string[]): string {
  const others = metrics.filter((name) => metricField(name).name !== 'reward').toSorted();
  const names = [...knownFields.map(({ field }) => field.name), ...others];
  const more = names.length - knownFields.length - listed;
  const shown = names.slice(0, knownFields.length + listed).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function advice(name: string, metrics: readonly string[]): string {
  return advise(nearestName(name, [...knownFields.map(({ field }) => field.name), ...metrics]));
}

function advise(nearest: string | null): string {
  return nearest === null
    ? 'name one of them, or put text to look for in quotes'
    : `did you mean ${quoted(nearest)}? Text to look for goes in quotes`;
}
