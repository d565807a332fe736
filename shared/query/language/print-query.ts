import { fieldNamed, type QueryField } from './fields.ts';
import type { AmountRange, Condition, Query } from './query-tree.ts';
import { keywordOf } from './token-reader.ts';
import { isWord } from './tokenize.ts';

/** A query as text that is understood as the same. */
export function printQuery(query: Query): string {
  switch (query.type) {
    case 'and':
    case 'or':
      return query.parts.map(printPart).join(` ${query.type} `);
    case 'not':
      return `not ${printPart(query.part)}`;
    default:
      return printCondition(query);
  }
}

/** What is a part of something else stands in brackets where it has parts itself. */
function printPart(query: Query): string {
  return query.type === 'and' || query.type === 'or' ? `(${printQuery(query)})` : printQuery(query);
}

function printCondition(condition: Condition): string {
  switch (condition.type) {
    case 'text':
      return printText(condition.text);
    case 'mark':
      return `is:${condition.mark}`;
    case 'state':
      return condition.state === 'present'
        ? `has:${printName(condition.field)}`
        : `${printName(condition.field)} is ${condition.state}`;
    case 'amount':
      return `${printName(condition.field)} ${condition.operator} ${printValue(condition.amount.text)}`;
    case 'word':
      return `${printName(condition.field)} ${condition.operator} ${printValue(condition.word)}`;
    default:
      return printList(condition);
  }
}

function printList(list: Extract<Condition, { negated: boolean }>): string {
  const items = list.type === 'words' ? list.words.map(printValue) : list.ranges.map(printRange);
  return `${printName(list.field)} ${list.negated ? 'not ' : ''}in (${items.join(', ')})`;
}

function printRange({ from, to }: AmountRange): string {
  if (from && from.text === to?.text) return printValue(from.text);
  return `${from?.text ?? ''}..${to?.text ?? ''}`;
}

/** The name of a field; in quotes where it would be taken for something else. */
export function printName({ name, metric }: QueryField): string {
  if (!metric) return name;
  const known = fieldNamed(name);
  return isPlain(name) && (known === null || (known.metric && known.name === name)) ? name : quote(name);
}

/** Text to look for; in quotes where it would be taken for something else. */
function printText(text: string): string {
  return isPlain(text) ? text : quote(text);
}

/** A value behind an operator; in quotes where it is more than a word. */
export function printValue(text: string): string {
  return isWord(text) ? text : quote(text);
}

function isPlain(text: string): boolean {
  return isWord(text) && keywordOf(text) === null;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
