import { isUnit } from '../../model/amounts.ts';
import {
  type AmountField,
  isAmount,
  type QueryField,
  type Vocabulary,
  type WordField,
  wordsOf,
} from './fields.ts';
import { nearestName } from './nearest-name.ts';
import { QueryError, quoted, type Span } from './query-error.ts';
import type { Amount, AmountOperator, AmountRange, Query, WordOperator } from './query-tree.ts';
import { amountWords, readAmount, readRange } from './read-amount.ts';
import { keywordOf, type TokenReader } from './token-reader.ts';
import type { Token } from './tokenize.ts';

const amountOperators: readonly AmountOperator[] = ['=', '!=', '<', '<=', '>', '>='];
/** Numbers, and words that cut or sort a list elsewhere. */
const stray = /^(?:[\d.+-][\d.]*|limit|offset|order|sort|where|asc|desc)$/i;
const wordOperators: readonly WordOperator[] = ['=', '!=', '~', '!~'];

/** The operators that a field can be compared with. */
export function operatorsOf(field: QueryField): readonly string[] {
  return isAmount(field) ? amountOperators : wordOperators;
}

/** What follows a field and an operator. @throws QueryError also for an operator that does not go with the field */
export function parseComparison(
  tokens: TokenReader,
  field: QueryField,
  operator: Span & { text: string },
): Query {
  if (!operatorsOf(field).includes(operator.text))
    throw new QueryError(
      operator,
      [
        `${quoted(operator.text)} does not go with ${field.name}`,
        `that is compared with ${operatorsOf(field).join(' ')}`,
        'use one of these',
      ],
      { what: 'operator', field },
    );
  return isAmount(field)
    ? compareAmount(tokens, field, operator.text as AmountOperator)
    : compareWord(tokens, field, operator.text as WordOperator);
}

/** What follows `in`. @throws QueryError */
export function parseList(tokens: TokenReader, field: QueryField, negated: boolean): Query {
  if (isAmount(field)) {
    const isOne = tokens.is('word') && tokens.peek().text.includes('..');
    const ranges = isOne ? [rangeNext(tokens, field)] : listNext(tokens, () => rangeNext(tokens, field));
    return { type: 'amounts', field, negated, ranges };
  }
  return { type: 'words', field, negated, words: listNext(tokens, () => wordNext(tokens, field)) };
}

/** What follows `is:`. @throws QueryError */
export function parseMark(tokens: TokenReader, { thing, marks }: Vocabulary): Query {
  const { type, text } = tokens.peek();
  const mark = marks.find((each) => type === 'word' && each === text.toLowerCase());
  if (!mark && marks.length === 0)
    return tokens.fail(`nothing is asked of a ${thing} like that`, 'compare one of its fields', {
      what: 'mark',
    });
  if (!mark) return tokens.fail(`a ${thing} is ${marks.join(', ')}`, 'name one of them', { what: 'mark' });
  tokens.next();
  return { type: 'mark', mark };
}

/** `is` behind a field, and what follows. @throws QueryError */
export function parseState(tokens: TokenReader, field: QueryField): Query {
  tokens.next();
  const negated = tokens.takeKeyword('not');
  const states = field.kind === 'number' ? ['missing', 'nan'] : ['missing'];
  const state = tokens.peek().text.toLowerCase();
  if (!states.includes(state))
    tokens.fail(`it is ${states.join(' or ')}, or it is not`, `say ${field.name} is missing`, {
      what: 'state',
      field,
    });
  tokens.next();
  if (state === 'missing') return { type: 'state', field, state: negated ? 'present' : 'missing' };
  const nan: Query = { type: 'state', field, state: 'nan' };
  return negated ? { type: 'not', part: nan } : nan;
}

function compareAmount(tokens: TokenReader, field: AmountField, operator: AmountOperator): Query {
  if ((operator === '=' || operator === '!=') && tokens.is('word') && tokens.peek().text.includes('..'))
    return { type: 'amounts', field, negated: operator === '!=', ranges: [rangeNext(tokens, field)] };
  return { type: 'amount', field, operator, amount: amountNext(tokens, field) };
}

function compareWord(tokens: TokenReader, field: WordField, operator: WordOperator): Query {
  const isPart = operator === '~' || operator === '!~';
  const word = isPart ? anyWordNext(tokens, field).text : wordNext(tokens, field);
  return { type: 'word', field, operator, word };
}

/** Values between brackets, divided by commas. */
function listNext<T>(tokens: TokenReader, item: () => T): T[] {
  if (!tokens.take('open'))
    tokens.fail('a list in brackets was expected', 'write one, such as (a, b)', { what: 'list' });
  const items = [item()];
  while (tokens.take('comma')) items.push(item());
  if (!tokens.take('close'))
    tokens.fail('a list is open', 'go on with a comma, or close it with )', { what: 'rest' });
  return items;
}

function rangeNext(tokens: TokenReader, field: AmountField): AmountRange {
  const token = tokens.peek();
  if (!token.text.includes('..') || token.type !== 'word') {
    const amount = amountNext(tokens, field);
    return { from: amount, to: amount };
  }
  tokens.next();
  const range = readRange(field.kind, token.text);
  if (range) return range;
  throw new QueryError(token, [
    `${quoted(token.text)} is no range`,
    `from less to more, each end ${amountWords[field.kind]}, or left out`,
    'write it as FROM..TO',
  ]);
}

function amountNext(tokens: TokenReader, field: AmountField): Amount {
  const token = valueNext(tokens, field, amountWords[field.kind]);
  const text = token.text + unitNext(tokens, token, field);
  const amount = readAmount(
    field.kind,
    field.name === 'version' && !field.metric ? text.replace(/^v(?=\d)/i, '') : text,
  );
  if (amount) {
    refuseStray(tokens, field, text);
    return amount;
  }
  const isNan = field.kind === 'number' && text.toLowerCase() === 'nan';
  throw new QueryError(
    token,
    isNan
      ? ['nothing equals NaN', 'every comparison with it is false', `say ${field.name} is nan`]
      : [`${quoted(text)} is no value of ${field.name}`, `it needs ${amountWords[field.kind]}`, 'write one'],
    { what: 'value', field },
  );
}

/** A unit that is none of the field, a number or another language's `limit` is no text to look for. @throws QueryError */
function refuseStray(tokens: TokenReader, field: AmountField, value: string): void {
  const next = tokens.peek();
  const isAlone = next.type === 'word' && !['colon', 'operator'].includes(tokens.peek(1).type);
  const mayHaveUnit = field.kind === 'size' && /\d$/.test(value);
  if (!isAlone || keywordOf(next.text) !== null || tokens.isKeyword('in', 1) || tokens.isKeyword('is', 1))
    return;
  if (!stray.test(next.text) && !(mayHaveUnit && /^[a-z]+$/i.test(next.text))) return;
  tokens.fail(
    `a value of ${field.name} stands before it`,
    'put an operator or a field between them, or text to look for in quotes',
    { what: 'more' },
  );
}

/** A unit that stands apart from its number: `1.5 GB`, `60 %`. */
function unitNext(tokens: TokenReader, number: Token, { kind }: AmountField): string {
  if (!tokens.is('word') || !/^[+-]?[\d.]+$/.test(number.text)) return '';
  const { text } = tokens.peek();
  const isOwn = kind === 'number' ? text === '%' : kind !== 'time' && isUnit(text);
  return isOwn ? tokens.next().text : '';
}

function wordNext(tokens: TokenReader, field: WordField): string {
  const token = anyWordNext(tokens, field);
  const words = wordsOf(field);
  if (words === null) return token.text;
  const word = token.text.toLowerCase();
  if (words.includes(word)) return word;
  const nearest = nearestName(word, words);
  throw new QueryError(
    token,
    [
      `${field.name} is never ${quoted(token.text)}`,
      `it is ${words.join(', ')}`,
      nearest === null ? 'name one of them' : `did you mean ${nearest}?`,
    ],
    { what: 'value', field },
  );
}

function anyWordNext(tokens: TokenReader, field: WordField): Token {
  const words = wordsOf(field);
  return valueNext(tokens, field, words ? words.join(', ') : 'a word, or text in quotes');
}

function valueNext(tokens: TokenReader, field: QueryField, looks: string): Token {
  if (!tokens.is('word') && !tokens.is('string'))
    tokens.fail(`${field.name} is compared with ${looks}`, 'write one', { what: 'value', field });
  return tokens.next();
}
