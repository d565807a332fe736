import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identityOf, lookAt, sameIdentity, tryLookAt } from './file-identity.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

test('what is at a name is told without following it', () => {
  const folder = temporaryFolder();
  const file = put(folder, 'file', 'abc');
  symlinkSync(file, join(folder, 'link'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const typeOf = (name: string) => lookAt(join(folder, name))?.type;
  expect(['file', 'link', 'pipe', '.'].map(typeOf)).toEqual(['file', 'link', 'other', 'folder']);
  expect(lookAt(file)?.size).toBe(3);
});

test('nothing is at a name that is gone or too long, nor below what is a file', () => {
  const folder = temporaryFolder();
  put(folder, 'file', '');
  expect(lookAt(join(folder, 'gone'))).toBeNull();
  expect(lookAt(join(folder, 'file/below'))).toBeNull();
  // A model's name may leave no room for the ending of its sidecar.
  expect(lookAt(join(folder, 'x'.repeat(300)))).toBeNull();
});

test('what cannot be looked at is an error in hand, not one in flight', () => {
  const folder = temporaryFolder();
  symlinkSync('loop', join(folder, 'loop'));
  expect(() => lookAt(join(folder, 'loop/below'))).toThrow();
  expect(tryLookAt(join(folder, 'loop/below'))).toMatchObject({ code: 'ELOOP' });
});

test.each(['dev', 'ino', 'size', 'mtimeMs', 'ctimeMs'] as const)(
  'a file whose %s differs is another one',
  (field) => {
    const identity = { dev: 1, ino: 2, size: 3, mtimeMs: 4.5, ctimeMs: 5.5 };
    expect(sameIdentity(identity, identityOf({ ...identity }))).toBe(true);
    expect(sameIdentity(identity, { ...identity, [field]: identity[field] + 0.25 })).toBe(false);
  },
);
