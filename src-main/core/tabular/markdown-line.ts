import { escapeName } from '../catalog/escape-name.ts';

/** A line of a table as GitHub reads it. @param cells Markdown already: see {@link markdownText} */
export function markdownLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/**
 * A text from a file as Markdown that shows it letter by letter: plain words as they are, all else as code, in which nothing is a link, a
 * mention or markup. Lines stay lines; what would hide, or turn the text round, is written as an escape.
 */
export function markdownText(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => escapeName(line, Number.POSITIVE_INFINITY));
  return lines.map((line) => (plainWords.test(line) ? line : asCode(line))).join('<br>');
}

const plainWords = /^(?!www\.)[\p{L}\p{N}]+(?:[ _.][\p{L}\p{N}]+)*$/iu;
/** What ends code, or a cell, cannot be in it as it is: such a text is written letter by letter. */
const endsCode = /[`|]|^ | $/;

function asCode(line: string): string {
  if (line === '') return '';
  if (!endsCode.test(line)) return `\`${line}\``;
  const letters = line.replace(/[^\p{L}\p{N} ]/gu, (letter) => `&#${letter.codePointAt(0)};`);
  return `<code>${letters}</code>`;
}
