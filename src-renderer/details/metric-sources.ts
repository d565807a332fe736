import { z } from 'zod';
import { describeMetricSource } from '../../shared/model/describe-metric-source.ts';
import { toNumber } from '../../shared/model/json.ts';
import { type MetricSource, metricSourceSchema } from '../../shared/model/metric-source.ts';
import { formatCount, shortNumber } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import type { VersionDetails } from './version-details.ts';

/** Where a metric is from that none of a version's own files has, in words. */
export interface SourceWords {
  /** The file, and which measurement in it. */
  from: string;
  /** How sure it is; null where single episodes are not on record. */
  sure: string | null;
}

const sourcesSchema = z.array(metricSourceSchema);

/** By metric, the reward as `reward`; none for those that the version's own files have. */
export function metricSources(details: VersionDetails | null): ReadonlyMap<string, SourceWords> {
  const { data = [] } = sourcesSchema.safeParse(details?.get('metric_sources'));
  return new Map(data.map((source) => [source.metric, wordsOf(source)]));
}

function wordsOf(source: MetricSource): SourceWords {
  const from = describeMetricSource({ ...source, file: visibleText(source.file) }, formatCount);
  const [low, high] = (source.interval ?? []).map(toNumber);
  const isSure = source.episodes !== null && low != null && high != null;
  const sure = `${formatCount(source.episodes ?? 0)} episodes: the true mean is between ${short(low)} and ${short(high)} (95%)`;
  return { from, sure: isSure ? sure : null };
}

function short(value: number | null | undefined): string {
  return shortNumber(Number((value ?? Number.NaN).toPrecision(4)));
}
