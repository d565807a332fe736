import { expect, test } from 'vitest';
import { changedTags, tagChange, whyNotAdded } from './tag-changes.ts';

test('a tag is added without the blanks around it, and one that is there already is not added again', () => {
  expect(tagChange(['a'], ['a', ' b '])).toEqual({ add: ['b'], remove: [] });
  expect(tagChange(['a'], ['a', '  '])).toBeNull();
  expect(tagChange(['a'], ['a', 'b', ' b'])).toEqual({ add: ['b'], remove: [] });
  expect(tagChange(['a', 'b'], ['b'])).toEqual({ add: [], remove: ['a'] });
});

test('changes that are not on record yet count in their order, and those that are change nothing more', () => {
  const [added, removed] = [
    { add: ['b'], remove: [] },
    { add: [], remove: ['b'] },
  ];
  expect(changedTags(['a'], [added])).toEqual(['a', 'b']);
  expect(changedTags(['a'], [added, removed])).toEqual(['a']);
  expect(changedTags(['a', 'b', 'c'], [added])).toEqual(['a', 'b', 'c']);
  expect(changedTags(['a'], [removed, added])).toEqual(['a', 'b']);
});

test('what is pasted and longer than a tag may be, or more tags than one change takes, is told with what to do', () => {
  expect(whyNotAdded(['a'.repeat(100), 'b'])).toBeNull();
  expect(whyNotAdded(['b', 'a'.repeat(101)])).toBe(
    `“${'a'.repeat(30)}…” is too long for a tag — a tag has at most 100 characters — shorten it`,
  );
  expect(whyNotAdded(Array.from({ length: 101 }, (_, index) => `t${index}`))).toBe(
    '101 tags are too many at once — a change adds at most 100 — add them in parts',
  );
});
