import type { Difference } from '../../shared/comparison/compare-numbers.ts';
import type { ComparedRow, ComparedValue, ValueKind } from '../../shared/comparison/compare-versions.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { exactNumber, formatNumber, missing, shortNumber, withSign } from '../format/format-number.ts';
import { exactTimestamp, formatTimestamp } from '../format/format-time.ts';
import { visibleText } from '../format/visible-text.ts';

/** What a version says in one row; `exact` is all of it, for the hover text. */
export interface ComparedCell {
  text: string;
  exact: string;
}

/** A value of a row as it is shown. */
export function comparedCell(value: ComparedValue, { kind }: Pick<ComparedRow, 'kind'>): ComparedCell {
  if (value === null) return { text: missing, exact: 'No value' };
  return typeof value === 'number' ? numberCell(value, kind) : textCell(value, kind);
}

function numberCell(value: number, kind: ValueKind): ComparedCell {
  if (kind === 'bytes') return { text: formatBytes(value), exact: exactBytes(value) };
  if (kind === 'text') return { text: settingText(value), exact: exactNumber(value) };
  const isWhole = kind === 'count' || (Number.isInteger(value) && Math.abs(value) >= 10);
  return { text: formatNumber(value, !isWhole), exact: exactNumber(value) };
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

const verdictMarks = { better: '▲ ', worse: '▼ ', equal: '', unknown: '' };

/** How much more or less it is, marked by whether that is better. */
export function differenceText({ by, verdict }: Difference): string {
  return verdictMarks[verdict] + signedNumber(by);
}

/** A difference with its sign. */
export function signedNumber(by: number): string {
  return withSign(by, formatNumber(by, !Number.isInteger(by)));
}
