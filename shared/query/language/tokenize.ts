import { QueryError, quoted, type Span } from './query-error.ts';

export interface Token extends Span {
  type: 'word' | 'string' | 'operator' | 'open' | 'close' | 'comma' | 'colon' | 'end';
  /** As it was written; of a string what is between its quotes, of an operator its usual spelling. */
  text: string;
}

const blank = /\s*/y;
const operator = /[<>=!]=|<>|!~|[=<>~≤≥≠]/y;
const string = /"((?:[^"\\]|\\.)*)"/sy;
/** A name ends at a colon (`tag:candidate`); a value, and what leads with a digit, may hold some (`2026-03-02T10:00`). */
const name = /[\p{L}_][^\s(),=<>!~≤≥≠":]*/uy;
const value = /[^\s(),=<>!~≤≥≠":][^\s(),=<>!~≤≥≠"]*/y;

const punctuation: ReadonlyMap<string, Token['type']> = new Map([
  ['(', 'open'],
  [')', 'close'],
  [',', 'comma'],
  [':', 'colon'],
]);
const spellings: ReadonlyMap<string, string> = new Map([
  ['==', '='],
  ['<>', '!='],
  ['≠', '!='],
  ['≤', '<='],
  ['≥', '>='],
]);

/** Divides a query into its words. The last token is the end. @throws QueryError */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at, tokens.at(-1)?.type);
    tokens.push(token);
    at = skipBlank(text, token.end);
  }
  tokens.push({ type: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

/** Whether a text is one word wherever it stands. */
export function isWord(text: string): boolean {
  return wordAt(text, 0)?.end === text.length;
}

function tokenAt(text: string, at: number, before: Token['type'] | undefined): Token {
  const mark = punctuation.get(text[at] ?? '');
  if (mark) return { type: mark, text: text[at] ?? '', start: at, end: at + 1 };
  const found =
    match(operator, text, at, 'operator') ??
    match(string, text, at, 'string') ??
    (isValueNext(before) ? match(value, text, at, 'word') : wordAt(text, at));
  if (found) return found;
  if (text[at] === '"')
    throw new QueryError({ start: at, end: text.length }, [
      'a quotation mark is not closed',
      'what stands between two of them is text',
      'add a " where the text ends',
    ]);
  throw new QueryError({ start: at, end: at + 1 }, [
    `${quoted(text[at] ?? '')} stands alone`,
    'it is part of != and !~ only',
    'say not',
  ]);
}

function wordAt(text: string, at: number): Token | null {
  return match(name, text, at, 'word') ?? match(value, text, at, 'word');
}

function isValueNext(before: Token['type'] | undefined): boolean {
  return before === 'colon' || before === 'operator';
}

function match(pattern: RegExp, text: string, at: number, type: Token['type']): Token | null {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (!found) return null;
  return { type, text: textOf(type, found), start: at, end: at + found[0].length };
}

function textOf(type: Token['type'], [whole, inner = '']: RegExpExecArray): string {
  if (type === 'string') return inner.replace(/\\(["\\])/g, '$1');
  return type === 'operator' ? (spellings.get(whole) ?? whole) : whole;
}

function skipBlank(text: string, at: number): number {
  blank.lastIndex = at;
  return at + (blank.exec(text)?.[0].length ?? 0);
}
