import { type ChartMeasure, formatMeasured } from '../charts/chart-measures.ts';
import { formatCount, missing } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import { measureIdOf, type RunHyperparameters } from './run-hyperparameters.ts';
import type { ValueColumn } from './value-column.ts';

/** What versions were trained with as measures, each as far as it is read; none before it is known which there are. */
export function hyperparameterMeasures(run: RunHyperparameters): ChartMeasure[] {
  return (run.snapshot().found ?? []).map(({ name }) => measureOf(name, run.column(name)));
}

function measureOf(name: string, column: ValueColumn): ChartMeasure {
  return {
    id: measureIdOf(name),
    label: visibleText(name),
    of: ({ handle }) => column.valueOf(handle),
    // A range keeps its measure, also when words come among the numbers.
    format: (value) => (column.scale === 'text' ? wordAt(column, value) : formatMeasured(value)),
    words: () => column.words,
    metric: null,
    hyperparameter: name,
    unit: null,
    scale: column.scale === 'text' ? 'text' : 'number',
  };
}

function wordAt({ words }: ValueColumn, place: number): string {
  return Number.isNaN(place) ? missing : (words[Math.round(place)] ?? '');
}

/** What an axis cannot show, or not of all versions, in a sentence; null where it shows all. @param values of the versions */
export function whatIsMissing(
  { label }: ChartMeasure,
  column: ValueColumn,
  values: Float64Array,
  total: number,
): string | null {
  if (column.scale === 'none') return `${label} has too many different texts for an axis.`;
  const known = values.reduce((count, value) => count + (Number.isFinite(value) ? 1 : 0), 0);
  if (known >= total) return null;
  if (known === 0) return `${label} is not known of any version.`;
  return `${label} is known of ${formatCount(known)} of ${formatCount(total)} versions; a range of it leaves out the others.`;
}
