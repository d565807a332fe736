import { fieldNamed, metricField, ofVersions, type QueryField } from './fields.ts';
import { parseQuery, queryLimits } from './parse-query.ts';
import { type Completion, itemsFor, type KnownWords } from './query-completions.ts';
import { QueryError, type Wanted } from './query-error.ts';
import { type Token, tokenize } from './tokenize.ts';

/** What could stand from `start` to `end`, in place of the word that is there. */
export interface Completions {
  start: number;
  end: number;
  items: readonly Completion[];
}

/** So many letters tell where a word begins; with more, they may also stand within it. */
const beginning = 2;

/** How a query could go on at a place in it; what stands before that decides. Those that begin as typed come first. */
export function completeQuery(text: string, caret: number, known: KnownWords): Completions {
  if (text.length > queryLimits.length) return { start: caret, end: caret, items: [] };
  const start = startOfWord(text.slice(0, caret));
  const end = caret + lengthOfRest(text.slice(caret), text[start] === '"' && start < caret);
  const typed = text.slice(start, caret).replace(/^"/, '').toLowerCase();
  const begins = ({ label }: Completion) => label.toLowerCase().startsWith(typed);
  const matches = (item: Completion) =>
    begins(item) || (typed.length > beginning && item.label.toLowerCase().includes(typed));
  const items = itemsAfter(text.slice(0, start), known)
    .filter(matches)
    .toSorted((a, b) => Number(begins(b)) - Number(begins(a)));
  const isLast = end === text.length;
  return {
    start,
    end,
    items: isLast ? items : items.map((item) => ({ ...item, text: item.text.trimEnd() })),
  };
}

/** Where the word, or the text in quotes, begins that a text ends with. */
function startOfWord(text: string): number {
  const closed = /^(?:[^"]|"(?:[^"\\]|\\.)*")*/s.exec(text)?.[0].length ?? 0;
  return closed < text.length ? closed : text.search(/[^\s(),=<>!~≤≥≠":]*$/);
}

/** How much of the word that began before goes on here. */
function lengthOfRest(text: string, isQuoted: boolean): number {
  const [rest = ''] = (isQuoted ? /^[^"]*"/.exec(text) : null) ?? /^[^\s(),=<>!~≤≥≠":]*/.exec(text) ?? [];
  return rest.length;
}

function itemsAfter(before: string, known: KnownWords): Completion[] {
  const wanted = wantedAfter(before, known);
  if (!wanted) return [];
  const tokens = wanted.what === 'term' ? [] : tokenize(before).slice(0, -1);
  const field = wanted.what === 'more' || wanted.what === 'next' ? fieldAtEnd(tokens, known) : null;
  const isTurned = tokens.at(-1)?.text.toLowerCase() === 'not';
  return itemsFor(field ? { what: 'operator', field } : wanted, known).filter(
    ({ text }) => !(isTurned && text.startsWith('not ')),
  );
}

/** What could follow; `next` after all that is needed. Null where a fault stands before. */
function wantedAfter(before: string, { metrics, vocabulary }: KnownWords): Wanted | { what: 'next' } | null {
  try {
    parseQuery(before, metrics, vocabulary);
    return { what: before.trim() === '' ? 'term' : 'next' };
  } catch (error) {
    if (error instanceof QueryError) return error.start === before.length ? error.wanted : null;
    throw error;
  }
}

/** Text that names a field, and may yet become a condition. */
function fieldAtEnd(
  tokens: readonly Token[],
  { metrics, vocabulary = ofVersions }: KnownWords,
): QueryField | null {
  const [before, token] = [tokens.at(-2), tokens.at(-1)];
  if (!token || before?.type === 'operator' || before?.type === 'colon') return null;
  const known = token.type === 'word' ? fieldNamed(token.text, vocabulary) : null;
  if (known) return known;
  return metrics.includes(token.text) ? metricField(token.text) : null;
}
