import { ofVersions, type QueryField, type Vocabulary } from './fields.ts';
import { parseComparison, parseList, parseMark, parseState } from './parse-condition.ts';
import { QueryError, type Span } from './query-error.ts';
import type { Query } from './query-tree.ts';
import { resolveName } from './resolve-name.ts';
import { TokenReader } from './token-reader.ts';
import { type Token, tokenize } from './tokenize.ts';

/** What a query may be at most: characters, brackets and `not` within each other, and conditions. */
export const queryLimits = { length: 4000, depth: 64, conditions: 200 } as const;

/**
 * Reads a query as docs/query.md has it.
 * @param metrics the metrics there are, for names that are none to be refused; null where that is not known yet
 * @param vocabulary what it asks for
 * @throws QueryError
 */
export function parseQuery(
  text: string,
  metrics: readonly string[] | null = null,
  vocabulary: Vocabulary = ofVersions,
): Query {
  if (text.length > queryLimits.length)
    throw new QueryError({ start: queryLimits.length, end: text.length }, [
      `the query has ${text.length} characters`,
      `no more than ${queryLimits.length} are read`,
      'make it shorter',
    ]);
  return new QueryParser(new TokenReader(tokenize(text)), metrics, vocabulary).parse();
}

class QueryParser {
  readonly #tokens: TokenReader;
  readonly #metrics: readonly string[] | null;
  readonly #vocabulary: Vocabulary;
  #conditions = 0;
  /** Where the condition begins that is being read. */
  #condition: number | null = null;

  constructor(tokens: TokenReader, metrics: readonly string[] | null, vocabulary: Vocabulary) {
    this.#tokens = tokens;
    this.#vocabulary = vocabulary;
    this.#metrics = metrics;
  }

  parse(): Query {
    try {
      return this.#whole();
    } catch (fault) {
      if (fault instanceof QueryError) fault.condition = this.#condition;
      throw fault;
    }
  }

  #whole(): Query {
    if (this.#tokens.is('end')) return { type: 'and', parts: [] };
    const query = this.#alternatives(0);
    if (this.#tokens.is('close')) this.#tokens.fail('no bracket is open', 'take it away', { what: 'term' });
    if (!this.#tokens.is('end'))
      this.#tokens.fail('it belongs behind a field', 'put text to look for in quotes', { what: 'term' });
    return query;
  }

  #alternatives(depth: number): Query {
    const parts = [this.#sequence(depth)];
    while (this.#tokens.takeKeyword('or')) parts.push(this.#sequence(depth));
    return join('or', parts);
  }

  #sequence(depth: number): Query {
    const parts = [this.#negation(depth)];
    while (this.#tokens.takeKeyword('and') || this.#isTermNext()) parts.push(this.#negation(depth));
    return join('and', parts);
  }

  /** Whether another term follows without an `and`. */
  #isTermNext(): boolean {
    const { type } = this.#tokens.peek();
    return type === 'string' || type === 'open' || (type === 'word' && !this.#tokens.isKeyword('or'));
  }

  #negation(depth: number): Query {
    this.#checkDepth(depth);
    if (!this.#tokens.takeKeyword('not')) return this.#term(depth);
    return { type: 'not', part: this.#negation(depth + 1) };
  }

  #term(depth: number): Query {
    const { start } = this.#tokens.peek();
    if (this.#tokens.take('open')) return this.#group(depth + 1, start);
    this.#countCondition();
    this.#condition = start;
    const query = this.#conditionNext();
    this.#condition = null;
    return query;
  }

  #conditionNext(): Query {
    if (this.#tokens.takeLabel('is')) return parseMark(this.#tokens, this.#vocabulary);
    if (this.#tokens.takeLabel('has')) return this.#present();
    if (!this.#tokens.isNameNext())
      this.#tokens.fail(
        'a condition was expected',
        'write one, such as reward > 0.4; put text to look for in quotes',
        { what: 'term' },
      );
    return this.#named(this.#tokens.next());
  }

  #group(depth: number, start: number): Query {
    const query = this.#alternatives(depth);
    this.#condition = start;
    if (!this.#tokens.take('close'))
      this.#tokens.fail('a bracket is open', 'close it with )', { what: 'more' });
    this.#condition = null;
    return query;
  }

  #present(): Query {
    if (!this.#tokens.isNameNext())
      this.#tokens.fail('the name of a field was expected', 'name one', { what: 'field' });
    return { type: 'state', field: this.#field(this.#tokens.next()), state: 'present' };
  }

  /** A condition of a field, or text to look for: what follows the name tells. */
  #named(token: Token): Query {
    const tokens = this.#tokens;
    if (tokens.is('colon')) return this.#labelled(token);
    if (tokens.is('operator')) return this.#comparison(this.#field(token));
    const negated = tokens.isKeyword('not') && tokens.isKeyword('in', 1);
    if (negated) tokens.next();
    if (tokens.takeKeyword('in')) return parseList(tokens, this.#field(token), negated);
    if (tokens.isKeyword('is') && !tokens.is('colon', 1)) return parseState(tokens, this.#field(token));
    return text(token, this.#vocabulary);
  }

  #labelled(token: Token): Query {
    const field = this.#field(token);
    return parseComparison(this.#tokens, field, { ...this.#tokens.next(), text: '=' });
  }

  #comparison(field: QueryField): Query {
    return parseComparison(this.#tokens, field, this.#tokens.next());
  }

  #field(token: Token): QueryField {
    return resolveName(token, this.#metrics, this.#vocabulary);
  }

  #checkDepth(depth: number): void {
    if (depth > queryLimits.depth)
      this.#refuse(`no more than ${queryLimits.depth} brackets and nots are read within each other`);
  }

  #countCondition(): void {
    this.#conditions += 1;
    if (this.#conditions > queryLimits.conditions)
      this.#refuse(`no more than ${queryLimits.conditions} conditions are read`);
  }

  #refuse(why: string): never {
    const at: Span = this.#tokens.peek();
    throw new QueryError(at, ['the query is too large', why, 'make it simpler']);
  }
}

function join(type: 'and' | 'or', parts: Query[]): Query {
  const [only] = parts;
  return only && parts.length === 1 ? only : { type, parts };
}

function text(token: Token, { thing }: Vocabulary): Query {
  if (token.text !== '') return { type: 'text', text: token.text };
  throw new QueryError(token, ['the text to look for is empty', `every ${thing} has that`, 'write some']);
}
