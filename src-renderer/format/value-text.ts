import { exactNumber } from './format-number.ts';
import { visibleText } from './visible-text.ts';

/** A value of a file: numbers with every digit, texts as they are, lists and mappings as JSON. */
export function valueText(value: unknown): string {
  if (typeof value === 'number') return exactNumber(value);
  return visibleText(typeof value === 'string' ? value : JSON.stringify(value));
}
