import { nameInVersion, type SelectionMetric } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { metricLabel } from '../format/metric-label.ts';
import { visibleText } from '../format/visible-text.ts';

/**
 * Why a version is called the best: the metric as that version calls it in its files, its better end, and whether nobody chose it.
 * @param best null where there is none, or none is meant
 */
export function bestBadge(selection: SelectionMetric, best: VersionRow | null): string {
  const name = nameInVersion(selection.name, best);
  return `${metricWords({ ...selection, name })}${unlessChosen(selection)}`;
}

/** The same in words, as the column of that metric is headed: `Sharpe ratio ↑`. */
export function rankingWords(selection: SelectionMetric): string {
  return `${metricLabel(selection.name)} ${arrowOf(selection)}${unlessChosen(selection)}`;
}

function unlessChosen({ source }: SelectionMetric): string {
  return source === 'default' ? ' (default)' : '';
}

/** The metric as the files call it, and its better end. */
export function metricWords({ name, mode }: SelectionMetric): string {
  return `${visibleText(name)} ${arrowOf({ mode })}`;
}

function arrowOf({ mode }: Pick<SelectionMetric, 'mode'>): string {
  return mode === 'max' ? '↑' : '↓';
}
