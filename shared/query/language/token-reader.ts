import { QueryError, quoted, type Span, type Wanted } from './query-error.ts';
import type { Token } from './tokenize.ts';

/** Words of the language, unless they stand in quotes; `&&` and `||` are what some are used to. */
const keywords: ReadonlyMap<string, string> = new Map([
  ...['and', 'or', 'not', 'in', 'is', 'has'].map((word) => [word, word] as const),
  ['&&', 'and'],
  ['||', 'or'],
]);

/** The keyword that a word is, in its usual spelling; null for any other. */
export function keywordOf(word: string): string | null {
  return keywords.get(word.toLowerCase()) ?? null;
}

/** The words of a query, one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** A word that is still to come; the end beyond the last. */
  peek(ahead = 0): Token {
    const token = this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1);
    return token ?? { type: 'end', text: '', start: 0, end: 0 };
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  is(type: Token['type'], ahead = 0): boolean {
    return this.peek(ahead).type === type;
  }

  isKeyword(keyword: string, ahead = 0): boolean {
    const { type, text } = this.peek(ahead);
    return type === 'word' && keywordOf(text) === keyword;
  }

  /** Goes past a mark, if it is next. */
  take(type: Token['type']): boolean {
    if (!this.is(type)) return false;
    this.#at += 1;
    return true;
  }

  takeKeyword(keyword: string): boolean {
    if (!this.isKeyword(keyword)) return false;
    this.#at += 1;
    return true;
  }

  /** Goes past a keyword with its colon: `is:`, `has:`. */
  takeLabel(keyword: string): boolean {
    if (!this.isKeyword(keyword) || !this.is('colon', 1)) return false;
    this.#at += 2;
    return true;
  }

  /** Whether a name is next: a word that is no keyword, or anything in quotes. */
  isNameNext(): boolean {
    const { type, text } = this.peek();
    return type === 'string' || (type === 'word' && keywordOf(text) === null);
  }

  /** That what is next cannot stand here. @throws QueryError */
  fail(why: string, advice: string, wanted: Wanted): never {
    const token = this.peek();
    throw new QueryError(token, [tellOf(token, this.#tokens[this.#at - 1]), why, advice], wanted);
  }
}

function tellOf(token: Token, before: (Token & Span) | undefined): string {
  if (token.type !== 'end') return `${quoted(token.text)} is not expected here`;
  return before ? `something is missing after ${quoted(before.text)}` : 'there is no query';
}
