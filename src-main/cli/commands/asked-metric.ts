import { directionByName } from '../../../shared/model/direction-by-name.ts';
import {
  type Direction,
  directionOf,
  isSameMetric,
  type SelectionMetric,
} from '../../../shared/model/metric.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import type { RunReader } from '../../core/run-reader.ts';
import { assertMetric } from './ls.ts';

/** The options of a command that ranks by another metric, or the other way, than the run does. */
export interface MetricOptions {
  metric?: string;
  mode?: Direction;
}

/**
 * The metric that a command was told to rank by; undefined where it goes by that of the run. Which end of a metric is better is what the
 * command says, else what is known of it in this run; a guess is said on stderr.
 * @param own the metric of the run, which may throw: it is asked for what the command leaves open
 * @throws UsageError when the run has no such metric
 */
export function askedMetric(
  run: RunReader,
  own: () => SelectionMetric,
  { metric, mode }: MetricOptions,
): SelectionMetric | undefined {
  if (metric !== undefined) assertMetric(run.versions(), metric);
  if (metric === undefined) return mode && turned(own(), mode);
  return { name: metric, mode: mode ?? betterEnd(run, own(), metric), source: 'asked' };
}

/** Which metric it is may still be another one than the config wants. */
function turned({ name, unusable = [] }: SelectionMetric, mode: Direction): SelectionMetric {
  const left = unusable.filter(({ part }) => part === 'name');
  return { name, mode, source: 'asked', ...(left.length > 0 ? { unusable: left } : {}) };
}

function betterEnd(run: RunReader, own: SelectionMetric, name: string): Direction {
  const { choices, negativeMetrics } = run;
  const mode = directionOf(name, { metric: own, choices, negativeMetrics });
  if (isGuess(name, own, run)) sayDirection(name, mode, negativeMetrics.includes(name));
  return mode;
}

/** Whether neither a person nor the config has said which end of a metric is better. */
function isGuess(name: string, own: SelectionMetric, { choices }: RunReader): boolean {
  const configured = own.unusable?.some(({ part }) => part === 'mode') ? [] : [own.name];
  const said = [...configured, ...choices.directions.map(({ metric }) => metric)];
  return !said.some((each) => isSameMetric(each, name));
}

function sayDirection(name: string, mode: Direction, isNegative: boolean): void {
  const other = mode === 'max' ? 'min' : 'max';
  const why = directionByName(name)
    ? `as its name ${isNegative ? 'and the sign of its values say' : 'says'}`
    : 'as nothing says otherwise';
  process.stderr.write(
    `ranked by ${escapeName(name)}, ${mode}, ${why}; --mode ${other} ranks the other way\n`,
  );
}
