import { integrityStates } from '../../model/integrity.ts';
import { versionKinds } from '../../model/version.ts';
import type { QueriedRow } from './queried-row.ts';
import type { RowTest } from './readers.ts';

const kindWords: Record<QueriedRow['kind'], string> = { best: 'best model', checkpoint: 'checkpoint' };

/** Stands in no text that is typed. */
const apart = '\0';

/** Whether a text occurs in what a version is called: its file, number, kind, tags, state, symbol or notes. */
export function containsWord(text: string): RowTest<QueriedRow> {
  const wanted = text.toLowerCase();
  const isKnown = containsKnownWord(text);
  return (row) => isKnown(row) || ownWords(row).includes(wanted);
}

/** The same of the words that are no version's own: numbers, kinds and states. */
export function containsKnownWord(text: string): RowTest<QueriedRow> {
  const wanted = text.toLowerCase();
  // What few values can be is looked at once, and not for each of a hundred thousand versions.
  const kinds = new Set(versionKinds.filter((kind) => kindWords[kind].includes(wanted)));
  const states = new Set(integrityStates.filter((state) => state.includes(wanted)));
  const mayBeNumber = /^v?\d*$/.test(wanted);
  const mayBeLatest = 'latest'.includes(wanted);
  return ({ kind, integrity, version, is_latest }) =>
    kinds.has(kind) ||
    states.has(integrity.state) ||
    (mayBeLatest && is_latest) ||
    (mayBeNumber && version !== null && `v${version}`.includes(wanted));
}

/** The other words of a version, one after another, in lower case. */
export function ownWords({ id, symbol, notes, integrity, tags }: QueriedRow): string {
  let words = id;
  for (const word of [symbol, notes, integrity.cause]) if (word) words += apart + word;
  for (const tag of tags) words += apart + tag;
  return words.toLowerCase();
}
