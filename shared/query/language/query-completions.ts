import {
  isAmount,
  type marks,
  metricField,
  ofVersions,
  type QueryField,
  type Vocabulary,
  wordsOf,
} from './fields.ts';
import { operatorsOf } from './parse-condition.ts';
import { printName, printValue } from './print-query.ts';
import type { Wanted } from './query-error.ts';

/** Something that could be written: what to show, what to put in, and what it means. */
export interface Completion {
  label: string;
  text: string;
  meaning: string;
}

/** What a run has to offer: its metrics, and the words that a field such as `tag` has in it. `vocabulary`: where versions are not what is asked for. */
export interface KnownWords {
  vocabulary?: Vocabulary;
  metrics: readonly string[];
  wordsOf: (field: string) => readonly string[];
}

/** All that could stand in a place; `next` is a place where nothing need stand. */
export function itemsFor(wanted: Wanted | { what: 'next' }, known: KnownWords): Completion[] {
  switch (wanted.what) {
    case 'term':
      return terms(known);
    case 'next':
      return [...connectives, ...terms(known)];
    case 'more':
      return [...connectives, item(')', 'closes the bracket'), ...terms(known)];
    case 'mark':
      return vocabularyOf(known).marks.map((mark) => item(mark, markMeanings[mark]));
    case 'field':
      return fields(known);
    case 'list':
      return [{ ...item('(', 'a list'), text: '(' }];
    case 'rest':
      return [item(',', 'one more'), item(')', 'closes the list')];
    case 'operator':
      return operators(wanted.field);
    case 'state':
      return states(wanted.field);
    case 'value':
      return values(wanted.field, known);
  }
}

function item(text: string, meaning = ''): Completion {
  return { label: text, text: `${text} `, meaning };
}

const connectives = [item('and', 'both'), item('or', 'one of them, or both')];
const markMeanings: Record<(typeof marks)[number], string> = {
  best: 'the best version',
  latest: 'the latest version',
  pinned: 'never pruned',
  intact: 'nothing known speaks against it',
  problem: 'mismatch, torn, missing or unreadable',
};

function terms(known: KnownWords): Completion[] {
  const starts = [
    item('not', 'turns what follows round'),
    ...(vocabularyOf(known).marks.length > 0 ? [label('is:', 'best, latest, pinned …')] : []),
    label('has:', 'a field is there'),
  ];
  return [...fields(known), ...starts];
}

/** What is followed by another word at once. */
function label(text: string, meaning: string): Completion {
  return { label: text, text, meaning };
}

function vocabularyOf({ vocabulary = ofVersions }: KnownWords): Vocabulary {
  return vocabulary;
}

function fields(known: KnownWords): Completion[] {
  const own = known.metrics.map(metricField).filter(({ name }) => name !== 'reward' && isWritable(name));
  return [
    ...vocabularyOf(known).fields.map(({ field, meaning }) => named(field, meaning)),
    ...own.map((field) => named(field, 'metric')),
  ];
}

function named(field: QueryField, meaning: string): Completion {
  return { label: field.name, text: `${printName(field)} `, meaning };
}

/** A line of its own cannot be typed into a box. */
function isWritable(text: string): boolean {
  return text !== '' && !/[\r\n\0]/.test(text);
}

const operatorMeanings: ReadonlyMap<string, string> = new Map([
  ['>', 'more than'],
  ['>=', 'at least'],
  ['<', 'less than'],
  ['<=', 'at most'],
  ['=', 'equals'],
  ['!=', 'differs from'],
  ['~', 'contains'],
  ['!~', 'does not contain'],
]);

function operators(field: QueryField): Completion[] {
  const compared = [...operatorMeanings].filter(([operator]) => operatorsOf(field).includes(operator));
  const listed = isAmount(field) ? 'a range, as 1..2, or one of a list' : 'one of a list';
  return [
    ...compared.map(([operator, meaning]) => item(operator, meaning)),
    { label: 'in', text: isAmount(field) ? 'in ' : 'in (', meaning: listed },
    { label: 'not in', text: isAmount(field) ? 'not in ' : 'not in (', meaning: 'none of them' },
    item('is missing', 'has none'),
    ...(field.kind === 'number' ? [item('is nan', 'is not a number')] : []),
  ];
}

function states({ kind }: QueryField): Completion[] {
  const names = kind === 'number' ? ['missing', 'nan'] : ['missing'];
  return [...names, ...names.map((name) => `not ${name}`)].map((name) => item(name));
}

function values(field: QueryField, known: KnownWords): Completion[] {
  const words = wordsOf(field) ?? (isAmount(field) ? [] : known.wordsOf(field.name));
  return words.filter(isWritable).map((word) => ({ label: word, text: `${printValue(word)} `, meaning: '' }));
}
