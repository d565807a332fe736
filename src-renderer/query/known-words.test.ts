import { expect, test, vi } from 'vitest';
import { VersionList } from '../versions/version-list.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { knownWords } from './known-words.ts';

function listOf(tags: string[][]): VersionList {
  const list = new VersionList();
  tags.forEach((each, handle) => void list.set(aRow(handle, { tags: each })));
  list.refresh();
  return list;
}

test('the tags that versions have are known, each once and in order', () => {
  expect(knownWords(listOf([['b', 'a'], ['b'], []])).wordsOf('tag')).toEqual(['a', 'b']);
});

test('of very many only so many are', () => {
  const many = Array.from({ length: 300 }, (_, index) => `tag-${index}`);
  expect(knownWords(listOf([many])).wordsOf('tag')).toHaveLength(200);
});

test('the versions are gone through once, however often one asks', () => {
  const list = listOf([['a']]);
  const rows = vi.spyOn(list, 'rows');
  const known = knownWords(list);
  for (let key = 0; key < 5; key += 1) expect(known.wordsOf('tag')).toEqual(['a']);
  expect(rows).toHaveBeenCalledTimes(1);
});
