import { expect, test } from 'vitest';
import { aRow } from '../versions/version-row.fixture.ts';
import { markWords, unmarkedWords } from './mark-words.ts';
import { marksInCommon } from './marks-in-common.ts';

const nothing = { pinned: null, addTags: [], removeTags: [], notes: null };

test('several versions have in common what all of them have', () => {
  const rows = [aRow(1, { tags: ['a', 'b', 'a'], pinned: true }), aRow(2, { tags: ['b', 'c'] })];
  expect(marksInCommon(rows)).toEqual({ tags: ['b'], otherTags: ['a', 'c'], notes: '', pinned: false });
  const noted = [aRow(1, { notes: 'x', pinned: true }), aRow(2, { notes: 'y', pinned: true })];
  expect(marksInCommon(noted)).toMatchObject({ notes: null, pinned: true });
});

test('what was noted is said in a sentence', () => {
  expect(markWords([aRow(3)], { ...nothing, pinned: true })).toBe('v3 is pinned');
  const two = [aRow(3), aRow(4)];
  expect(markWords(two, { ...nothing, pinned: false })).toBe('2 versions are no longer pinned');
  expect(markWords(two, { ...nothing, addTags: ['a', 'b\n'], notes: 'x' })).toBe(
    '2 versions are tagged a, b␊ and are noted',
  );
  expect(markWords([aRow(3)], { ...nothing, notes: '' })).toBe('v3 is without a note');
});

test('what could not be noted is said in a sentence', () => {
  expect(unmarkedWords([aRow(3)], { ...nothing, addTags: ['a'] })).toBe('v3 is not tagged a');
  expect(unmarkedWords([aRow(3), aRow(4)], { ...nothing, removeTags: ['a'], notes: 'x' })).toBe(
    '2 versions are still tagged a and have the notes they had',
  );
  expect(unmarkedWords([aRow(3)], { ...nothing, pinned: false })).toBe('v3 is still pinned');
});
