import { symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../core/errors.ts';
import { put, temporaryFolder } from '../../core/files/temporary-folder.fixture.ts';
import { readChecksumClaims } from './read-checksum-claims.ts';

const hash = 'ab'.repeat(32);

function claimed(folder: string, list: string, text: string): string[] | undefined {
  put(folder, list, text);
  return readChecksumClaims(join(folder, list))?.claims.map(({ id }) => id);
}

test('names are relative to the folder of the list, absolute ones within it too', () => {
  const folder = temporaryFolder();
  const text = ['a.pt', './b/c.pt', 'b/../d.pt', join(folder, 'e.pt')]
    .map((name) => `${hash}  ${name}\n`)
    .join('');
  expect(claimed(folder, 'SHA256SUMS', text)).toEqual(['a.pt', 'b/c.pt', 'd.pt', 'e.pt']);
});

test('absolute names may spell the folder as the list was named, through a link', () => {
  const folder = temporaryFolder();
  put(folder, 'real/SHA256SUMS', `${hash}  ${join(folder, 'link', 'a.pt')}\n`);
  symlinkSync('real', join(folder, 'link'));
  const { claims = [] } = readChecksumClaims(join(folder, 'link/SHA256SUMS')) ?? {};
  expect(claims.map(({ id }) => id)).toEqual(['a.pt']);
});

test('a line that names a file outside the folder is told, and the others count', () => {
  const folder = temporaryFolder();
  for (const name of ['../x.pt', '/etc/passwd', 'a/../../x.pt', '.', `../${basename(folder)}2/x.pt`]) {
    const list = put(folder, 'SHA256SUMS', `${hash}  a.pt\n${hash}  ${name}\n${hash}  b.pt\n`);
    const { claims = [], problems = [] } = readChecksumClaims(list) ?? {};
    expect(claims.map(({ id }) => id)).toEqual(['a.pt', 'b.pt']);
    const problem = `line 2 names ${name}, which is outside its folder: it is not read`;
    expect(problems).toEqual([{ path: list, problem }]);
  }
});

test.each(['SHA256SUMS', 'a.sha256'])('%s that lists nothing else is a wrong call', (list) => {
  const claims = () => claimed(temporaryFolder(), list, `${hash}  ../x.pt\n`);
  expect(claims).toThrow(UsageError);
  expect(claims).toThrow('line 1 names ../x.pt, which is outside its folder');
});

test.each(['checksums.sha256', 'a.pt.sha256', 'A.SHA256'])('%s is a list where it reads as one', (list) => {
  const folder = temporaryFolder();
  expect(claimed(folder, list, `${hash}  a.pt\n`)).toEqual(['a.pt']);
  expect(claimed(folder, list, 'not a list')).toBeUndefined();
});

test.each(['SHA256SUMS', 'sha256sum.txt', 'model.sha256sums'])(
  '%s that lists nothing is a wrong call',
  (list) => {
    expect(() => claimed(temporaryFolder(), list, 'not a list')).toThrow(UsageError);
  },
);

test('lines that are none, or contradict others, are told', () => {
  const folder = temporaryFolder();
  const list = put(folder, 'SHA256SUMS', `${hash}  a.pt\n${hash}  b.pt\nx\n${'cd'.repeat(32)}  b.pt\n`);
  const { claims = [], problems = [] } = readChecksumClaims(list) ?? {};
  expect(claims.map(({ id }) => id)).toEqual(['a.pt']);
  expect(problems).toEqual([
    { path: list, problem: expect.stringMatching(/^line 3 is not /) },
    { path: list, problem: expect.stringMatching(/^line 4 gives another checksum of b\.pt /) },
  ]);
});

test('a checkpoint is no list', () => {
  expect(claimed(temporaryFolder(), 'a.pt', `${hash}  b.pt\n`)).toBeUndefined();
});
