import { type JsonObject, objectOrNull, ownValue, stringifyJson } from '../../../../shared/model/json.ts';
import { measuredValue } from '../../../../shared/model/metric.ts';
import type { MetricValues } from '../../../../shared/model/metric-values.ts';
import { copyListed, type ListedVersion } from '../listed-version.ts';
import type { Measured } from '../measurements/measured.ts';

/** A version with what was measured of it, as a list holds it; what it says itself stays. Its text is as it was: {@link measuredText}. */
export function withMeasured(listed: ListedVersion, measured: Measured, metric: string): ListedVersion {
  const reward = listed.reward ?? measured.reward;
  const step = listed.step ?? measured.step;
  const metrics = addMetrics(listed.metrics, measured);
  const problems = [...listed.problems, ...measured.problems];
  return {
    ...copyListed(listed),
    ...{ reward, step, metrics, problems, value: measuredValue({ metrics, reward }, metric) },
  };
}

/** The text of a version's JSON object, without its braces, with what was measured of it. */
export function measuredText(text: string, measured: Measured): string {
  const record = JSON.parse(`{${text}}`) as JsonObject & { problems: string[] };
  const own = objectOrNull(record['metrics']);
  const { names, values, at } = measured.metrics;
  const added = names.flatMap((name, index) =>
    ownValue(own, name) === undefined ? [[name, values[at + index] ?? Number.NaN] as const] : [],
  );
  const metrics = Object.fromEntries([...Object.entries(own ?? {}), ...added]);
  const problems = [...record.problems, ...measured.problems];
  const reward = record['reward'] ?? measured.reward;
  const step = record['step'] ?? measured.step;
  return stringifyJson({ ...record, reward, step, metrics, problems }).slice(1, -1);
}

/** Names of versions that were measured alike, so that they share them. */
let lastNames: readonly string[] = [];

function addMetrics(own: MetricValues, { metrics: others }: Measured): MetricValues {
  if (own.names.length === 0) return others;
  const added = [...others.names.keys()].filter((index) => !own.names.includes(others.names[index] ?? ''));
  const all = [...own.names, ...added.map((index) => others.names[index] ?? '')];
  if (all.length !== lastNames.length || all.some((name, index) => name !== lastNames[index]))
    lastNames = all;
  const values = [
    ...own.names.map((_, index) => own.values[own.at + index] ?? Number.NaN),
    ...added.map((index) => others.values[others.at + index] ?? Number.NaN),
  ];
  return { names: lastNames, values, at: 0 };
}
