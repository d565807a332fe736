import { rule } from '../damage.ts';

/** A value in the dict of an npy header; numbers are whole ones. */
export type Literal = string | number | boolean | null | Literal[] | ReadonlyMap<string, Literal>;

const deepest = 32;
const token =
  /\s*(?:'((?:[^'\\]|\\.){0,10000})'|"((?:[^"\\]|\\.){0,10000})"|(\d{1,400})L?|(True|False|None)\b|([()[\]{},:]))/y;
const words: Record<'True' | 'False' | 'None', Literal> = { True: true, False: false, None: null };
const closing = new Map([
  ['(', ')'],
  ['[', ']'],
]);
const broken = 'its header is not readable';

/**
 * A Python literal of texts, whole numbers, True, False, None, tuples, lists and dicts of texts: all that numpy writes, and
 * nothing that could be evaluated. @throws Damage
 */
export function parseLiteral(text: string): Literal {
  const parser = new Parser(text);
  const value = parser.value(0);
  rule(parser.isAtEnd(), broken);
  return value;
}

type Token = { mark: string } | { value: string | number | boolean | null };

class Parser {
  readonly #text: string;
  #position = 0;
  #next: Token | null;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#scan();
  }

  isAtEnd(): boolean {
    return this.#next === null && this.#text.slice(this.#position).trim() === '';
  }

  value(depth: number): Literal {
    const found = this.#take();
    rule(found !== null && depth < deepest, broken);
    if ('value' in found) return found.value;
    if (found.mark === '{') return this.#entries(depth + 1);
    const end = closing.get(found.mark);
    rule(end !== undefined, broken);
    return this.#items(end, depth + 1);
  }

  #items(end: string, depth: number): Literal[] {
    const items: Literal[] = [];
    while (!this.#accept(end)) {
      items.push(this.value(depth));
      if (!this.#accept(',')) {
        rule(this.#accept(end), broken);
        break;
      }
    }
    return items;
  }

  #entries(depth: number): ReadonlyMap<string, Literal> {
    const entries = new Map<string, Literal>();
    while (!this.#accept('}')) {
      const key = this.value(depth);
      rule(typeof key === 'string' && !entries.has(key) && this.#accept(':'), broken);
      entries.set(key, this.value(depth));
      if (!this.#accept(',')) {
        rule(this.#accept('}'), broken);
        break;
      }
    }
    return entries;
  }

  #accept(mark: string): boolean {
    const isNext = this.#next !== null && 'mark' in this.#next && this.#next.mark === mark;
    if (isNext) this.#take();
    return isNext;
  }

  #take(): Token | null {
    const found = this.#next;
    this.#next = this.#scan();
    return found;
  }

  #scan(): Token | null {
    token.lastIndex = this.#position;
    const match = token.exec(this.#text);
    if (!match) return null;
    this.#position = token.lastIndex;
    const [, single, double, digits, word, mark] = match;
    if (mark !== undefined) return { mark };
    if (digits !== undefined) return { value: Number(digits) };
    return {
      value: word === undefined ? (single ?? double ?? '') : (words[word as 'True'] as boolean | null),
    };
  }
}
