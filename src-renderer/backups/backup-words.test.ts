import { expect, test } from 'vitest';
import type { Backup, RestoreChange } from '../../shared/ipc/writing-contract.ts';
import {
  backedUpWords,
  backupName,
  checkedWords,
  deletedWords,
  restoreChanges,
  restoredWords,
  restoreSentence,
} from './backup-words.ts';

const changes = [
  { id: 'best_models/a.pt', action: 'same' },
  { id: 'best_models/b.pt', action: 'replace' },
  { id: 'best_models/c.pt', action: 'create' },
].map((change) => ({ ...change, version: null, files: [change.id], bytes: 1 })) as RestoreChange[];

test('what a restore changes is listed before what stays the same', () => {
  expect(restoreChanges(changes).map(({ word, label }) => `${word} ${label}`)).toEqual([
    'Create c.pt',
    'Replace b.pt',
    'Same a.pt',
  ]);
});

test('a file that other models share, and that stays, is told with the version', () => {
  const [change] = restoreChanges([
    { ...changes[1], left: ['CartPole-v1/vecnormalize.pkl'] } as RestoreChange,
  ]);
  expect(change?.why).toBe(
    'what is there now goes to the trash; CartPole-v1/vecnormalize.pkl stays as it is now: other models share it',
  );
});

test('a restore is said in one sentence, without what does not happen', () => {
  expect(restoreSentence(changes)).toBe('1 version comes back, 1 is replaced, 1 is already the same.');
  expect(restoreSentence(changes.slice(0, 1))).toBe('Nothing to restore: the version is as backed up.');
});

test('one version is, more are', () => {
  expect(backedUpWords({ versionCount: 1, bytes: 12, leftOut: [] })).toBe('1 version is backed up, 12 bytes');
  expect(backedUpWords({ versionCount: 2, bytes: 12, leftOut: [] })).toContain('2 versions are');
});

test('what verifying a backup found is said either way', () => {
  expect(checkedWords({ verified: 1, damaged: 0 })).toContain('The backup is whole');
  expect(checkedWords({ verified: 3, damaged: 0 })).toContain('All 3 backups are whole');
  expect(checkedWords({ verified: 0, damaged: 1 })).toContain('no longer match');
  expect(checkedWords({ verified: 2, damaged: 1 })).toBe('1 of 3 backups is damaged: use another one');
});

test('a restore says whether what it brought was read again and is whole', () => {
  expect(restoredWords({ operation: 'a', restored: 2, broken: 0 }).done).toBe(
    '2 versions are restored and verified',
  );
  expect(restoredWords({ operation: 'a', restored: 2, broken: 1 }).done).toContain('1 file did not verify');
});

test('a backup is called by its label, in which nothing hides, else by why it was made, or by what it holds', () => {
  const nameOf = (told: Pick<Backup, 'label' | 'reason'>) =>
    backupName({ ...told, named: [{ id: 'best_models/a.pt', version: 11 }], versionCount: 1 });
  expect(nameOf({ label: 'a\u202eb', reason: 'by hand' })).toBe('a[U+202E]b');
  expect(nameOf({ label: null, reason: 'by hand' })).toBe('v11, by hand');
  expect(nameOf({ label: null, reason: 'a new best model' })).toBe('a new best model');
});

test('what went with a backup that is deleted is named, a few of them', () => {
  expect(deletedWords([])).toBe('The backup is deleted');
  expect(deletedWords(['best/a.pt'])).toContain('a file that no other copy is left of: best/a.pt.');
  expect(deletedWords(['a', 'b', 'c', 'd', 'e\u202e'])).toContain(
    '5 files that no other copy is left of: a, b, c and 2 more.',
  );
});
