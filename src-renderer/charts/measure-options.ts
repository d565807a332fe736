import type { ChartMeasure } from './chart-measures.ts';

interface Option {
  value: string;
  label: string;
}

/** Measures to choose from in a list, what versions were trained with apart from what they came to. */
export function measureOptions(
  measures: readonly ChartMeasure[],
  before = '',
): (Option | { group: string; items: Option[] })[] {
  const optionOf = ({ id, label }: ChartMeasure): Option => ({ value: id, label: `${before}${label}` });
  const isTrained = ({ hyperparameter }: ChartMeasure) => hyperparameter !== null;
  const items = measures.filter(isTrained).map(optionOf);
  const others = measures.filter((measure) => !isTrained(measure)).map(optionOf);
  return items.length === 0 ? others : [...others, { group: 'Hyperparameters', items }];
}
