import { integrityStates } from '../../model/integrity.ts';
import { versionKinds } from '../../model/version.ts';
import type { WordField } from './fields.ts';
import type { QueriedRow, RunOf } from './queried-row.ts';
import type { Condition } from './query-tree.ts';
import { listReader, wordReader } from './read-fields.ts';

type RowTest = (row: QueriedRow) => boolean;
/** Of a word in lower case. */
type WordTest = (word: string) => boolean;

/** One word compared; upper and lower case are the same. */
export function compileWord(
  { field, operator, word }: Extract<Condition, { type: 'word' }>,
  runOf: RunOf,
): RowTest {
  const wanted = word.toLowerCase();
  const isPart = operator === '~' || operator === '!~';
  const matches: WordTest = isPart ? (text) => text.includes(wanted) : (text) => text === wanted;
  return testOf(field, matches, operator === '!=' || operator === '!~', runOf);
}

/** One of several words, or none of them. */
export function compileWords(
  { field, negated, words }: Extract<Condition, { type: 'words' }>,
  runOf: RunOf,
): RowTest {
  const wanted = new Set(words.map((word) => word.toLowerCase()));
  return testOf(field, (text) => wanted.has(text), negated, runOf);
}

/** A list is asked whether any of its words matches, or none; a missing word never matches either way. */
function testOf(field: WordField, matches: WordTest, negated: boolean, runOf: RunOf): RowTest {
  if (field.kind === 'list') {
    const read = listReader(field);
    return (row) => read(row).some((word) => matches(word.toLowerCase())) !== negated;
  }
  const read = wordReader(field, runOf);
  return (row) => {
    const word = read(row);
    return word !== null && matches(word.toLowerCase()) !== negated;
  };
}

const kindWords: Record<QueriedRow['kind'], string> = { best: 'best model', checkpoint: 'checkpoint' };

/** Whether a text occurs in what a version is called: its file, number, kind, tags, state, symbol or notes. */
export function containsWord(text: string): RowTest {
  const wanted = text.toLowerCase();
  const isIn = (word: string | null) => word?.toLowerCase().includes(wanted) === true;
  // What few values can be is looked at once, and not for each of a hundred thousand versions.
  const kinds = new Set(versionKinds.filter((kind) => kindWords[kind].includes(wanted)));
  const states = new Set(integrityStates.filter((state) => state.includes(wanted)));
  const mayBeNumber = /^v?\d*$/.test(wanted);
  const mayBeLatest = 'latest'.includes(wanted);
  const isKnown: RowTest = ({ kind, integrity, version, is_latest }) =>
    kinds.has(kind) ||
    states.has(integrity.state) ||
    (mayBeLatest && is_latest) ||
    (mayBeNumber && version !== null && `v${version}`.includes(wanted));
  return (row) =>
    isKnown(row) ||
    isIn(row.id) ||
    isIn(row.symbol) ||
    isIn(row.notes) ||
    isIn(row.integrity.cause) ||
    row.tags.some(isIn);
}
