import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lookAt } from '../files/file-identity.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { verifiedOnWriting } from './verified-on-writing.ts';

const checksum = 'a'.repeat(64);

function write(change: (path: string) => void) {
  const root = temporaryFolder();
  const staged = put(root, '.staged', 'weights');
  const written = lookAt(staged);
  renameSync(staged, join(root, 'model.pt'));
  change(join(root, 'model.pt'));
  return verifiedOnWriting(root, { id: 'model.pt', checksum, torn: null, unrecognised: null }, written);
}

test('what was hashed while it was written is verified under the name that it got', () => {
  expect(write(() => undefined)).toMatchObject([
    { id: 'model.pt', integrity: { state: 'verified', actual: checksum } },
  ]);
});

test.each([
  [
    'written to since, at the same size',
    (path: string) => {
      writeFileSync(path, 'WEIGHTS');
      utimesSync(path, 1000, 1000);
    },
  ],
  [
    'replaced since by another of the same size',
    (path: string) => {
      writeFileSync(`${path}.other`, 'WEIGHTS');
      renameSync(`${path}.other`, path);
    },
  ],
])('a file that was %s is not', (_, change) => {
  expect(write(change)).toEqual([]);
});
