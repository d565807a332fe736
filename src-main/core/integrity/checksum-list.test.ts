import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { parseChecksumList, readChecksumList } from './checksum-list.ts';

const hash = 'ab'.repeat(32);

describe('a line of SHA256SUMS is read', () => {
  test.each([
    ['as sha256sum writes it', `${hash}  best_models/a.pt\n`, 'best_models/a.pt'],
    ['in binary mode', `${hash} *a.pt\n`, 'a.pt'],
    ['with capital digits', `${hash.toUpperCase()}  a.pt\n`, 'a.pt'],
    ['with the line ends of Windows', `${hash}  a.pt\r\n`, 'a.pt'],
    ['without a last line end', `${hash}  a.pt`, 'a.pt'],
    ['with a leading ./', `${hash}  ././a.pt\n`, 'a.pt'],
    ['with spaces in the name', `${hash}   a b.pt \n`, ' a b.pt '],
    ['with escapes', `\\${hash}  a\\nb\\\\n\\r.pt\n`, 'a\nb\\n\r.pt'],
    ['with a backslash that escapes nothing', `${hash}  a\\nb.pt\n`, 'a\\nb.pt'],
    ['as sha256sum --tag writes it', `SHA256 (a (1).pt) = ${hash}\n`, 'a (1).pt'],
    ['tagged and with escapes', `\\SHA256 (a\\nb.pt) = ${hash}\n`, 'a\nb.pt'],
    ['beside comments', `# by me\n${hash}  a.pt\n#\n`, 'a.pt'],
    ['with a name of a prototype', `${hash}  __proto__\n`, '__proto__'],
  ])('%s', (_how, text, name) => {
    expect(parseChecksumList(text)).toEqual({
      checksums: new Map([[name, hash]]),
      contradicted: new Set(),
      problems: [],
    });
  });
});

test('a line that is none is named by its number, and the others count', () => {
  const { checksums, problems } = parseChecksumList(
    `${hash}  a.pt\nrubbish\n\n${hash.slice(1)}  b.pt\n${hash} c.pt\n${hash}  d.pt\n`,
  );
  expect([...checksums.keys()]).toEqual(['a.pt', 'd.pt']);
  expect(problems.map(({ problem }) => problem.slice(0, 6))).toEqual(['line 2', 'line 4', 'line 5']);
});

test('of very many lines that are none the first are told, and how many more', () => {
  const { checksums, problems } = parseChecksumList(`${'x\n'.repeat(50_020)}${hash}  a.pt\n`);
  expect([...checksums.keys()]).toEqual(['a.pt']);
  expect(problems).toHaveLength(21);
  expect(problems[19]?.problem).toMatch(/^line 20 is not/);
  expect(problems[20]).toEqual({ path: 'SHA256SUMS', problem: '50,000 more lines do not count' });
});

test('of a name that has several checksums none counts, which is told; the same one again is no fault', () => {
  const other = 'cd'.repeat(32);
  const text = `${hash}  a.pt\n${hash}  b.pt\n${other}  ./a.pt\n${hash.toUpperCase()}  b.pt\n${hash}  a.pt\n`;
  const { checksums, problems } = parseChecksumList(text);
  expect([...checksums.keys()]).toEqual(['b.pt']);
  const told = 'gives another checksum of a.pt than a line before it: none of them counts';
  expect(problems.map(({ problem }) => problem)).toEqual([`line 3 ${told}`, `line 5 ${told}`]);
});

test('in a folder, a line about what is outside it is named by its number, and does not count', () => {
  const folder = temporaryFolder();
  const names = ['../../etc/passwd', '/etc/passwd', 'a/../..', '.', 'a/../b.pt', '..c.pt', `${folder}/d.pt`];
  put(folder, 'SHA256SUMS', names.map((name) => `${hash}  ${name}\n`).join(''));
  const { checksums, problems } = readChecksumList(join(folder, 'SHA256SUMS'));
  expect([...checksums.keys()]).toEqual(['a/../b.pt', '..c.pt', `${folder}/d.pt`]);
  expect(problems.map(({ problem }) => problem)).toEqual(
    names
      .slice(0, 4)
      .map((name, index) => `line ${index + 1} names ${name}, which is outside its folder: it is not read`),
  );
});

test('what sha256sum itself wrote is read back, for the worst of names', () => {
  const folder = temporaryFolder();
  const names = [
    'plain.pt',
    'two words.pt',
    'line\nbreak.pt',
    'back\\slash.pt',
    '"quotes".pt',
    '*star.pt',
    'ü\u202e.pt',
  ];
  for (const name of names) put(folder, name, name);
  put(folder, 'SHA256SUMS', execFileSync('sha256sum', names, { cwd: folder }));
  const { checksums, problems } = readChecksumList(join(folder, 'SHA256SUMS'));
  expect(problems).toEqual([]);
  expect(checksums).toEqual(
    new Map(names.map((name) => [name, createHash('sha256').update(name).digest('hex')])),
  );
});

test('no list is an empty one; one that cannot be read is said', () => {
  const folder = temporaryFolder();
  expect(readChecksumList(join(folder, 'SHA256SUMS'))).toEqual({
    checksums: new Map(),
    contradicted: new Set(),
    problems: [],
  });
  expect(readChecksumList(folder).problems).toEqual([
    { path: 'SHA256SUMS', problem: 'cannot be read: not a regular file' },
  ]);
});
