import type { Span } from '../../../shared/query/language/query-error.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';

/** How much is shown before, in and after what is marked, in characters. */
const shown = { before: 50, within: 40, after: 30 };

/** A text on one line, and below it carets under a part of it; one caret where that part is empty. */
export function underline(text: string, { start, end }: Span): string {
  const before = lastOf(text.slice(0, start), shown.before);
  const within = firstOf(text.slice(start, end), shown.within);
  const after = firstOf(text.slice(end), shown.after);
  const carets = '^'.repeat(Math.max(1, widthOf(within)));
  return `  ${before}${within}${after}\n  ${' '.repeat(widthOf(before))}${carets}\n`;
}

function firstOf(text: string, count: number): string {
  return harmless(text.length > count ? `${text.slice(0, count - 1)}…` : text);
}

function lastOf(text: string, count: number): string {
  return harmless(text.length > count ? `…${text.slice(1 - count)}` : text);
}

/** On one line, without what would drive a terminal. */
function harmless(text: string): string {
  return escapeName(text.replace(/\s/g, ' '), Number.POSITIVE_INFINITY);
}

const combining = /\p{M}/u;
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff00-\uff60]/u;

/** How many places a terminal gives a text. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) if (!combining.test(character)) width += wide.test(character) ? 2 : 1;
  return width;
}
