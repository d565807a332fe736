import { integrityStates } from '../../model/integrity.ts';
import { versionKinds } from '../../model/version.ts';
import type { QueriedRow } from './queried-row.ts';
import type { RowTest } from './readers.ts';

const kindWords: Record<QueriedRow['kind'], string> = { best: 'best model', checkpoint: 'checkpoint' };

/** Whether a text occurs in what a version is called: its file, number, kind, tags, state, symbol or notes. */
export function containsWord(text: string): RowTest<QueriedRow> {
  const wanted = text.toLowerCase();
  const isIn = (word: string | null) => word?.toLowerCase().includes(wanted) === true;
  // What few values can be is looked at once, and not for each of a hundred thousand versions.
  const kinds = new Set(versionKinds.filter((kind) => kindWords[kind].includes(wanted)));
  const states = new Set(integrityStates.filter((state) => state.includes(wanted)));
  const mayBeNumber = /^v?\d*$/.test(wanted);
  const mayBeLatest = 'latest'.includes(wanted);
  const isKnown: RowTest<QueriedRow> = ({ kind, integrity, version, is_latest }) =>
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
