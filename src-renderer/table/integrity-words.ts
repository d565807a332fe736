import { type Integrity, type IntegrityState, isProblem } from '../../shared/model/integrity.ts';
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
  verified: 'Every byte was read, and the file is the one that was recorded.',
  unverified: 'The file has not been compared with its recorded checksum yet.',
  unsealed: 'It looks complete, but there is no recorded checksum to compare it with.',
  mismatch: 'The file is not the one that was recorded when it was saved.',
  torn: 'The file is broken: a part of it is missing or damaged.',
  missing: 'There is a record, but no file.',
  writing: 'The file is being written just now. It will be judged when it is complete.',
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

/** States with their counts in words, problems first, for what comes last is cut where room is short: "1 torn", "32 verified". */
export function countWords(counts: ReadonlyMap<IntegrityState, number>): [IntegrityState, string][] {
  const there = (Object.keys(words) as IntegrityState[]).filter((state) => counts.has(state));
  const problemsFirst = [...there.filter(isProblem), ...there.filter((state) => !isProblem(state))];
  return problemsFirst.map((state) => [state, `${formatCount(counts.get(state) ?? 0)} ${state}`]);
}
