import { expect, test } from 'vitest';
import { bareIntegrity, type IntegrityState, integrityStates } from '../../shared/model/integrity.ts';
import { countWords, integrityRank, integritySentence, integrityWord } from './integrity-words.ts';

test('a summary names every problem first, and what is whole after them', () => {
  const counts = new Map<IntegrityState, number>([
    ['torn', 1],
    ['mismatch', 1],
    ['verified', 1032],
  ]);
  expect(countWords(counts)).toEqual([
    ['mismatch', '1 mismatch'],
    ['torn', '1 torn'],
    ['verified', '1,032 verified'],
  ]);
});

test('every state has a word, a sentence and a rank of its own', () => {
  const all = integrityStates.map((state) => bareIntegrity(state));
  expect(new Set(all.map(integrityWord)).size).toBe(integrityStates.length);
  expect(new Set(all.map(integritySentence)).size).toBe(integrityStates.length);
  expect(new Set(all.map(integrityRank))).toEqual(new Set(integrityStates.keys()));
});

test('bit rot is told apart from a file that was changed, and what was found is said first', () => {
  expect(integrityWord({ ...bareIntegrity('mismatch'), cause: 'bit-rot' })).toBe('Bit rot');
  expect(integrityWord({ ...bareIntegrity('mismatch'), cause: 'changed' })).toBe('Mismatch');
  expect(integritySentence(bareIntegrity('torn', 'The end is missing.'))).toBe('The end is missing.');
});
