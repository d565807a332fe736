import { type Integrity, isProblem } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { kindLabel } from '../format/format-version.ts';

/** Which rows to show: every word of `text` must occur in a row; `onlyProblems` keeps the ones that are not whole. */
export interface RowFilter {
  text: string;
  onlyProblems: boolean;
}

export const showAll: RowFilter = { text: '', onlyProblems: false };

function hasProblem({ state }: Integrity): boolean {
  return isProblem(state);
}

/** A filter made ready: null when it lets everything through. */
export function compileFilter({ text, onlyProblems }: RowFilter): ((row: VersionRow) => boolean) | null {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return onlyProblems ? (row) => hasProblem(row.integrity) : null;
  return (row) => (!onlyProblems || hasProblem(row.integrity)) && containsAll(haystack(row), words);
}

function haystack(row: VersionRow): string {
  const version = row.version === null ? '' : `v${row.version}`;
  const badges = `${row.is_best ? 'is:best' : ''} ${row.is_latest ? 'is:latest latest' : ''}`;
  const { state, cause } = row.integrity;
  return `${row.id} ${version} ${kindLabel(row.kind)} ${row.tags.join(' ')} ${state} ${cause ?? ''} ${badges}`.toLowerCase();
}

function containsAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
