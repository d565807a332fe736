import type { Integrity, IntegrityState } from '../../shared/model/integrity.ts';
import { formatCount } from '../format/format-number.ts';

const words: Record<IntegrityState, string> = {
  verified: 'Verified',
  unverified: 'Unverified',
  unsealed: 'Unsealed',
  mismatch: 'Mismatch',
  torn: 'Torn',
  missing: 'Missing',
  writing: 'Writing',
  unreadable: 'Unreadable',
};

const meanings: Record<IntegrityState, string> = {
  verified: 'Every byte was read and its checksum is the one on record.',
  unverified: 'A checksum is on record that has not been compared yet. “Verify run” compares it.',
  unsealed: 'The file is whole, but no checksum is on record for it.',
  mismatch: 'The bytes are not the ones on record.',
  torn: 'The file itself is broken, whatever its checksum.',
  missing: 'There is a record, but no file.',
  writing: 'The file is being written just now.',
  unreadable: 'The file cannot be read.',
};

const worstFirst: readonly IntegrityState[] = [
  'mismatch',
  'torn',
  'missing',
  'unreadable',
  'writing',
  'unverified',
  'unsealed',
  'verified',
];

/** Where a state stands when the worst come first. */
export function integrityRank({ state }: Pick<Integrity, 'state'>): number {
  return worstFirst.indexOf(state);
}

/** One word for a state; bit rot is told apart from other mismatches. */
export function integrityWord({ state, cause }: Pick<Integrity, 'state' | 'cause'>): string {
  return cause === 'bit-rot' ? 'Bit rot' : words[state];
}

/** The sentence that explains a state: what was found, else what the state means. */
export function integritySentence({ state, detail }: Integrity): string {
  return detail ?? meanings[state];
}

/** States with their counts in words, worst last: "32 verified, 1 mismatch". */
export function summariseCounts(counts: ReadonlyMap<IntegrityState, number>): string {
  const named = Object.keys(words) as IntegrityState[];
  return named
    .filter((state) => counts.has(state))
    .map((state) => `${formatCount(counts.get(state) ?? 0)} ${state}`)
    .join(', ');
}
