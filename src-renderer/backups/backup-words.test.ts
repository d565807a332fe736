import { expect, test } from 'vitest';
import { backedUpWords, restoreChanges, restoreSentence, verifiedWords } from './backup-words.ts';

const changes = [
  { id: 'best_models/a.pt', action: 'same' },
  { id: 'best_models/b.pt', action: 'replace' },
  { id: 'best_models/c.pt', action: 'create' },
] as const;

test('what a restore changes is listed before what stays the same', () => {
  expect(restoreChanges(changes).map(({ word, label }) => `${word} ${label}`)).toEqual([
    'Create c.pt',
    'Replace b.pt',
    'Same a.pt',
  ]);
});

test('a restore is said in one sentence, without what does not happen', () => {
  expect(restoreSentence(changes)).toBe('3 versions: 1 created, 1 replaced, 1 the same already.');
  expect(restoreSentence(changes.slice(0, 1))).toBe('Nothing to restore: the version is as backed up.');
});

test('one version is, more are', () => {
  expect(backedUpWords({ versionCount: 1, bytes: 12, leftOut: [] })).toBe('1 version is backed up, 12 bytes');
  expect(backedUpWords({ versionCount: 2, bytes: 12, leftOut: [] })).toContain('2 versions are');
});

test('what verifying a backup found is said either way', () => {
  expect(verifiedWords('verified')).toContain('whole');
  expect(verifiedWords('damaged')).toContain('no longer match');
});
