import type { WordField } from './fields.ts';
import type { Condition } from './query-tree.ts';
import type { Readers, RowTest } from './readers.ts';

/** Of a word in lower case. */
type WordTest = (word: string) => boolean;

/** One word compared; upper and lower case are the same. */
export function compileWord<Row>(
  { field, operator, word }: Extract<Condition, { type: 'word' }>,
  readers: Readers<Row>,
): RowTest<Row> {
  const wanted = word.toLowerCase();
  const isPart = operator === '~' || operator === '!~';
  const matches: WordTest = isPart ? (text) => text.includes(wanted) : (text) => text === wanted;
  return testOf(field, matches, operator === '!=' || operator === '!~', readers);
}

/** One of several words, or none of them. */
export function compileWords<Row>(
  { field, negated, words }: Extract<Condition, { type: 'words' }>,
  readers: Readers<Row>,
): RowTest<Row> {
  const wanted = new Set(words.map((word) => word.toLowerCase()));
  return testOf(field, (text) => wanted.has(text), negated, readers);
}

/** A list is asked whether any of its words matches, or none; a missing word never matches either way. */
function testOf<Row>(
  field: WordField,
  matches: WordTest,
  negated: boolean,
  readers: Readers<Row>,
): RowTest<Row> {
  if (field.kind === 'list') {
    const read = readers.list(field);
    return (row) => read(row).some((word) => matches(word.toLowerCase())) !== negated;
  }
  const read = readers.word(field);
  return (row) => {
    const word = read(row);
    return word !== null && matches(word.toLowerCase()) !== negated;
  };
}
