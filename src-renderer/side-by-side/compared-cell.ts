import { differenceFrom } from '../../shared/comparison/compare-numbers.ts';
import type { ComparedRow, ComparedValue, ValueKind } from '../../shared/comparison/compare-versions.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { formatMetric, signedDifference } from '../format/format-metric.ts';
import { exactNumber, formatCount, formatNumber, missing, shortNumber } from '../format/format-number.ts';
import { exactTimestamp, formatTimestamp } from '../format/format-time.ts';
import { visibleText } from '../format/visible-text.ts';

/** What a version says in one row; `exact` is all of it, for the hover text. */
export interface ComparedCell {
  text: string;
  exact: string;
}

/** A value of a row as it is shown; of a metric as its column in the table has it. */
export function comparedCell(value: ComparedValue, row: ShownOfRow): ComparedCell {
  if (value === null) return { text: missing, exact: 'No value' };
  return typeof value === 'number' ? numberCell(value, row) : textCell(value, row.kind);
}

/** What tells how its values are written; whole numbers of a metric stay whole where all are. */
export type ShownOfRow = Pick<ComparedRow, 'kind' | 'label' | 'values'>;

function numberCell(value: number, { kind, label, values }: ShownOfRow): ComparedCell {
  if (kind === 'bytes') return { text: formatBytes(value), exact: exactBytes(value) };
  if (kind === 'text') return { text: settingText(value), exact: exactNumber(value) };
  if (kind === 'count') return { text: formatCount(value), exact: exactNumber(value) };
  return { text: formatMetric(label, value, values.some(isFraction)), exact: exactNumber(value) };
}

function isFraction(value: ComparedValue): boolean {
  return typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value);
}

/** So many characters are a number that somebody wrote; one of more came out of a computation. */
const written = 10;

function settingText(value: number): string {
  return String(value).length <= written ? shortNumber(value) : formatNumber(value, !Number.isInteger(value));
}

const shortTexts: Partial<Record<ValueKind, (text: string) => string>> = {
  checksum: (text) => text.slice(0, 12),
  integrity: (word) => word.charAt(0).toUpperCase() + word.slice(1),
};

function textCell(text: string, kind: ValueKind): ComparedCell {
  if (kind === 'time') return { text: formatTimestamp(text), exact: exactTimestamp(text) };
  return { text: visibleText(shortTexts[kind]?.(text) ?? text), exact: visibleText(text) };
}

/** How a metric differs from that of the baseline, in words. */
export interface ShownDifference {
  verdict: 'better' | 'worse' | 'equal' | 'unknown';
  by: number;
  /** With its sign, and the word for better or worse behind it: what is lower may be better. */
  text: string;
  /** The same for who cannot see what it stands beside. */
  spoken: string;
}

const verdictWords = { better: ' better', worse: ' worse', equal: '', unknown: '' };

/** @returns null where there is no finite difference */
export function shownDifference(
  base: ComparedValue,
  value: ComparedValue,
  { label, direction }: Pick<ComparedRow, 'label' | 'direction'>,
): ShownDifference | null {
  const difference = differenceFrom(base, value, direction);
  if (!difference || typeof base !== 'number' || typeof value !== 'number') return null;
  const { verdict, by } = difference;
  const signed = signedDifference(label, base, value);
  const than = verdict === 'unknown' || verdict === 'equal' ? 'against' : `${verdict} than`;
  return { verdict, by, text: signed + verdictWords[verdict], spoken: `${signed}, ${than} the baseline` };
}
